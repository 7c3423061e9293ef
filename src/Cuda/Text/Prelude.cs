namespace E3Gen.Cuda;

/// <summary>
/// What every text begins with: S is a number in memory, T one to compute with. Nothing is used that a compiler does not bring, so that NVRTC, clang and a host compiler take the same text.
/// </summary>
internal static class Prelude
{
    private const string Rows = """

        /// Numbers of a row to registers, and back.
        template <typename P, int N> __device__ __forceinline__ void load(T (&v)[N], const P* p, int step)
        {
        #pragma unroll
            for (int i = 0; i < N; i++) v[i] = T(p[i * step]);
        }

        template <typename P, int N> __device__ __forceinline__ void store(const T (&v)[N], P* p, int step)
        {
        #pragma unroll
            for (int i = 0; i < N; i++) p[i * step] = P(v[i]);
        }


        """;

    private const string Half = """
        /// float16 in memory.
        struct S
        {
            unsigned short bits;

            S() = default;

            __device__ __forceinline__ explicit S(float value)
            {
        #ifdef __CUDA_ARCH__
                asm("cvt.rn.f16.f32 %0, %1;" : "=h"(bits) : "f"(value));
        #else
                _Float16 half = (_Float16)value;
                __builtin_memcpy(&bits, &half, 2);
        #endif
            }

            __device__ __forceinline__ explicit operator float() const
            {
        #ifdef __CUDA_ARCH__
                float value;
                asm("cvt.f32.f16 %0, %1;" : "=f"(value) : "h"(bits));
                return value;
        #else
                _Float16 half;
                __builtin_memcpy(&half, &bits, 2);
                return (float)half;
        #endif
            }
        };

        typedef float T;

        """;

    private const string BFloat16 = """
        /// bfloat16 in memory: the upper half of a float32, rounded to the nearest, to even where two are as near.
        struct S
        {
            unsigned short bits;

            union Single { float value; unsigned bits; };

            S() = default;

            __device__ __forceinline__ explicit S(float value)
            {
                Single single = {value};
                bits = value == value ? (unsigned short)((single.bits + 0x7fffu + ((single.bits >> 16) & 1u)) >> 16) : (unsigned short)0x7fffu;
            }

            __device__ __forceinline__ explicit operator float() const
            {
                Single single;
                single.bits = (unsigned)bits << 16;
                return single.value;
            }
        };

        typedef float T;

        """;

    /// <summary>The beginning for a type of numbers.</summary>
    /// <param name="type">What numbers in memory are.</param>
    public static string Text(NumberType type) => type switch
    {
        NumberType.Single => "typedef float S, T;\n",
        NumberType.Double => "typedef double S, T;\n",
        NumberType.Half => Half,
        NumberType.BFloat16 => BFloat16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There is no such number type."),
    } + Rows;
}
