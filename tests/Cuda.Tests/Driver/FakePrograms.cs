namespace E3Gen.Cuda.Tests;

/// <summary>Programs for the fake libraries.</summary>
internal static class FakePrograms
{
    public static readonly Launch Forward = new("few_forward", "rows", 40, "x", "rows", "z", "nodes", "y");
    public static readonly Launch Gradient = new("few_gradient", "rows", 1, "gx", "rows");

    public static readonly Dictionary<string, nint> Pointers = new() { ["x"] = Address(1), ["y"] = Address(2), ["z"] = Address(3), ["gx"] = Address(4) };

    /// <summary>A program with two kernels.</summary>
    /// <param name="more">More of its text.</param>
    public static DeviceProgram Few(string more = "") => new("few", NumberType.Single, $$"""
        extern "C" __global__ void few_forward(const float* x, long long rows, float* z, long long nodes, const float* y) {}
        extern "C" __global__ void few_gradient(float* gx, long long rows) {}
        {{more}}
        """, [new("x", Role.Input, "rows", 3), new("y", Role.Input, "nodes", 1), new("z", Role.Result, "rows", 3), new("gx", Role.Result, "rows", 3)])
    {
        Forward = [Forward],
        Gradient = [Gradient],
        Jvp = [Forward],
        GradientJvp = [Gradient],
    };

    /// <summary>Sizes of a call.</summary>
    public static Dictionary<string, long> Sizes(long rows, long nodes = 0x123456789) => new() { ["rows"] = rows, ["nodes"] = nodes };

    /// <summary>Launches with the pointers above.</summary>
    public static void Run(this DeviceKernels kernels, Launch launch, long rows, nint stream = 0) => kernels.Launch(launch, Sizes(rows), name => Pointers[name], stream);

    private static nint Address(long number) => (nint)(0x7f0000000000 + (0x1000 * number));
}
