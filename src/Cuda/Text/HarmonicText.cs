using E3Gen.Kernels;

namespace E3Gen.Cuda;

/// <summary>
/// Prints the kernels of spherical harmonics, a thread for each point: <c>Y_l^m = Q_l^m(y, r²) Re (z + ix)^m</c> and <c>Y_l^−m = Q_l^m(y, r²) Im (z + ix)^m</c>, where each polynomial Q_l^m
/// follows from the two degrees below, <c>Q_l^m = One y Q_(l−1)^m + Two r² Q_(l−2)^m</c>. Every degree is printed out, so that constants are part of the code.
/// </summary>
internal sealed partial class HarmonicText
{
    private readonly HarmonicProgram<double> _program;
    private readonly NumberType _type;
    private readonly ILookup<int, int> _columns;

    private HarmonicText(HarmonicProgram program, NumberType type)
    {
        (_program, _type) = (program.Program<double>(), type);
        var columns = new List<(int L, int Column)>();
        int column = 0;
        foreach (var (copies, l, _) in program.Degrees)
        {
            for (int u = 0; u < copies; u++, column += (2 * l) + 1)
            {
                columns.Add((l, column));
            }
        }

        _columns = columns.ToLookup(c => c.L, c => c.Column);
    }

    /// <summary>The kernels: z = Y(v), and gv for its cotangent g.</summary>
    /// <param name="program">The harmonics.</param>
    /// <param name="type">What numbers in memory are; short ones are computed with as float32.</param>
    public static DeviceProgram Harmonics(HarmonicProgram program, NumberType type) => new HarmonicText(program, type).Program();

    private DeviceProgram Program()
    {
        var text = new SourceText();
        text.Append(Prelude.Text(_type));
        text.Append(DualText.Text);
        WriteInverseLength(text);
        WriteForward(text);
        WriteGradient(text);
        foreach (bool derivative in new[] { false, true })
        {
            string number = derivative ? "Dual" : "T", inputs = KernelText.Read(derivative ? ["v", "av"] : ["v"]), v = derivative ? "Row<Dual>{v, av}" : "Row<T>{v}";
            WriteKernel(text, derivative ? "harmonics_jvp" : "harmonics_forward", derivative ? "The derivative of z in the direction av." : "z = Y(v).",
                $"{inputs}, S* __restrict__ z", $"harmonics<{number}>({v} + n * 3, z + n * {_program.Columns});");
            WriteKernel(text, derivative ? "harmonics_gradient_jvp" : "harmonics_gradient", derivative ? "The derivative of the cotangent of v in the direction av." : "The cotangent of v.",
                $"{inputs}, {KernelText.Read("g")}, S* __restrict__ gv", $"harmonics_back<{number}>({v} + n * 3, Row<T>{{g}} + n * {_program.Columns}, gv + n * 3);");
        }

        return new DeviceProgram("harmonics", _type, text.ToString(),
        [
            new("v", Role.Input, "rows", 3), new("av", Role.Tangent, "rows", 3), new("g", Role.Arriving, "rows", _program.Columns),
            new("z", Role.Result, "rows", _program.Columns), new("gv", Role.Result, "rows", 3),
        ])
        {
            Forward = [new("harmonics_forward", "rows", 1, "v", "z", "rows")],
            Gradient = [new("harmonics_gradient", "rows", 1, "v", "g", "gv", "rows")],
            Jvp = [new("harmonics_jvp", "rows", 1, "v", "av", "z", "rows")],
            GradientJvp = [new("harmonics_gradient_jvp", "rows", 1, "v", "av", "g", "gv", "rows")],
        };
    }

    private static void WriteKernel(SourceText text, string name, string comment, string arguments, string call)
    {
        text.Line($"/// {comment}");
        using (KernelText.Kernel(text, name, $"{arguments}, long long rows"))
        {
            text.Line($"long long n = {KernelText.Thread};");
            text.Line("if (n >= rows) return;");
            text.Line(call);
        }

        text.Line();
    }

