using System.ComponentModel;
using E3Gen.Kernels;
using E3Gen.Operations.Cpu;
using E3Gen.Operations.Gpu;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Symmetric contractions of tensors. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ContractionProgramExtensions
{
    /// <summary>Applies a symmetric contraction.</summary>
    /// <param name="program">The contraction.</param>
    /// <param name="x">[rows, columns of x].</param>
    /// <param name="species">The element of each row, [rows], whole numbers; null where there is one element.</param>
    /// <param name="weights">The weights, block after block.</param>
    /// <returns>[rows, columns of z].</returns>
    /// <exception cref="ArgumentException">A row's element is none.</exception>
    public static Tensor Apply(this ContractionProgram program, Tensor x, Tensor? species, Tensor weights)
    {
        using var scope = NewDisposeScope();
        var rows = RowsOf(program, species, checked((int)x.size(0)));
        if (DeviceOperations.Contraction(program, rows, x) is { } device)
        {
            return new ContractionFunction(program, rows) { Device = device }.Apply(x, PortableContraction.Of(program).Weigh(weights)).MoveToOuterDisposeScope();
        }

        if (Backends.TakesKernels(x, program.Name))
        {
            var coefficients = new WeighingFunction(program, isGradient: false).Apply(weights)[0];
            return new ContractionFunction(program, rows).Apply(x, coefficients).MoveToOuterDisposeScope();
        }

        var portable = PortableContraction.Of(program);
        return portable.Apply(x, species is null ? [null] : rows.ToTensors(x.device), portable.Weigh(weights)).MoveToOuterDisposeScope();
    }

    /// <summary>The rows of each element as indices.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="device">Where they are to lie.</param>
    internal static IReadOnlyList<Tensor?> ToTensors(this RowsByElement rows, Device device) => [.. Enumerable.Range(0, rows.Starts.Length - 1).Select(e =>
        tensor(rows.Rows[rows.Starts[e]..rows.Starts[e + 1]].Select(r => (long)r).ToArray(), device: CPU).to(device))];

    private static RowsByElement RowsOf(ContractionProgram program, Tensor? species, int rows)
    {
        using var numbers = species?.to(ScalarType.Int64).cpu();
        return RowsByElement.Of(numbers is null ? [] : numbers.data<long>().ToArray(), rows, program.Elements, program.Name);
    }
}
