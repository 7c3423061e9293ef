using E3Gen.Kernels;

namespace E3Gen.Cuda;

/// <summary>Functions of a scalar with their first two derivatives, as structs of the text.</summary>
internal static class ActivationText
{
    /// <summary>f and f′ of a number, or of one with its derivative.</summary>
    private const string Apply = """
        /// value = f(x), first = f'(x), with their derivatives where x has one.
        template <typename F> __device__ __forceinline__ void apply(T x, T& value, T& first)
        {
            F f(x);
            value = f.value;
            first = f.first;
        }

        template <typename F> __device__ __forceinline__ void apply(Dual x, Dual& value, Dual& first)
        {
            F f(x.value);
            value = Dual(f.value, f.first * x.slope);
            first = Dual(f.first, f.second * x.slope);
        }


        """;

    /// <summary>Writes functions, and what applies them.</summary>
    /// <param name="text">Takes the text.</param>
    /// <param name="functions">The functions.</param>
    /// <param name="type">What numbers in memory are.</param>
    public static void Write(SourceText text, IEnumerable<ActivationFunction> functions, NumberType type)
    {
        var all = functions.Distinct().Order().ToList();
        if (all.Contains(ActivationFunction.Silu) || all.Contains(ActivationFunction.Sigmoid))
        {
            // Sigmoid is part of Silu.
            all = [ActivationFunction.Sigmoid, .. all.Where(f => f != ActivationFunction.Sigmoid)];
        }

        foreach (var function in all)
        {
            var (formula, lines) = Body(function, type == NumberType.Double ? "" : "f");
            text.Line($"/// {formula}");
            using (text.Braces($"struct {Name(function)}", "};"))
            {
                text.Line("T value, first, second;");
                text.Line();
                using (text.Braces($"__device__ __forceinline__ explicit {Name(function)}(T x)"))
                {
                    foreach (string line in lines)
                    {
                        text.Line(line);
                    }
                }
            }

            text.Line();
        }

        text.Append(Apply);
    }

    /// <summary>The struct of a function.</summary>
    public static string Name(ActivationFunction function) => function.ToString();

    /// <param name="function">The function.</param>
    /// <param name="suffix">End of the names of functions of the type.</param>
    private static (string Formula, string[] Lines) Body(ActivationFunction function, string suffix) => function switch
    {
        ActivationFunction.Silu => ("x s(x), s + x s', 2 s' + x s'', where s is the sigmoid.",
            ["Sigmoid s(x);", "value = x * s.value;", "first = s.value + x * s.first;", "second = s.first + s.first + x * s.second;"]),
        ActivationFunction.Sigmoid => ("s = 1/(1 + exp(-x)), s (1 - s), s' (1 - 2 s).",
            [$"value = T(1) / (T(1) + exp{suffix}(-x));", "first = value * (T(1) - value);", "second = first * (T(1) - (value + value));"]),
        ActivationFunction.Tanh => ("t = tanh x, 1 - t^2, -2 t (1 - t^2).",
            [$"value = tanh{suffix}(x);", "first = T(1) - value * value;", "second = -(value + value) * first;"]),
        ActivationFunction.Relu => ("x where it is positive, else 0.", ["value = x < T(0) ? T(0) : x;", "first = x > T(0) ? T(1) : T(0);", "second = 0;"]),
        ActivationFunction.Abs => ("|x|; its derivative at 0 is 0.", ["value = x < T(0) ? -x : x;", "first = x > T(0) ? T(1) : x < T(0) ? T(-1) : T(0);", "second = 0;"]),
        _ => ("x.", ["value = x;", "first = 1;", "second = 0;"]),
    };
}
