using E3Gen.Cuda;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations.Gpu;

/// <summary>A device program applied to tensors: its memory is made where the arguments are, and its launches run in order.</summary>
/// <param name="program">The kernels.</param>
/// <param name="executor">Runs them.</param>
/// <param name="arguments">Which operand each argument is.</param>
/// <param name="sizes">Sizes that launches take.</param>
/// <param name="indices">Indices that launches take.</param>
internal sealed class DeviceCall(
    DeviceProgram program, IDeviceExecutor executor, string[] arguments, IReadOnlyDictionary<string, long> sizes, IReadOnlyDictionary<string, Tensor> indices)
{
    /// <summary>The size that says how far rows of weights are apart; 0 where all rows share one.</summary>
    private const string WeightStep = "wstep";

    /// <summary>z.</summary>
    /// <param name="inputs">The arguments.</param>
    public Tensor Forward(Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        return Run(program.Forward, inputs, [], null)["z"].MoveToOuterDisposeScope();
    }

    /// <summary>The cotangents of the arguments, as far as they are wanted.</summary>
    /// <param name="inputs">The arguments.</param>
    /// <param name="g">The cotangent of z.</param>
    /// <param name="wanted">Which are wanted.</param>
    public Tensor?[] Gradient(Tensor[] inputs, Tensor g, bool[] wanted)
    {
        using var scope = NewDisposeScope();
        return Cotangents(Run(program.Gradient, inputs, [], g), inputs, wanted);
    }

    /// <summary>The derivatives of the cotangents in a direction; the last, that of z.</summary>
    /// <param name="inputs">The arguments.</param>
    /// <param name="tangents">Their directions; null for none.</param>
    /// <param name="g">The cotangent of z.</param>
    /// <param name="wanted">Which are wanted: of each argument, then of z.</param>
    public Tensor?[] Second(Tensor[] inputs, Tensor?[] tangents, Tensor g, bool[] wanted)
    {
        using var scope = NewDisposeScope();
        Tensor[] along = [.. inputs.Select((input, i) => tangents[i] ?? zeros_like(input))];
        Tensor?[] results = wanted.AsSpan(0, inputs.Length).Contains(true)
            ? Cotangents(Run(program.GradientJvp, inputs, along, g), inputs, wanted[..^1])
            : new Tensor?[inputs.Length];
        return [.. results, wanted[^1] ? Run(program.Jvp, inputs, along, null)["z"].MoveToOuterDisposeScope() : null];
    }

    private Tensor?[] Cotangents(Dictionary<string, Tensor> found, Tensor[] inputs, bool[] wanted) =>
        [.. inputs.Select((input, i) => wanted[i] ? found["g" + arguments[i]].view(input.shape).MoveToOuterDisposeScope() : null)];

    private Dictionary<string, Tensor> Run(IReadOnlyList<Launch> launches, Tensor[] inputs, Tensor[] tangents, Tensor? g)
    {
        var operands = indices.ToDictionary();
        var all = sizes.ToDictionary();
        for (int i = 0; i < inputs.Length; i++)
        {
            bool isShared = arguments[i] == "w" && IsShared(inputs[i]) && (tangents.Length == 0 || IsShared(tangents[i]));
            if (isShared)
            {
                all[WeightStep] = 0;
            }

            operands[arguments[i]] = isShared ? inputs[i] : inputs[i].contiguous();
            if (tangents.Length > 0)
            {
                operands["a" + arguments[i]] = isShared ? tangents[i] : tangents[i].contiguous();
            }
        }

        if (g is not null)
        {
            operands["g"] = g.contiguous();
        }

        var (type, device) = (inputs[0].dtype, inputs[0].device);
        foreach (var operand in program.Taken(launches, Role.Result))
        {
            long[] shape = [all[operand.Rows] + operand.More, operand.Columns];
            operands[operand.Name] = operand.IsPartial ? zeros(shape, type, device) : empty(shape, type, device);
        }

        foreach (var operand in program.Taken(launches, Role.Scratch))
        {
            operands[operand.Name] = empty([all[operand.Rows] + operand.More, operand.Columns], type == ScalarType.Float64 ? type : ScalarType.Float32, device);
        }

        executor.Run(program, launches, all, operands, device);
        return operands;
    }

    /// <summary>Whether all rows are the same numbers in memory.</summary>
    private static bool IsShared(Tensor rows) => rows.dim() == 2 && rows.stride(0) == 0 && (rows.stride(1) == 1 || rows.size(1) == 1);
}
