using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace E3Gen.Benchmarks.Kernels.Loops;

/// <summary>Numbers that begin with a cache line, as the kernels' own memory does.</summary>
internal sealed class AlignedNumbers
{
    private const int CacheLine = 64;
    private readonly float[] array;
    private readonly int first, count;

    public AlignedNumbers(int count)
    {
        this.count = count;
        array = GC.AllocateUninitializedArray<float>(count + CacheLine / sizeof(float), pinned: true);
        first = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) & CacheLine - 1) / sizeof(float);
        Reset();
    }

    public ref float First => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), first);

    public void Reset()
    {
        for (int i = 0; i < count; i++)
            array[first + i] = 0.01f * (i % 7 - 3);
    }
}
