using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow;

/// <summary>
/// Functions of System.Math on known numbers, if their results are the same on every machine: square roots are correctly rounded,
/// as sums and products are; powers and sines are not.
/// </summary>
internal static class MathFunctions
{
    /// <summary>The result on whole numbers or doubles; null where it is not known.</summary>
    public static Data? Apply(IMethodSymbol method, IReadOnlyList<Value> arguments)
    {
        if (method is not { IsStatic: true, ContainingType.Name: "Math" } || !FlowTypes.IsFramework(method))
        {
            return null;
        }

        if (method.Parameters.All(p => p.Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64)
            && arguments.All(a => a is Data { Extent.Known: not null }))
        {
            long[] whole = [.. arguments.Select(a => ((Data)a).Extent!.Known!.Value)];
            return (method.Name, whole) switch
            {
                ("Max", [var x, var y]) => Data.Of((object)Math.Max(x, y)),
                ("Min", [var x, var y]) => Data.Of((object)Math.Min(x, y)),
                ("Abs", [var x]) when x > int.MinValue => Data.Of((object)Math.Abs(x)),
                _ => null,
            };
        }

        if (method.Parameters.Any(p => p.Type.SpecialType != SpecialType.System_Double) || arguments.Any(a => Double(a) is null))
        {
            return null;
        }

        double[] numbers = [.. arguments.Select(a => Double(a)!.Value)];
        double? result = (method.Name, numbers) switch
        {
            ("Sqrt", [var x]) => Math.Sqrt(x),
            ("Abs", [var x]) => Math.Abs(x),
            ("Max", [var x, var y]) => Math.Max(x, y),
            ("Min", [var x, var y]) => Math.Min(x, y),
            _ => null,
        };
        return result is { } known && !double.IsNaN(known) && !double.IsInfinity(known) ? Data.Of(known) : null;
    }

    private static double? Double(Value value) => value switch
    {
        Data { Constant: double number } => number,
        Data { Constant: float number } => number,
        Data { Extent.Known: { } whole } => whole,
        _ => null,
    };
}