    /// <summary>1/|v|, which is zero for vectors without a direction.</summary>
    private void WriteInverseLength(SourceText text)
    {
        if (!_program.Normalize)
        {
            return;
        }

        string shortest = SourceText.Number(ShortVectors.Shortest * ShortVectors.Shortest), root = _type == NumberType.Double ? "sqrt" : "sqrtf";
        text.Line("/// 1/|v| from |v|^2; 0 for vectors that are too short to have a direction.");
        text.Line($"__device__ __forceinline__ T inverse_length(T square) {{ return square < {shortest} ? T(0) : T(1) / {root}(square); }}");
        text.Line();
        using (text.Braces("__device__ __forceinline__ Dual inverse_length(Dual square)"))
        {
            text.Line("T inverse = inverse_length(square.value);");
            text.Line("return Dual(inverse, inverse * inverse * (inverse * (T(-0.5) * square.slope)));");
        }

        text.Line();
    }

    /// <summary>What all degrees share: r = v or v/|v|, its square and its azimuths.</summary>
    private void WriteAzimuths(SourceText text)
    {
        text.Line("N x = v[0], y = v[1], z = v[2], square = x * x + y * y + z * z;");
        if (_program.Normalize)
        {
            text.Line("const N inverse = inverse_length(square);");
            text.Line("x = inverse * x; y = inverse * y; z = inverse * z; square = x * x + y * y + z * z;");
        }

        if (_program.Degree > 0)
        {
            text.Line("const N c1 = z, s1 = x; // real and imaginary parts of (z + ix)^m");
        }

        for (int m = 2; m <= _program.Degree; m++)
        {
            text.Line($"const N c{m} = z * c{m - 1} - x * s{m - 1}, s{m} = x * c{m - 1} + z * s{m - 1};");
        }
    }

    private HarmonicProgram<double>.Link Link(int l, int m)
    {
        // By m and then l ≥ m.
        int first = Enumerable.Range(0, m).Sum(k => _program.Degree + 1 - k);
        return _program.Links[first + l - m];
    }

    private static string Q(int l, int m) => $"q{l}_{m}";

    /// <summary>The polynomial Q_l^m from the two degrees below.</summary>
    private void WritePolynomial(SourceText text, int l, int m)
    {
        var link = Link(l, m);
        text.Line(
            l == m ? $"const T {Q(l, m)} = {SourceText.Number(link.First)};"
            : l == m + 1 ? $"const N {Q(l, m)} = {SourceText.Number(link.One)} * {Q(m, m)} * y;"
            : $"const N {Q(l, m)} = {SourceText.Number(link.One)} * y * {Q(l - 1, m)} + {SourceText.Number(link.Two)} * square * {Q(l - 2, m)};");
    }

    private void WriteForward(SourceText text)
    {
        text.Line("/// Y_l^m = Q_l^m Re (z + ix)^m, Y_l^-m = Q_l^m Im (z + ix)^m, order after order.");
        using (KernelText.Function(text, "harmonics", "Row<N> v, S* to"))
        {
            WriteAzimuths(text);
            for (int m = 0; m <= _program.Degree; m++)
            {
                for (int l = m; l <= _program.Degree; l++)
                {
                    WritePolynomial(text, l, m);
                    if (m == 0)
                    {
                        // A constant has no derivative.
                        Put(text, l, 0, l == 0 ? $"N({Q(0, 0)})" : Q(l, 0));
                        continue;
                    }

                    Put(text, l, -m, $"{Q(l, m)} * s{m}");
                    Put(text, l, m, $"{Q(l, m)} * c{m}");
                }
            }
        }

        text.Line();
    }

    /// <summary>A harmonic to all copies of its degree.</summary>
    private void Put(SourceText text, int l, int m, string value)
    {
        if (_columns[l].Any())
        {
            text.Line($"{string.Join(" = ", _columns[l].Select(c => $"to[{c + l + m}]"))} = S(wanted({value}));");
        }
    }
}
