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
        if (all.Exists(IsMadeOfSigmoid))
        {
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

    /// <summary>Whether the struct of a function uses that of the sigmoid.</summary>
    private static bool IsMadeOfSigmoid(ActivationFunction function) =>
        function is ActivationFunction.Silu or ActivationFunction.GeluTanh or ActivationFunction.Softplus
            or ActivationFunction.LogSigmoid or ActivationFunction.Mish or ActivationFunction.ShiftedSoftplus;

    /// <param name="function">The function.</param>
    /// <param name="suffix">End of the names of functions of the type.</param>
    private static (string Formula, string[] Lines) Body(ActivationFunction function, string suffix) => function switch
    {
        ActivationFunction.Silu => ("x s(x), where s is the sigmoid.", ["Sigmoid s(x);", .. Times("s.value", "s.first", "s.second")]),
        ActivationFunction.Sigmoid => ("s = 1/(1 + exp(-x)), s (1 - s), s' (1 - 2 s).",
            [$"value = T(1) / (T(1) + exp{suffix}(-x));", "first = value * (T(1) - value);", "second = first * (T(1) - (value + value));"]),
        ActivationFunction.Tanh => ("t = tanh x, 1 - t^2, -2 t (1 - t^2).",
            [$"value = tanh{suffix}(x);", "first = T(1) - value * value;", "second = -(value + value) * first;"]),
        ActivationFunction.Relu => ("x where it is positive, else 0.", ["value = x < T(0) ? T(0) : x;", "first = x > T(0) ? T(1) : T(0);", "second = 0;"]),
        ActivationFunction.Abs => ("|x|; its derivative at 0 is 0.", ["value = x < T(0) ? -x : x;", "first = x > T(0) ? T(1) : x < T(0) ? T(-1) : T(0);", "second = 0;"]),
        ActivationFunction.Gelu => ("x P(x), where P is the distribution of a standard normal number; beyond 40 its density is zero, and squares could overflow.",
        [
            Near(40),
            $"const T p = T(0.5) * erfc{suffix}(-c * {Number(Math.Sqrt(0.5))}), density = {Number(1 / Math.Sqrt(2 * Math.PI))} * exp{suffix}(T(-0.5) * c * c);",
            "value = x * p;", "first = p + c * density;", "second = (T(2) - c * c) * density;",
        ]),
        ActivationFunction.GeluTanh => ("x s(2y) with y = sqrt(2/pi) (x + 0.044715 x^3); beyond 15 the sigmoid s is 0 or 1, and cubes could overflow.",
        [
            Near(15),
            $"const T k = {Number(2 * Math.Sqrt(2 / Math.PI))}, y1 = k * (T(1) + {Number(3 * 0.044715)} * c * c), y2 = k * {Number(6 * 0.044715)} * c;",
            $"Sigmoid s(k * (c + {Number(0.044715)} * c * c * c));",
            .. Times("s.value", "(s.first * y1)", "(s.second * y1 * y1 + s.first * y2)"),
        ]),
        ActivationFunction.Elu or ActivationFunction.Celu => ("x where it is positive, else exp(x) - 1.", ExponentialUnit(1, 1, suffix)),
        ActivationFunction.Selu => ("c x where x is positive, else c a (exp(x) - 1).", ExponentialUnit(Selu<double>.Scale, Selu<double>.Alpha, suffix)),
        ActivationFunction.LeakyRelu => ("x where it is positive, else x/100.", [$"first = x > T(0) ? T(1) : {Number(0.01)};", "value = first * x;", "second = 0;"]),
        ActivationFunction.Softplus => ("log(1 + exp(x)), s, s'.", ["Sigmoid s(x);", Softplus("value", "x", suffix), "first = s.value;", "second = s.first;"]),
        ActivationFunction.ShiftedSoftplus => ("log(1 + exp(x)) - log 2, s, s'.",
            ["Sigmoid s(x);", Softplus("const T p", "x", suffix),
            $"value = x < T(1) && x > T(-1) ? -log1p{suffix}(-tanh{suffix}(T(0.5) * x)) : p - {Number(Math.Log(2))};", "first = s.value;", "second = s.first;"]),
        ActivationFunction.LogSigmoid => ("log s(x) = -softplus(-x).", ["Sigmoid s(-x);", Softplus("const T p", "-x", suffix), "value = -p;", "first = s.value;", "second = -s.first;"]),
        ActivationFunction.Mish => ("x tanh(softplus x).",
        [
            "Sigmoid s(x);", Softplus("const T p", "x", suffix),
            $"const T t = tanh{suffix}(p), d = T(1) - t * t;",
            .. Times("t", "(d * s.value)", "(d * (s.first - (t + t) * s.value * s.value))"),
        ]),
        ActivationFunction.Softsign => ("x d with d = 1/(1 + |x|), d^2, -2 d^3 sign(x).",
        [
            "const T d = T(1) / (T(1) + (x < T(0) ? -x : x));", "value = x * d;", "first = d * d;", "second = x > T(0) ? T(-2) * first * d : x < T(0) ? T(2) * first * d : T(0);",
        ]),
        ActivationFunction.Hardtanh => ("x between -1 and 1, beyond these the nearer one.", Clamp("x", "T(-1)", "T(1)")),
        ActivationFunction.Relu6 => ("x between 0 and 6, beyond these the nearer one.", Clamp("x", "T(0)", "T(6)")),
        ActivationFunction.Hardsigmoid => ("(x + 3)/6 between 0 and 1, beyond these the nearer one.",
            [.. Clamp("(x + T(3))", "T(0)", "T(6)"), $"value *= {Number(1.0 / 6)};", $"first *= {Number(1.0 / 6)};"]),
        ActivationFunction.Hardswish => ("x times the hard sigmoid.",
        [
            "const T y = x + T(3);", $"const T h = {Number(1.0 / 6)} * (y < T(0) ? T(0) : y > T(6) ? T(6) : y), slope = y > T(0) && y < T(6) ? {Number(1.0 / 6)} : T(0);",
            .. Times("h", "slope", "T(0)"),
        ]),
        ActivationFunction.Sin => ("sin x, cos x, -sin x.", [$"value = sin{suffix}(x);", $"first = cos{suffix}(x);", "second = -value;"]),
        ActivationFunction.Cos => ("cos x, -sin x, -cos x.", [$"value = cos{suffix}(x);", $"first = -sin{suffix}(x);", "second = -value;"]),
        ActivationFunction.Square => ("x^2, 2 x, 2.", ["value = x * x;", "first = x + x;", "second = 2;"]),
        ActivationFunction.Erf => ("erf x, 2/sqrt(pi) exp(-x^2), -2 x f'; beyond 28 the exponential is zero, and squares could overflow.",
            [Near(28), $"value = erf{suffix}(x);", $"first = {Number(2 / Math.Sqrt(Math.PI))} * exp{suffix}(-c * c);", "second = -(c + c) * first;"]),
        _ => ("x.", ["value = x;", "first = 1;", "second = 0;"]),
    };

    /// <summary>The derivatives of x g(x): g + x g' and 2 g' + x g''.</summary>
    private static string[] Times(string g, string first, string second) => [$"value = x * {g};", $"first = {g} + x * {first};", $"second = {first} + {first} + x * {second};"];

    /// <summary>y between two numbers, with a derivative of 0 at both and beyond.</summary>
    private static string[] Clamp(string y, string least, string most) =>
        [$"value = {y} < {least} ? {least} : {y} > {most} ? {most} : {y};", $"first = {y} > {least} && {y} < {most} ? T(1) : T(0);", "second = 0;"];

    /// <summary>c, which is x or the end that it is beyond.</summary>
    private static string Near(int end) => $"const T c = x < T(-{end}) ? T(-{end}) : x > T({end}) ? T({end}) : x;";

    /// <summary>Of numbers that are not positive expm1 loses no digits near 0, and does not overflow.</summary>
    private static string[] ExponentialUnit(double scale, double alpha, string suffix) =>
    [
        $"const T bend = {Number(scale * alpha)} * expm1{suffix}(x > T(0) ? T(0) : x), slope = bend + {Number(scale * alpha)};",
        $"value = x > T(0) ? {Number(scale)} * x : bend;", $"first = x > T(0) ? {Number(scale)} : slope;", "second = x > T(0) ? T(0) : slope;",
    ];

    private static string Softplus(string target, string x, string suffix) => $"{target} = ({x} < T(0) ? T(0) : {x}) + log1p{suffix}(exp{suffix}(x < T(0) ? x : -x));";

    private static string Number(double value) => SourceText.Number(value);
}
