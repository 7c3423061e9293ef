namespace E3Gen.Benchmarks.Kernels.Measuring;

/// <summary>What the C allocator, which all contestants' tensors come from, does with large blocks that are freed.</summary>
internal enum AllocatorSetting
{
    /// <summary>As it comes: glibc returns them to the system, and the next call pays for fresh, zeroed pages.</summary>
    Default,

    /// <summary>It keeps them (<see cref="E3Gen.Allocator.KeepFreedMemory"/>), as the caching allocators of long-running programs do.</summary>
    Keep,
}
