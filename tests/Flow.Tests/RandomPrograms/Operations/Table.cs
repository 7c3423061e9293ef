using System.Runtime.CompilerServices;
using E3Gen.Flow.Tests.RandomPrograms.Language;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Operations;

/// <summary>All operations, by topic, and short ways to write them down.</summary>
internal static class Table
{
    /// <summary>Topics, and how often each is chosen.</summary>
    public static readonly (int Weight, IReadOnlyList<Operation> Operations)[] Topics =
    [
        (10, Pointwise.Odd), (10, Pointwise.Other), (16, Arithmetic.All), (12, Reductions.All), (14, Shapes.All), (9, Joins.All), (12, Selections.All), (10, Products.All), (20, Idioms.All),
        (4, Casts.All), (5, Orders.All), (6, Factories.All), (6, Seldom.All),
    ];

    /// <summary>All of them, with writes.</summary>
    public static readonly IReadOnlyList<Operation> Everything = [.. Topics.SelectMany(t => t.Operations), .. Writes.All];

    /// <summary>An operation with nothing to choose.</summary>
    public static Operation One(Func<Tensor, Tensor> run, [CallerArgumentExpression(nameof(run))] string text = "") =>
        new([Want1.Float], _ => Written.Of(run, text));

    public static Operation One(Want want, Func<Tensor, Tensor> run, [CallerArgumentExpression(nameof(run))] string text = "") =>
        new([want], _ => Written.Of(run, text));

    public static Operation Two(Want second, Func<Tensor, Tensor, Tensor> run, [CallerArgumentExpression(nameof(run))] string text = "") =>
        new([Want1.Float, second], _ => Written.Of(run, text));

    public static Operation Two(Want first, Want second, Func<Tensor, Tensor, Tensor> run, [CallerArgumentExpression(nameof(run))] string text = "") =>
        new([first, second], _ => Written.Of(run, text));

    public static Operation Three(Want second, Want third, Func<Tensor, Tensor, Tensor, Tensor> run, [CallerArgumentExpression(nameof(run))] string text = "") =>
        new([Want1.Float, second, third], _ => Written.Of(run, text));

    /// <summary>An operation on one tensor with choices.</summary>
    public static Operation Drawn(Func<Operands, Written<Tensor>> draw) => new([Want1.Float], draw);

    /// <summary>An operation with choices on a tensor and another.</summary>
    public static Operation Drawn(Want second, Func<Operands, Written<Tensor>> draw) => new([Want1.Float, second], draw);

    public static Operation Drawn(Want second, Want third, Func<Operands, Written<Tensor>> draw) => new([Want1.Float, second, third], draw);
}
