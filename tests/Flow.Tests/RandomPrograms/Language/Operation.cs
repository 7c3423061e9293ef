using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Language;

/// <summary>A variable as an operation sees it that looks for operands.</summary>
internal sealed record Value(string Name, Tensor Tensor, Nature Nature)
{
    public bool IsFloat => is_floating_point(Tensor);
}

/// <summary>Whether a value may be the next operand after those that were chosen.</summary>
internal delegate bool Want(Value candidate, IReadOnlyList<Value> chosen);

/// <summary>An operation on tensors with all that can be chosen about it.</summary>
/// <param name="Wants">What it wants of its operands.</param>
/// <param name="Draw">Chooses everything else.</param>
internal sealed record Operation(IReadOnlyList<Want> Wants, Func<Operands, Written<Tensor>> Draw);

/// <summary>The operands for which an operation is drawn, in the first frame.</summary>
internal sealed class Operands(Dice dice, IReadOnlyList<Value> values)
{
    public Dice Dice => dice;

    public IReadOnlyList<Value> Values => values;

    public Tensor X => values[0].Tensor;

    public Tensor Y => values[1].Tensor;

    /// <summary>An axis of the first operand, counted from either side; the one with the irreps is not chosen more often than others.</summary>
    public int Axis() => X.dim() == 0 ? 0 : dice.Between((int)-X.dim(), (int)X.dim() - 1);

    /// <summary>A place for a new axis.</summary>
    public int Place() => dice.Between((int)-X.dim() - 1, (int)X.dim());

    public double Number() => dice.Number();

    public int Below(long limit) => dice.Below((int)Math.Max(limit, 1));

    public bool Flag() => dice.Chance(50);

    public T Pick<T>(params IReadOnlyList<T> items) => dice.Pick(items);
}

/// <summary>Short ways to write the tables of operations.</summary>
internal static class Want1
{
    public static bool Float(Value v, IReadOnlyList<Value> chosen) => v.IsFloat;

    public static bool Any(Value v, IReadOnlyList<Value> chosen) => true;

    public static bool Index(Value v, IReadOnlyList<Value> chosen) => v.Tensor.dtype == ScalarType.Int64 && v.Tensor.dim() == 1;

    public static bool Mask(Value v, IReadOnlyList<Value> chosen) => v.Tensor.dtype == ScalarType.Bool;

    /// <summary>A mask of the first axes of what was chosen.</summary>
    public static bool RowMask(Value v, IReadOnlyList<Value> chosen) =>
        Mask(v, chosen) && v.Tensor.dim() <= chosen[0].Tensor.dim() && v.Tensor.shape.SequenceEqual(chosen[0].Tensor.shape.Take((int)v.Tensor.dim()));

    public static bool Invariant(Value v, IReadOnlyList<Value> chosen) => v.IsFloat && v.Nature.Kind == Kind.Invariant;

    /// <summary>Of the same shape.</summary>
    public static bool Alike(Value v, IReadOnlyList<Value> chosen) => v.IsFloat && v.Tensor.shape.SequenceEqual(chosen[0].Tensor.shape);

    /// <summary>Of a shape that broadcasts with that of the first.</summary>
    public static bool Broadcasts(Value v, IReadOnlyList<Value> chosen) => v.IsFloat && Broadcast(v, chosen);

    public static bool BroadcastMask(Value v, IReadOnlyList<Value> chosen) => Mask(v, chosen) && Broadcast(v, chosen);

    /// <summary>Whose last axis is one of three.</summary>
    public static bool Triple(Value v, IReadOnlyList<Value> chosen) => v.IsFloat && v.Tensor.dim() > 0 && v.Tensor.size(-1) == 3;

    public static bool Scalar(Value v, IReadOnlyList<Value> chosen) => v.IsFloat && v.Tensor.dim() > 0 && v.Tensor.size(-1) == 1;

    /// <summary>The same as the first.</summary>
    public static bool Same(Value v, IReadOnlyList<Value> chosen) => v.Name == chosen[0].Name;

    /// <summary>A matrix product of the first with it is one.</summary>
    public static bool Multipliable(Value v, IReadOnlyList<Value> chosen) =>
        v.IsFloat && chosen[0].Tensor.dim() > 0 && v.Tensor.dim() > 0 && chosen[0].Tensor.size(-1) == v.Tensor.size(v.Tensor.dim() > 1 ? -2 : -1);

    private static bool Broadcast(Value v, IReadOnlyList<Value> chosen) =>
        v.Tensor.shape.Reverse().Zip(chosen[0].Tensor.shape.Reverse()).All(p => p.First == p.Second || p.First == 1 || p.Second == 1);
}
