using E3Gen.Flow.Tests.RandomPrograms.Language;
using E3Gen.Flow.Tests.RandomPrograms.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms;

/// <summary>Operations of random programs are none if they throw for all operands that there are.</summary>
[Trait("Category", "RandomPrograms")]
public sealed class OperationTests
{
    private const int Attempts = 400;

    [Fact]
    public void Every_operation_runs_on_something()
    {
        using var scope = NewDisposeScope();
        var dice = new Dice(1, 1);
        var failing = Table.Everything.Where(operation => !Enumerable.Range(0, Attempts).Any(_ => Runs(dice, operation)));
        string report = string.Join("\n", failing.Select(o => Printed(dice, o)));
        Assert.True(report.Length == 0, report);
    }

    private static bool Runs(Dice dice, Operation operation) => Choose(dice, operation) is { } values && Run(dice, operation, values) is null;

    private static string Printed(Dice dice, Operation operation)
    {
        List<Value>? values;
        while ((values = Choose(dice, operation)) is null)
        {
        }

        return Run(dice, operation, values)!;
    }

    /// <summary>Null, or the operation and the reason why it does not run.</summary>
    private static string? Run(Dice dice, Operation operation, List<Value> values)
    {
        string text = "";
        try
        {
            var code = operation.Draw(new Operands(dice, values));
            text = code.Print(["x", "y", "z"]);
            code.Run([.. values.Select(v => v.Tensor)]);
            return null;
        }
        catch (Exception exception) when (Author.IsExpected(exception))
        {
            return $"{text}: {exception.Message.Split('\n')[0]}";
        }
    }

    private static List<Value>? Choose(Dice dice, Operation operation)
    {
        Tensor[] tensors =
        [
            Normal(4, 3), Normal(4, 3), Normal(4, 1), Normal(4, 3, 3), Normal(2, 4, 3), Normal(2, 4, 3), Normal(4), Normal(3), Normal(), Normal(4, 4), Normal(3, 3), Normal(4, 6), Normal(1, 4, 3), Normal(2, 1, 4, 3),
            Normal(4).gt(0), Normal(4, 1).gt(0), Normal(4, 3).gt(0), tensor(new long[] { 0, 3, 1, 1 }), tensor(new long[] { 2, 2, 1, 0, 0, 1 }),
        ];
        var chosen = new List<Value>();
        foreach (var want in operation.Wants)
        {
            var fitting = tensors.Select(t => new Value($"t{t.numel()}", t, new Nature(Kind.Invariant))).Where(v => want(v, chosen)).ToList();
            if (fitting.Count == 0)
            {
                return null;
            }

            chosen.Add(dice.Pick(fitting));
        }

        return chosen;

        Tensor Normal(params long[] shape) => tensor(Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => dice.Normal()).ToArray()).reshape(shape);
    }
}
