using E3Gen.Kernels;

namespace E3Gen.Cuda;

/// <summary>
/// Prints the kernels of a gate: <c>z[u] = f(x[u])</c>, or <c>z[i,u] = f(x[u]) x'[i,u]</c>. A thread owns one scalar u of a row with the components that it gates; neighbouring threads have
/// neighbouring scalars.
/// </summary>
internal sealed class GateText
{
    private readonly GateProgram _program;
    private readonly NumberType _type;
    private readonly int _scalars;

    private GateText(GateProgram program, NumberType type)
    {
        (_program, _type) = (program, type);
        _scalars = Math.Max(1, program.Paths.Sum(p => p.Copies));
    }

    /// <summary>The kernels: z of x, and gx for its cotangent g.</summary>
    /// <param name="program">The gate.</param>
    /// <param name="type">What numbers in memory are; short ones are computed with as float32.</param>
    public static DeviceProgram Gate(GateProgram program, NumberType type) => new GateText(program, type).Program();

    private DeviceProgram Program()
    {
        var text = new SourceText();
        text.Append(Prelude.Text(_type));
        text.Append(DualText.Text);
        ActivationText.Write(text, _program.Paths.Select(p => p.Function), _type);
        WriteForward(text);
        WriteGradient(text);
        foreach (bool derivative in new[] { false, true })
        {
            string number = derivative ? "Dual" : "T", inputs = KernelText.Read(derivative ? ["x", "ax"] : ["x"]), x = $"Row<{number}>{{{(derivative ? "x, ax" : "x")}}} + n * {_program.Columns}";
            WriteKernel(text, derivative ? "gate_jvp" : "gate_forward", derivative ? "The derivative of z in the direction ax." : "z = f(u), or f(u) x.",
                $"{inputs}, S* __restrict__ z", $"gate<{number}>({x}, z + n * {_program.Results}, k);");
            WriteKernel(text, derivative ? "gate_gradient_jvp" : "gate_gradient", derivative ? "The derivative of the cotangent of x in the direction ax." : "The cotangent of x.",
                $"{inputs}, {KernelText.Read("g")}, S* __restrict__ gx", $"gate_back<{number}>({x}, Row<T>{{g}} + n * {_program.Results}, gx + n * {_program.Columns}, k);");
        }

        return new DeviceProgram("gate", _type, text.ToString(),
        [
            new("x", Role.Input, "rows", _program.Columns), new("ax", Role.Tangent, "rows", _program.Columns), new("g", Role.Arriving, "rows", _program.Results),
            new("z", Role.Result, "rows", _program.Results, IsPartial: _program.Paths.Sum(Gated) < _program.Results),
            new("gx", Role.Result, "rows", _program.Columns, IsPartial: _scalars + _program.Paths.Where(p => p.Segment >= 0).Sum(Gated) < _program.Columns),
        ])
        {
            Forward = [new("gate_forward", "rows", _scalars, "x", "z", "rows")],
            Gradient = [new("gate_gradient", "rows", _scalars, "x", "g", "gx", "rows")],
            Jvp = [new("gate_jvp", "rows", _scalars, "x", "ax", "z", "rows")],
            GradientJvp = [new("gate_gradient_jvp", "rows", _scalars, "x", "ax", "g", "gx", "rows")],
        };
    }

    /// <summary>Columns of a path's result.</summary>
    private static int Gated(GatePath path) => path.Copies * Components(path);

    private static int Components(GatePath path) => path.Segment < 0 ? 1 : (2 * path.L) + 1;

    private void WriteKernel(SourceText text, string name, string comment, string arguments, string call)
    {
        text.Line($"/// {comment}");
        using (KernelText.Kernel(text, name, $"{arguments}, long long rows"))
        {
            text.Line($"long long t = {KernelText.Thread}, n = t / {_scalars};");
            text.Line("if (n >= rows) return;");
            text.Line($"int k = (int)(t % {_scalars});");
            text.Line(call);
        }

        text.Line();
    }

    /// <summary>Component i of a path's segment, or of its result.</summary>
    /// <param name="path">The path.</param>
    /// <param name="first">First column.</param>
    /// <param name="pitch">In ir_mul, columns from a component to the next.</param>
    private string Column(GatePath path, int first, int pitch)
    {
        int components = Components(path);
        return components == 1 ? $"{first} + u"
            : _program.Layout == Layout.IrMul || path.Copies == 1 ? $"{first} + u + i * {pitch}"
            : $"{first} + u * {components} + i";
    }

    private string Segment(GatePath path) => Column(path, path.Segment, path.Pitch == 0 ? path.Copies : path.Pitch);

    private string Result(GatePath path) => Column(path, path.Result, path.Copies);

    private static string Loop(GatePath path) => $"for (int i = 0; i < {Components(path)}; i++)";

    /// <summary>The paths one after the other: k counts their scalars.</summary>
    private void WritePaths(SourceText text, Action<GatePath, string> write)
    {
        int first = 0;
        foreach (var path in _program.Paths)
        {
            double scale = _program.Scale(path);
            string gates = path.Segment < 0 ? "" : $" that gate {(2 * path.L) + 1} components";
            using (text.Braces($"{(first == 0 ? "" : "else ")}if (k < {first + path.Copies}) // {path.Copies} scalars{gates}"))
            {
                text.Line($"const int u = k{(first == 0 ? "" : $" - {first}")};");
                text.Line("N f, slope;");
                text.Line($"apply<{ActivationText.Name(path.Function)}>(x[{path.Column} + u], f, slope);");
                write(path, scale == 1 ? "" : $"{SourceText.Number(scale)} * ");
            }

            first += path.Copies;
        }
    }

    private void WriteForward(SourceText text)
    {
        text.Line("/// z = c f(u), or z[i] = c f(u) x[i], for scalar k of a row.");
        using (KernelText.Function(text, "gate", "Row<N> x, S* z, int k"))
        {
            WritePaths(text, (path, scale) =>
            {
                if (path.Segment < 0)
                {
                    text.Line($"z[{Result(path)}] = S(wanted({scale}f));");
                    return;
                }

                text.Line("#pragma unroll");
                text.Line($"{Loop(path)} z[{Result(path)}] = S(wanted({scale}f * x[{Segment(path)}]));");
            });
        }

        text.Line();
    }

    private void WriteGradient(SourceText text)
    {
        text.Line("/// gx = c f'(u) g alone; else c f(u) g[i] for x[i], and c f'(u) sum of g[i] x[i] for u.");
        using (KernelText.Function(text, "gate_back", "Row<N> x, Row<T> g, S* gx, int k"))
        {
            WritePaths(text, (path, scale) =>
            {
                if (path.Segment < 0)
                {
                    text.Line($"gx[{path.Column} + u] = S(wanted({scale}slope * g[{Result(path)}]));");
                    return;
                }

                text.Line("N sum = 0;");
                text.Line("#pragma unroll");
                using (text.Braces(Loop(path)))
                {
                    text.Line($"const T gi = g[{Result(path)}];");
                    text.Line($"sum += x[{Segment(path)}] * gi;");
                    text.Line($"gx[{Segment(path)}] = S(wanted({scale}f * gi));");
                }

                text.Line($"gx[{path.Column} + u] = S(wanted({scale}slope * sum));");
            });
        }

        text.Line();
    }
}
