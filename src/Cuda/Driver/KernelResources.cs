namespace E3Gen.Cuda;

/// <summary>What a thread of a kernel takes on a device.</summary>
/// <param name="Kernel">Name of the kernel.</param>
/// <param name="Registers">Registers.</param>
/// <param name="LocalBytes">Bytes in local memory, which is slow: numbers lie there for which there is no register.</param>
internal readonly record struct KernelResources(string Kernel, int Registers, int LocalBytes);
