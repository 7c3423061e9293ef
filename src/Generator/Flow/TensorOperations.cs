namespace E3Gen.Generator.Flow;

/// <summary>What an ordinary tensor operation does to irreps.</summary>
internal enum Effect
{
    /// <summary>Keeps the last axis as it is, whatever it carries.</summary>
    Keep,

    /// <summary>Works along one axis given as argument 'dim': keeps irreps along the rows, mixes them along the last axis.</summary>
    AlongAxis,

    /// <summary>A pointwise odd function, f(−x) = −f(x): fine on scalars of either parity.</summary>
    Odd,

    /// <summary>A pointwise even function, f(−x) = f(x): fine on scalars, makes odd ones even.</summary>
    Even,

    /// <summary>A pointwise function that is neither: fine on even scalars only.</summary>
    Neither,

    /// <summary>Multiplies single components by random factors: fine on scalars of either parity.</summary>
    Mask,

    /// <summary>Adds its arguments.</summary>
    Add,

    /// <summary>Multiplies its arguments.</summary>
    Multiply,

    /// <summary>Divides by its second argument.</summary>
    Divide,

    /// <summary>Puts tensors side by side along 'dim'.</summary>
    Concatenate,

    /// <summary>Takes columns: narrow(dim, start, length).</summary>
    Narrow,

    /// <summary>Takes columns: slice(dim, start, finish, step).</summary>
    Slice,

    /// <summary>Gives the axes other extents.</summary>
    Reshape,
}

/// <summary>The table of tensor operations by name, as methods of Tensor, of torch and of nn.functional. To teach E3Gen an operation, add its name to a line.</summary>
internal static class TensorOperations
{
    private static readonly Dictionary<string, Effect> Table = Lines(
        (Effect.Keep, "alias clone contiguous cpu cuda detach detach_ to to_type type_as half bfloat16 float double requires_grad_ with_requires_grad retain_grad"),
        (Effect.Keep, "MoveToOuterDisposeScope MoveToOtherDisposeScope DetachFromDisposeScope neg neg_ negative"),
        (Effect.AlongAxis, "sum mean index_select index_add index_add_ flip roll cumsum cumprod prod max min amax amin argmax sort argsort topk"),
        (Effect.AlongAxis, "softmax log_softmax logsumexp norm normalize std var median mode layer_norm select gather scatter_add repeat_interleave"),
        (Effect.Odd, "tanh tanh_ sin sinh asin asinh atan tan erf sign hardtanh softsign"),
        (Effect.Even, "abs abs_ absolute cos cosh square"),
        (Effect.Neither, "relu relu_ relu6 silu SiLU gelu exp exp_ expm1 sigmoid sigmoid_ softplus elu leaky_relu selu celu mish hardswish hardsigmoid prelu rrelu"),
        (Effect.Neither, "sqrt rsqrt log log1p log2 log10 clamp clamp_ clamp_min clamp_max threshold acos floor ceil round reciprocal pow"),
        (Effect.Mask, "dropout dropout_ alpha_dropout feature_dropout"),
        (Effect.Add, "add add_ sub sub_ subtract"),
        (Effect.Multiply, "mul mul_ multiply"),
        (Effect.Divide, "div div_ divide"),
        (Effect.Concatenate, "cat concat concatenate"),
        (Effect.Narrow, "narrow"),
        (Effect.Slice, "slice"),
        (Effect.Reshape, "view reshape flatten unflatten transpose permute t squeeze unsqueeze movedim swapaxes"));

    public static Effect? Of(string name) => Table.TryGetValue(name, out var effect) ? effect : null;

    private static Dictionary<string, Effect> Lines(params (Effect Effect, string Names)[] lines) =>
        lines.SelectMany(l => l.Names.Split(' ').Select(n => (n, l.Effect))).ToDictionary(p => p.n, p => p.Effect);
}
