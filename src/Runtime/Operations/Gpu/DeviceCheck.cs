using E3Gen.Cuda;
using TorchSharp;
using static System.FormattableString;
using static TorchSharp.torch;

namespace E3Gen.Operations.Gpu;

/// <summary>Compares device kernels with CPU kernels of float64: values, gradients, and the derivatives of both in a direction.</summary>
internal static class DeviceCheck
{
    /// <summary>What is wrong with kernels; null if nothing is.</summary>
    /// <param name="program">The kernels.</param>
    /// <param name="executor">Runs them.</param>
    /// <param name="device">Where.</param>
    /// <param name="sample">Arguments.</param>
    public static string? Fault(DeviceProgram program, IDeviceExecutor executor, Device device, DeviceSample sample)
    {
        using var scope = NewDisposeScope();
        using var plain = inference_mode(false);
        using var off = no_grad();
        var type = NumberTypes.Of(program.Type);

        // Numbers that both types have: what they are rounded to, computed with float64.
        Tensor Rounded(Tensor exact) => exact.to(type).to(float64);
        Tensor[] inputs = [.. sample.Inputs.Select(Rounded)], tangents = [.. inputs.Select(t => Rounded(randn_like(t)))];
        var z = sample.Reference.Forward(inputs);
        var g = Rounded(randn_like(z));
        bool[] all = [.. inputs.Select(_ => true)];
        Tensor?[] gradient = sample.Reference.Gradient(inputs, g, all), second = sample.Reference.Second(inputs, tangents, g, [.. all, true]);

        Tensor There(Tensor tensor) => tensor.to(type).to(device);
        var call = new DeviceCall(program, executor, sample.Names, sample.Sizes, sample.Indices.ToDictionary(i => i.Key, i => i.Value.to(device)));
        Tensor[] deviceInputs = [.. inputs.Select(There)];
        Tensor?[] deviceGradient = call.Gradient(deviceInputs, There(g), all), deviceSecond = call.Second(deviceInputs, [.. tangents.Select(There)], There(g), [.. all, true]);
        List<(string What, Tensor Found, Tensor Expected)> results = [("the result", call.Forward(deviceInputs), z), ("the derivative of the result", deviceSecond[^1]!, second[^1]!)];
        for (int i = 0; i < inputs.Length; i++)
        {
            results.Add(($"the gradient by {sample.Names[i]}", deviceGradient[i]!, gradient[i]!));
            results.Add(($"the second derivative by {sample.Names[i]}", deviceSecond[i]!, second[i]!));
        }

        foreach (var (what, found, expected) in results.Where(r => r.Expected.numel() > 0))
        {
            double size = expected.norm().item<double>(), error = (found.cpu().to(float64) - expected).norm().item<double>();
            if (!(error <= Tolerance(program.Type) * Math.Max(size, 1e-3)))
            {
                return Invariant($"{what} differs from that of CPU kernels by {error / size:E1} of its size");
            }
        }

        return null;
    }

    private static double Tolerance(NumberType type) => type switch { NumberType.Double => 1e-10, NumberType.Single => 1e-4, NumberType.Half => 1e-2, _ => 5e-2 };
}
