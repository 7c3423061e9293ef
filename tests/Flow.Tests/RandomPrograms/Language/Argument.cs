using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Language;

/// <summary>What is special about inputs that are drawn.</summary>
/// <param name="Scale">Typical size of what depends on the frame.</param>
/// <param name="ZeroRows">So many rows of a hundred are zero.</param>
internal sealed record Probe(double Scale = 1, int ZeroRows = 0);

/// <summary>An argument of a random program.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Attribute">What is stated about it.</param>
/// <param name="Draw">Draws a value.</param>
/// <param name="Act">What a frame does to it.</param>
/// <param name="Input">The value as an argument of the measurement.</param>
internal sealed record Argument(
    string Name, string Attribute, Func<Dice, Probe, Tensor> Draw, Func<Frame, Tensor, Tensor> Act, Func<Tensor, EquivariantInput> Input)
{
    public bool IsPoints { get; private init; }

    public static Argument Features(string name, Irreps irreps, params long[] rows) => new(
        name,
        $"[{State(irreps, rows.Length)}]",
        (dice, probe) => Numbers(dice, probe, [.. rows, irreps.Dim]),
        (frame, x) => frame.Act(irreps, x),
        x => EquivariantInput.Features(x, irreps));

    public static Argument Points(string name, long points) => new(
        name,
        "[Positions]",
        (dice, probe) => Numbers(dice, probe, [points, 3]),
        (frame, x) => frame.Move(x),
        EquivariantInput.Points)
    { IsPoints = true };

    public static Argument Invariant(string name, params long[] shape) => new(
        name, $"[Invariant(Axes = {shape.Length})]", (dice, _) => Numbers(dice, new Probe(), shape), (_, x) => x.clone(), EquivariantInput.Invariant);

    public static Argument Indexes(string name, long count, int limit) => new(
        name,
        "[Invariant(Axes = 1)]",
        (dice, _) => tensor(Enumerable.Range(0, (int)count).Select(_ => (long)dice.Below(limit)).ToArray()),
        (_, x) => x.clone(),
        EquivariantInput.Invariant);

    public static Argument Mask(string name, params long[] shape) => new(
        name,
        $"[Invariant(Axes = {shape.Length})]",
        (dice, _) => Numbers(dice, new Probe(), shape).gt(0),
        (_, x) => x.clone(),
        EquivariantInput.Invariant);

    /// <summary>The attribute that states irreps, without brackets.</summary>
    public static string State(Irreps irreps, int rows) => $"Irreps(\"{string.Join(" + ", irreps)}\"{(rows == 1 ? "" : $", Rows = {rows}")})";

    private static Tensor Numbers(Dice dice, Probe probe, long[] shape)
    {
        long count = shape.Aggregate(1L, (a, b) => a * b), columns = shape.Length == 0 ? 1 : shape[^1];
        var numbers = new double[count];
        for (long row = 0; row < count; row += columns)
        {
            bool isZero = dice.Chance(probe.ZeroRows);
            for (long c = 0; c < columns; c++)
            {
                double number = dice.Normal() * probe.Scale;
                numbers[row + c] = isZero ? 0 : number;
            }
        }

        return tensor(numbers).reshape(shape);
    }
}
