using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>How much a function violates equivariance, and where.</summary>
public sealed class EquivarianceReport
{
    private readonly Dictionary<string, double> _byKind = [];
    private readonly double[] _byBlock;
    private readonly ScalarType _type;
    private string _worstTransformation = "";
    private int _worstBlock;

    internal EquivarianceReport(Irreps output, ScalarType type)
    {
        Output = output;
        _type = type;
        _byBlock = new double[output.Count];
    }

    /// <summary>
    /// The largest |f(D·x) − D·f(x)| over all transformations and entries, relative to the largest entry of f (or to 10⁻³ if all are
    /// smaller, since a result that vanishes by symmetry has only rounding errors). Infinite if a result is not finite.
    /// </summary>
    public double Error { get; private set; }

    /// <summary>Irreps of the result.</summary>
    public Irreps Output { get; }

    /// <summary>Error allowed where none is given: 10⁻⁹ in float64, 10⁻⁴ in float32, 10⁻² in shorter types.</summary>
    public double DefaultTolerance => _type switch { ScalarType.Float64 => 1e-9, ScalarType.Float32 => 1e-4, _ => 1e-2 };

    /// <summary>Throws if the error is larger than allowed.</summary>
    /// <param name="tolerance">Allowed error; <see cref="DefaultTolerance"/> where null.</param>
    /// <exception cref="EquivarianceException">It is; the message says for which transformation and which output irrep.</exception>
    public void Assert(double? tolerance = null)
    {
        double allowed = tolerance ?? DefaultTolerance;
        if (!(Error <= allowed)) throw new EquivarianceException($"The function is not equivariant: {Describe(allowed)}");
    }

    /// <summary>The error, the worst transformation and output irrep, and the largest errors of each.</summary>
    public override string ToString() => Describe(DefaultTolerance);

    internal void Add(Transformation transformation, int block, double error)
    {
        if (double.IsNaN(error)) error = double.PositiveInfinity;
        _byKind[transformation.Kind] = Math.Max(_byKind.GetValueOrDefault(transformation.Kind), error);
        _byBlock[block] = Math.Max(_byBlock[block], error);
        if (error <= Error && _worstTransformation.Length > 0) return;
        (Error, _worstTransformation, _worstBlock) = (error, transformation.Description, block);
    }

    private string Describe(double allowed)
    {
        if (_worstTransformation.Length == 0) return "error 0 (the result is empty).";
        IrrepsSlice columns = Output.Slices[_worstBlock];
        var culture = CultureInfo.InvariantCulture;
        var text = new StringBuilder();
        text.Append(culture, $"error {Error:G3}, allowed {allowed:G3} (of the largest entry of the result).");
        text.Append(culture, $"\n  worst: {_worstTransformation}, ");
        text.Append(culture, $"output {Output[_worstBlock]} (columns {columns.Offset} to {columns.End - 1})");
        text.Append("\n  by transformation: ").AppendJoin(", ", _byKind.Select(k => string.Create(culture, $"{k.Key} {k.Value:G3}")));
        text.Append("\n  by output irrep: ");
        text.AppendJoin(", ", Output.Select((entry, i) => string.Create(culture, $"{entry} {_byBlock[i]:G3}")));
        if (_byKind["no transformation"] > allowed)
            text.Append("\n  The same arguments give different results, or results not finite: is it random, with other numbers than those of torch on the CPU, which are the same in every call?");
        return text.ToString();
    }
}
