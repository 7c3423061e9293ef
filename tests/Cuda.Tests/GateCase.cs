using E3Gen.Kernels;

namespace E3Gen.Cuda.Tests;

/// <summary>A gate with rows, and its results by formulas, in double precision.</summary>
internal sealed class GateCase
{
    private readonly Dictionary<string, double[]> _numbers = [];
    private readonly GateProgram _program;

    /// <param name="program">The gate.</param>
    /// <param name="type">What numbers in memory are.</param>
    /// <param name="rows">Number of rows; some numbers are zero, some large.</param>
    public GateCase(GateProgram program, NumberType type, int rows)
    {
        _program = program;
        Sizes = new() { ["rows"] = rows };
        var random = new Random(rows);
        double[] Random(int count) => Storage.Round(type, [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() * 2) - 1)]);
        (int columns, int results) = (program.Columns, program.Results);
        (_numbers["ax"], _numbers["g"]) = (Random(rows * columns), Random(rows * results));
        _numbers["x"] = [.. Random(rows * columns).Select((x, i) => i % 23 == 5 ? 0 : i % 19 == 3 ? Math.CopySign(100, x) : 2 * x)];
        (Expected["z"], Expected["z'"], Expected["gx"], Expected["gx'"]) = (new double[rows * results], new double[rows * results], new double[rows * columns], new double[rows * columns]);
        for (int n = 0; n < rows; n++)
        {
            foreach (var path in program.Paths)
            {
                for (int u = 0; u < path.Copies; u++)
                {
                    Evaluate(path, u, n * columns, n * results);
                }
            }
        }
    }

    public Dictionary<string, long> Sizes { get; }

    public IReadOnlyDictionary<string, double[]> Numbers => _numbers;

    /// <summary>Results: "z", "gx"; and their derivatives in the direction: "z'", "gx'".</summary>
    public Dictionary<string, double[]> Expected { get; } = [];

    private void Evaluate(GatePath path, int u, int row, int result)
    {
        var (x, ax, g) = (_numbers["x"], _numbers["ax"], _numbers["g"]);
        int s = row + path.Column + u;
        double c = _program.Scale(path);
        var (f, first, second) = Function(path.Function, x[s]);
        if (path.Segment < 0)
        {
            int to = result + path.Result + u;
            Expected["z"][to] = c * f;
            Expected["z'"][to] = c * first * ax[s];
            Expected["gx"][s] = c * first * g[to];
            Expected["gx'"][s] = c * second * ax[s] * g[to];
            return;
        }

        int components = (2 * path.L) + 1;
        for (int i = 0; i < components; i++)
        {
            bool innermost = _program.Layout == Layout.IrMul;
            int from = row + path.Segment + (innermost ? (i * (path.Pitch == 0 ? path.Copies : path.Pitch)) + u : (u * components) + i);
            int to = result + path.Result + (innermost ? (i * path.Copies) + u : (u * components) + i);
            Expected["z"][to] = c * f * x[from];
            Expected["z'"][to] = c * ((first * ax[s] * x[from]) + (f * ax[from]));
            Expected["gx"][from] = c * f * g[to];
            Expected["gx'"][from] = c * first * ax[s] * g[to];
            Expected["gx"][s] += c * first * g[to] * x[from];
            Expected["gx'"][s] += c * g[to] * ((second * ax[s] * x[from]) + (first * ax[from]));
        }
    }

    /// <summary>A function with its first two derivatives, by formulas of hyperbolic functions and by rules of differentiation.</summary>
    private static (double Value, double First, double Second) Function(ActivationFunction function, double x)
    {
        double t = Math.Tanh(x / 2), sigmoid = x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)), slope = 1 / (4 * Math.Pow(Math.Cosh(x / 2), 2)), curvature = -t * slope;
        double whole = Math.Pow(Math.Cosh(x), -2), exp = Math.Exp(Math.Min(x, 0)), density = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        double softplus = Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
        const double Lambda = 1.0507009873554805, Alpha = 1.6732632423543772;
        switch (function)
        {
            case ActivationFunction.Silu:
                return (x * sigmoid, sigmoid + (x * slope), (2 * slope) + (x * curvature));
            case ActivationFunction.Sigmoid:
                return (sigmoid, slope, curvature);
            case ActivationFunction.Tanh:
                return (Math.Tanh(x), whole, -2 * Math.Tanh(x) * whole);
            case ActivationFunction.Relu:
                return (Math.Max(x, 0), x > 0 ? 1 : 0, 0);
            case ActivationFunction.Abs:
                return (Math.Abs(x), Math.Sign(x), 0);
            case ActivationFunction.Gelu:
                double distribution = (1 + Erf(x / Math.Sqrt(2))) / 2;
                return (x * distribution, distribution + (x * density), (2 - (x * x)) * density);
            case ActivationFunction.GeluTanh:
                double k = Math.Sqrt(2 / Math.PI), y = k * (x + (0.044715 * x * x * x)), y1 = k * (1 + (0.134145 * x * x)), y2 = k * 0.26829 * x, sech = Math.Pow(Math.Cosh(y), -2);
                double half = (1 + Math.Tanh(y)) / 2, half1 = sech * y1 / 2, half2 = ((sech * y2) - (2 * Math.Tanh(y) * sech * y1 * y1)) / 2;
                return (x * half, half + (x * half1), (2 * half1) + (x * half2));
            case ActivationFunction.Elu or ActivationFunction.Celu:
                return x > 0 ? (x, 1, 0) : (exp - 1, exp, exp);
            case ActivationFunction.Selu:
                return x > 0 ? (Lambda * x, Lambda, 0) : (Lambda * Alpha * (exp - 1), Lambda * Alpha * exp, Lambda * Alpha * exp);
            case ActivationFunction.LeakyRelu:
                return x > 0 ? (x, 1, 0) : (0.01 * x, 0.01, 0);
            case ActivationFunction.Softplus:
                return (softplus, sigmoid, slope);
            case ActivationFunction.ShiftedSoftplus:
                return (softplus - Math.Log(2), sigmoid, slope);
            case ActivationFunction.LogSigmoid:
                return (x - softplus, 1 - sigmoid, -slope);
            case ActivationFunction.Mish:
                double m = Math.Tanh(softplus), m1 = (1 - (m * m)) * sigmoid, m2 = ((1 - (m * m)) * slope) - (2 * m * m1 * sigmoid);
                return (x * m, m + (x * m1), (2 * m1) + (x * m2));
            case ActivationFunction.Softsign:
                double d = 1 + Math.Abs(x);
                return (x / d, Math.Pow(d, -2), -2 * Math.Sign(x) * Math.Pow(d, -3));
            case ActivationFunction.Hardtanh:
                return (Math.Clamp(x, -1, 1), x > -1 && x < 1 ? 1 : 0, 0);
            case ActivationFunction.Relu6:
                return (Math.Clamp(x, 0, 6), x > 0 && x < 6 ? 1 : 0, 0);
            case ActivationFunction.Hardsigmoid:
                return (Math.Clamp(x + 3, 0, 6) / 6, Math.Abs(x) < 3 ? 1.0 / 6 : 0, 0);
            case ActivationFunction.Hardswish:
                return Math.Abs(x) < 3 ? (x * (x + 3) / 6, ((2 * x) + 3) / 6, 1.0 / 3) : x > 0 ? (x, 1, 0) : (0, 0, 0);
            case ActivationFunction.Sin:
                return (Math.Sin(x), Math.Cos(x), -Math.Sin(x));
            case ActivationFunction.Cos:
                return (Math.Cos(x), -Math.Sin(x), -Math.Cos(x));
            case ActivationFunction.Square:
                return (x * x, 2 * x, 2);
            case ActivationFunction.Erf:
                double bell = 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x);
                return (Erf(x), bell, -2 * x * bell);
            default:
                return (x, 1, 0);
        }
    }

    /// <summary>The integral by the rule of Simpson.</summary>
    private static double Erf(double x)
    {
        const int Steps = 4000;
        double end = Math.Clamp(x, -8, 8), step = end / Steps, sum = 0;
        for (int i = 0; i <= Steps; i++)
        {
            sum += (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-step * step * i * i);
        }

        return sum * step / 3 * 2 / Math.Sqrt(Math.PI);
    }
}
