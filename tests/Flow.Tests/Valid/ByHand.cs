using System;
using System.Linq;
using E3Gen;
using TorchSharp;
using static TorchSharp.torch;

namespace Valid.ByHand;

/// <summary>What people write without the operations of E3Gen.</summary>
[EquivariantModule]
public sealed partial class Gated : nn.Module<Tensor, Tensor>
{
    private const string X = "8x0e + 4x1o";

    [return: Irreps(X)]
    public override Tensor forward([Irreps(X)] Tensor x)
    {
        long[] shape = x.shape;
        var (scalars, vectors) = Cut(x);
        Tensor rows = vectors.reshape(-1, 4, 3);
        Tensor lengths = rows.norm(-1, keepdim: true);
        Tensor gates = torch.sigmoid(scalars[.., ..4]).unsqueeze(-1);
        Tensor gated = (rows * gates / (lengths + 1e-8)).reshape(-1, 12);
        return Repeat(torch.cat([nn.functional.silu(scalars), gated], -1)).view(shape).view_as(x);
    }

    [Linear(X, X)]
    private partial Tensor Mix(Tensor x);

    // Neither states irreps: they are followed into.
    private static (Tensor Scalars, Tensor Vectors) Cut(Tensor x) => (x[.., ..8], x[.., 8..]);

    private Tensor Repeat(Tensor x)
    {
        Tensor y = Enumerable.Range(0, 3).Aggregate(x, (h, _) => h + Mix(h) * 0.5);
        foreach (Tensor part in new[] { x, Twice(x) })
        {
            y = y + part;
        }

        return new[] { y, x }.Select(t => Mix(t)).ToArray()[0];
    }

    private static Tensor Twice(Tensor x) => x * 2;
}

/// <summary>Lengths, inner products and what is made of them.</summary>
[EquivariantModule]
public sealed partial class Invariants : nn.Module<Tensor, Tensor>
{
    [return: Irreps("12x0e")]
    public override Tensor forward([Irreps("4x1o")] Tensor x)
    {
        Tensor rows = x.unflatten(-1, 4, 3);
        Tensor squares = (rows * rows).sum(-1);
        Tensor lengths = rows.pow(2).sum(-1).add(1e-12).sqrt();
        Tensor logs = torch.log1p(rows.norm(-1));
        Tensor gram = rows.bmm(rows.transpose(-1, -2)).view(-1, 16);
        return torch.cat([squares, lengths, logs * gram[.., ..4].exp()], -1).view(-1, 12);
    }
}

/// <summary>Clouds of points.</summary>
[EquivariantModule]
public sealed partial class Points : nn.Module<Tensor, Tensor>
{
    [return: Irreps("1o")]
    public override Tensor forward([Irreps("1o")] Tensor positions)
    {
        Tensor centred = positions - positions.mean([0], keepdim: true);
        Tensor differences = centred.unsqueeze(0) - centred.unsqueeze(1);
        Tensor distances = differences.norm(-1, keepdim: true);
        Tensor envelope = 1 - (10 * distances.pow(3)) + (15 * distances.pow(4)) - (6 * distances.pow(5));
        Tensor inside = (distances < 1).to(float32);
        Tensor forces = (differences * envelope * inside * torch.exp(-distances * distances)).sum(dim: 0);
        Tensor scale = forces.pow(2).mean([-1], keepdim: true).sqrt();
        return nn.functional.normalize(forces, 2, -1) + (forces / (scale + 1e-5)) + (forces * (forces * centred).sum(-1, keepdim: true));
    }
}

/// <summary>Attention: invariant weights on whole rows.</summary>
[EquivariantModule]
public sealed partial class Attention : nn.Module<Tensor, Tensor>
{
    private const string X = "8x0e + 4x1o";

    [return: Irreps(X)]
    public override Tensor forward([Irreps(X)] Tensor x)
    {
        Tensor weights = (Query(x).matmul(Key(x).transpose(-1, -2)) / Math.Sqrt(20)).softmax(-1);
        return x + weights.matmul(Value(x));
    }

    [Linear(X, X)]
    private partial Tensor Query(Tensor x);

    [Linear(X, X)]
    private partial Tensor Key(Tensor x);

    [Linear(X, X)]
    private partial Tensor Value(Tensor x);
}

/// <summary>Pseudoscalars and pseudovectors.</summary>
[EquivariantModule]
public sealed partial class Handed : nn.Module<Tensor, Tensor>
{
    [return: Irreps("4x0e + 4x0o + 1o + 1e")]
    public override Tensor forward([Irreps("4x0o + 1o + 1e")] Tensor x)
    {
        var (odd, polar, axial) = (x[.., ..4], x[.., 4..7], x[.., ^3..]);
        Tensor handedness = (polar * axial).sum(-1, keepdim: true);
        Tensor bent = torch.tanh(odd) * odd.abs() + torch.sin(odd) + odd.pow(3);
        return torch.cat([odd.abs() + 1, bent, axial * handedness, polar * handedness.sign()], -1);
    }
}

/// <summary>Helpers that state nothing: one for scalars and vectors alike, ones that return null, tuples or early, and a module without annotations.</summary>
[EquivariantModule]
public sealed partial class Helped : nn.Module<Tensor, Tensor>
{
    private const string X = "8x0e + 4x1o";
    private readonly Doubling _doubling = new();

    [return: Irreps(X)]
    public override Tensor forward([Irreps(X)] Tensor x)
    {
        Tensor needed = Need(x);
        var ((scalars, vectors), mixed) = Pack(Scale(by: 3, t: needed));
        Func<Tensor, Tensor> sigmoid = torch.sigmoid;
        Tensor joined = torch.cat([Active(Twice(scalars)) * sigmoid(scalars), Twice(vectors)], -1);
        return _doubling.call(Maybe(joined) ?? x) + mixed;
    }

    [Linear(X, X)]
    private partial Tensor Mix(Tensor x);

    private static Tensor Need(Tensor t) => t.dim() == 2 ? t : throw new ArgumentException("rows × columns", nameof(t));

    private static Tensor Scale(Tensor t, double by = 2, bool flip = false) => flip ? -t * by : t * by;

    private static Tensor Twice(Tensor t)
    {
        using var scope = NewDisposeScope();
        return (t + t).MoveToOuterDisposeScope();
    }

    private static Tensor Active(Tensor t) => t.relu() + 1;

    private static Tensor? Maybe(Tensor? t)
    {
        if (t is null)
        {
            return null;
        }

        return t.clone();
    }

    private ((Tensor Scalars, Tensor Vectors) Parts, Tensor Mixed) Pack(Tensor x) => ((x[.., ..8], x[.., 8..]), Mix(x));
}

/// <summary>A module without annotations: it does what its forward does.</summary>
public sealed class Doubling() : nn.Module<Tensor, Tensor>(nameof(Doubling))
{
    public override Tensor forward(Tensor x) => x * 2;
}

/// <summary>A helper for any module.</summary>
[EquivariantModule]
public sealed partial class Generic : nn.Module<Tensor, Tensor>
{
    private const string X = "8x0e + 4x1o";
    private readonly Helped _helped = new();

    [return: Irreps(X)]
    public override Tensor forward([Irreps(X)] Tensor x) => Any(_helped, Twice(x));

    private static Tensor Any<T>(T module, Tensor x)
        where T : nn.Module<Tensor, Tensor> => module.call(x);

    private static T Twice<T>(T x)
        where T : Tensor
    {
        Tensor y = x;
        Func<Tensor> twice = () => y * 2;
        return (T)twice();
    }
}
