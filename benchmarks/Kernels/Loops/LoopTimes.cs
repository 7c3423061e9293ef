namespace E3Gen.Benchmarks.Kernels.Loops;

/// <summary>One call of a loop.</summary>
/// <param name="Nanoseconds">The least time.</param>
/// <param name="Flops">Floating-point operations that it does.</param>
internal readonly record struct LoopTimes(double Nanoseconds, double Flops)
{
    public static LoopTimes operator +(LoopTimes a, LoopTimes b) => new(a.Nanoseconds + b.Nanoseconds, a.Flops + b.Flops);
}
