namespace E3Gen.Cuda;

/// <summary>What every text begins with.</summary>
internal static class Prelude
{
    /// <summary>Rows to registers and back. Nothing else is used that a compiler does not bring, so that NVRTC, clang and a host compiler take the same text.</summary>
    public const string Text = """
        template <typename T, int N> __device__ __forceinline__ void load(T (&v)[N], const T* p, int step)
        {
        #pragma unroll
            for (int i = 0; i < N; i++) v[i] = p[i * step];
        }

        template <typename T, int N> __device__ __forceinline__ void store(const T (&v)[N], T* p, int step)
        {
        #pragma unroll
            for (int i = 0; i < N; i++) p[i * step] = v[i];
        }


        """;
}
