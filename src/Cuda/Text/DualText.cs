namespace E3Gen.Cuda;

/// <summary>
/// Numbers with their derivative in a direction. A formula written once, as a template of a number N, gives values where N is T, and derivatives where N is Dual: what it reads are numbers with those
/// of their tangents, what it writes are derivatives.
/// </summary>
internal static class DualText
{
    /// <summary>The text; it follows <see cref="Prelude"/>.</summary>
    public const string Text = """
        /// A number with its derivative in a direction.
        struct Dual
        {
            T value, slope;

            Dual() = default;

            __device__ __forceinline__ Dual(T value, T slope = 0) : value(value), slope(slope) {}
        };

        __device__ __forceinline__ Dual operator+(Dual a, Dual b) { return Dual(a.value + b.value, a.slope + b.slope); }
        __device__ __forceinline__ Dual operator-(Dual a, Dual b) { return Dual(a.value - b.value, a.slope - b.slope); }
        __device__ __forceinline__ Dual operator*(T a, Dual b) { return Dual(a * b.value, a * b.slope); }
        __device__ __forceinline__ Dual operator*(Dual a, T b) { return Dual(a.value * b, a.slope * b); }
        __device__ __forceinline__ Dual operator*(Dual a, Dual b) { return Dual(a.value * b.value, a.value * b.slope + a.slope * b.value); }
        __device__ __forceinline__ Dual& operator+=(Dual& a, Dual b) { return a = a + b; }

        /// What a formula is evaluated for: the value, or the derivative.
        __device__ __forceinline__ T wanted(T v) { return v; }
        __device__ __forceinline__ T wanted(Dual v) { return v.slope; }

        /// A row of an argument; for derivatives with that of its tangent.
        template <typename N> struct Row;

        template <> struct Row<T>
        {
            const S* value;

            __device__ __forceinline__ T operator[](int i) const { return T(value[i]); }
            __device__ __forceinline__ Row operator+(long long i) const { return Row{value + i}; }
        };

        template <> struct Row<Dual>
        {
            const S *value, *tangent;

            __device__ __forceinline__ Dual operator[](int i) const { return Dual(T(value[i]), T(tangent[i])); }
            __device__ __forceinline__ Row operator+(long long i) const { return Row{value + i, tangent + i}; }
        };


        """;
}
