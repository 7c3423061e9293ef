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
        double c = Moments.Scale(path.Function, _program.Constants);
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

    /// <summary>A function with its first two derivatives, by formulas of hyperbolic functions.</summary>
    private static (double Value, double First, double Second) Function(ActivationFunction function, double x)
    {
        double t = Math.Tanh(x / 2), sigmoid = x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)), slope = 1 / (4 * Math.Pow(Math.Cosh(x / 2), 2)), curvature = -t * slope;
        double whole = Math.Pow(Math.Cosh(x), -2);
        return function switch
        {
            ActivationFunction.Silu => (x * sigmoid, sigmoid + (x * slope), (2 * slope) + (x * curvature)),
            ActivationFunction.Sigmoid => (sigmoid, slope, curvature),
            ActivationFunction.Tanh => (Math.Tanh(x), whole, -2 * Math.Tanh(x) * whole),
            ActivationFunction.Relu => (Math.Max(x, 0), x > 0 ? 1 : 0, 0),
            ActivationFunction.Abs => (Math.Abs(x), Math.Sign(x), 0),
            _ => (x, 1, 0),
        };
    }
}
