using System.Runtime.CompilerServices;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;

namespace E3Gen.Generator.Model;

/// <summary>How an operation's method is declared.</summary>
/// <param name="Name">Its name, which also names its parameters in the state dict.</param>
/// <param name="Header">The declaration to repeat, up to its parameters: "private partial global::TorchSharp.torch.Tensor Mix".</param>
/// <param name="Parameters">Its parameters: "global::TorchSharp.torch.Tensor nodes".</param>
/// <param name="Arguments">Parameter names as they are used in code (escaped where they are keywords).</param>
/// <param name="IsDocumented">Whether the user wrote a documentation comment, which ours must not replace.</param>
public sealed record MethodModel(string Name, string Header, EquatableArray<string> Parameters, EquatableArray<string> Arguments, bool IsDocumented);

/// <summary>One equivariant operation as declared and checked.</summary>
/// <param name="Method">Its method.</param>
public abstract record OperationModel(MethodModel Method)
{
    // Beside the record, whose fields say whether two models are equal.
    private static readonly ConditionalWeakTable<OperationModel, object> Plans = new();

    /// <summary>Order of the columns of the first argument and of the result; second arguments are mul_ir, as are all of operations that users call.</summary>
    public Layout Layout { get; init; }

    /// <summary>The name of its attribute as users write it: "Linear".</summary>
    public abstract string Kind { get; }

    /// <summary>Irreps of the first argument (<c>@Method.Input</c>).</summary>
    public abstract Irreps Input { get; }

    /// <summary>Irreps of the result (<c>@Method</c>).</summary>
    public abstract Irreps Output { get; }

    /// <summary>Irreps of each argument, in order; null for graphs, species and factors of edges. Weights that are passed are invariant.</summary>
    public virtual IReadOnlyList<Irreps?> Arguments => [Input];

    /// <summary>How many of the first arguments have the rows of the result.</summary>
    public virtual int RowArguments => Arguments.Count;

    /// <summary>Channels of argument and result, the axis before the last, each pair of which has weights of its own; null without.</summary>
    public (int Input, int Output)? Channels { get; init; }

    /// <summary>Whether the last argument must not depend on the frame: the element of each row, a factor of each edge.</summary>
    public virtual bool EndsWithInvariant => false;

    /// <summary>Whether the result may lie in the memory of the first argument.</summary>
    public virtual bool MayReturnArgument => false;

    /// <summary>Whether the class holds a module for it in a field, registered under its name.</summary>
    public virtual bool HasModule => Parameters != (0, 0);

    /// <summary>What it maps to what: "8x0e ⊗ 1x1o → 8x1o".</summary>
    public virtual string Map => $"{Input} → {Output}";

    /// <summary>Floating-point operations of a row, where they are worth mentioning; else 0.</summary>
    public virtual long Cost => 0;

    /// <summary>The polynomial that it evaluates; null for activations, gates and harmonics, which take more steps.</summary>
    public virtual SegmentedPolynomial? Plan => null;

    /// <summary>A plan that is made when it is first asked for, and kept.</summary>
    private protected TPlan Once<TPlan>(Func<TPlan> plan)
        where TPlan : class => (TPlan)Plans.GetValue(this, _ => plan());

    /// <summary>The couplings that it uses.</summary>
    public virtual IEnumerable<CouplingUse> Couplings => Plan is { } plan ? CouplingUse.Of(plan) : [];

    /// <summary>Number of weights that the polynomial takes: they are its last input.</summary>
    protected int WeightCount => Plan is { } plan ? plan.Inputs[plan.Inputs.Count - 1].Dimension : 0;

    /// <summary>Number of weights that the caller passes, for each row, for each edge, or for all rows; null where none are passed.</summary>
    public virtual int? PassedWeights => null;

    /// <summary>Weights that are passed, as an argument.</summary>
    protected Irreps PassedArgument => new([new MulIrrep(WeightCount, new Irrep(0, 1))]);

    /// <summary>For each entry of the result whether it can be other than zero, where entries that cannot are allowed; else null.</summary>
    public virtual IReadOnlyList<bool>? Reached => null;

    /// <summary>Number of parameters of the module: weights, then biases.</summary>
    public virtual (long Weights, long Biases) Parameters => (0, 0);

    /// <summary>Whether a vector of weights is among them, be it empty; else there are biases alone.</summary>
    public virtual bool HasWeights => true;

    /// <summary>Whether the weights of one path lie together, path after path.</summary>
    public virtual bool WeightsLiePathByPath => true;

    /// <summary>Standard deviations from which weights are drawn, block after block; none where all are 1.</summary>
    public virtual IEnumerable<(long Count, double Deviation)> Deviations => [];

    /// <summary>Looks at every size that is derived from the declaration.</summary>
    /// <exception cref="OverflowException">One of them is beyond <see cref="int"/>.</exception>
    public void CheckSize() => _ = (Input.Dim, Output.Dim, Parameters, Plan?.Inputs.Concat(Plan.Outputs).Select(o => o.Dimension).Max());
}

/// <summary>An operation with errors in its declaration: it gets a body that throws, so that the errors reported are the only ones.</summary>
/// <param name="Method">Its method.</param>
/// <param name="PassesWeights">Whether it is passed weights: their number is not known, but code that asks for it is not wrong for that.</param>
public sealed record InvalidOperationModel(MethodModel Method, bool PassesWeights = false) : OperationModel(Method)
{
    public override string Kind => "";

    public override string Map => "";

    public override int? PassedWeights => PassesWeights ? 0 : null;

    public override Irreps Input => Irreps.Empty;

    public override Irreps Output => Irreps.Empty;
}
