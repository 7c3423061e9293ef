using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Emission;

/// <summary>Prints the four loops of a coupling: its matrix, the product, and the cotangents of both factors.</summary>
internal sealed class LoopsEmitter(CouplingMatrix matrix, SurdConstants surds)
{
    /// <summary>
    /// Sums that a loop keeps: as many as leave room for its factors among 32 registers (AVX-512, Arm64). Among 16, where the rest spills, shorter loops that read the factors again gain 4 %.
    /// </summary>
    private const int MostSums = 25;

    private readonly SortedSet<string> _fields = new(StringComparer.Ordinal);

    private const string Optimize = "[MethodImpl(MethodImplOptions.AggressiveOptimization)]";

    public void Emit(SourceWriter writer)
    {
        // First the loops: they name the constants.
        var loops = new SourceWriter();
        using (loops.Indent())
        using (loops.Indent())
        using (loops.Indent())
        {
            Matrix(loops);
            loops.Line();
            Forward(loops);
            loops.Line();
            Gradient(loops);
            loops.Line();
            GradientY(loops);
        }

        writer.Line("/// <summary>The loops, unrolled over components.</summary>");
        writer.Line("private sealed class Loops<T, TPack> : CouplingKernel<T>");
        writer.Line("    where T : unmanaged, INumber<T>");
        writer.Line("    where TPack : struct, IPack<TPack, T>");
        using (writer.Braces())
        {
            foreach (string constant in _fields)
            {
                writer.Line($"private readonly T {Field(constant)} = T.CreateTruncating({constant});");
            }

            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line($"public override int Entries => {matrix.Entries.Count};");
            writer.Line();
            writer.Text(loops.ToString());
        }
    }

    /// <summary>M = scale · C·y.</summary>
    private void Matrix(SourceWriter writer)
    {
        writer.Line("/// <summary>");
        foreach (string row in Picture())
        {
            writer.Line($"/// {row}");
        }

        writer.Line("/// </summary>");
        writer.Line(Optimize);
        using (writer.Braces("public override void Matrix(ref T y, ref T m, T scale)"))
        {
            var used = matrix.Entries.SelectMany(e => e.Select(t => t.J)).Distinct().OrderBy(j => j);
            foreach (int j in used)
            {
                writer.Line($"Vector<T> y{j} = scale * At(ref y, {j});");
            }

            for (int e = 0; e < matrix.Entries.Count; e++)
            {
                writer.Line($"Put(ref m, {e}, {Sum(matrix.Entries[e].Select(t => (t.Value, $"y{t.J}")))});");
            }
        }
    }

    /// <summary>z[k] += Σ_i M[k,i] x[i].</summary>
    private void Forward(SourceWriter writer)
    {
        writer.Line("/// <summary>z[k,u] += Σ_i M[k,i] w[u] x[i,u].</summary>");
        writer.Line(Optimize);
        using (writer.Braces("public override void Forward(ref T x, ref T m, ref T w, ref T z, nint stride, nint from, nint to)"))
        using (writer.Braces("for (nint u = from; u < to; u += TPack.Count)"))
        {
            writer.Line("TPack weight = TPack.Load(ref w, u);");
            foreach (int i in matrix.Places.Select(p => p.I).Distinct().OrderBy(i => i))
            {
                writer.Line($"TPack x{i} = weight * {Load("x", i)};");
            }

            foreach (var row in matrix.Places.GroupBy(p => p.K))
            {
                writer.Line();
                writer.Line(Load("z", row.Key));
                Chain(writer, row.Select(p => (p.Entry, $"x{p.I}")));
                writer.Line($"    .Store(ref z, {Index(row.Key)});");
            }
        }
    }

    /// <summary>t[i] = Σ_k M[k,i] g[k]; gx[i] += w t[i]; gw = Σ_i x[i] t[i].</summary>
    private void Gradient(SourceWriter writer)
    {
        writer.Line("/// <summary>With t[i,u] = Σ_k M[k,i] g[k,u]: gx[i,u] += w[u] t[i,u] and gw[u] = Σ_i x[i,u] t[i,u].</summary>");
        writer.Line(Optimize);
        using (writer.Braces("public override void Gradient(ref T x, ref T m, ref T w, ref T g, ref T gx, ref T gw, nint stride, nint from, nint to)"))
        using (writer.Braces("for (nint u = from; u < to; u += TPack.Count)"))
        {
            foreach (int k in matrix.Places.Select(p => p.K).Distinct().OrderBy(k => k))
            {
                writer.Line($"TPack g{k} = {Load("g", k)};");
            }

            writer.Line("TPack weight = TPack.Load(ref w, u), sum = default, t;");
            foreach (var column in matrix.Places.OrderBy(p => p.I).GroupBy(p => p.I))
            {
                var (_, _, entry) = column.First();
                writer.Line();
                writer.Line($"t = (TPack.Coefficient(ref m, {entry}) * g{column.First().K})");
                Chain(writer, column.Skip(1).Select(p => (p.Entry, $"g{p.K}")), ";");
                writer.Line($"sum = sum.Add({Load("x", column.Key)}, t);");
                writer.Line($"{Load("gx", column.Key)}.Add(weight, t).Store(ref gx, {Index(column.Key)});");
            }

            writer.Line();
            writer.Line("sum.Store(ref gw, u);");
        }
    }

    /// <summary>A[k,i] = Σ_u g[k] w x[i]; gy[j] += Σ C[i,j,k] A[k,i].</summary>
    private void GradientY(SourceWriter writer)
    {
        writer.Line("/// <summary>With A[k,i] = Σ_u g[k,u] w[u] x[i,u]: gy[j] += scale · Σ_ik C[i,j,k] A[k,i]; lanes are summed by the caller.</summary>");
        writer.Line(Optimize);
        using (writer.Braces("public override void GradientY(ref T x, ref T w, ref T g, ref T gy, T scale, nint stride, nint from, nint to)"))
        {
            for (int first = 0; first < matrix.Places.Count; first += MostSums)
            {
                if (first > 0)
                {
                    writer.Line();
                }

                OuterBlock(writer, [.. matrix.Places.Skip(first).Take(MostSums)]);
            }
        }
    }

    /// <summary>Some of A's entries: as many sums as registers hold.</summary>
    private void OuterBlock(SourceWriter writer, IReadOnlyList<(int K, int I, int Entry)> places)
    {
        foreach (var row in places.GroupBy(p => p.K))
        {
            writer.Line($"TPack {string.Join(", ", row.Select(p => $"a{p.K}_{p.I} = default"))};");
        }

        using (writer.Braces("for (nint u = from; u < to; u += TPack.Count)"))
        {
            writer.Line("TPack weight = TPack.Load(ref w, u);");
            foreach (int i in places.Select(p => p.I).Distinct().OrderBy(i => i))
            {
                writer.Line($"TPack x{i} = weight * {Load("x", i)};");
            }

            foreach (var row in places.GroupBy(p => p.K))
            {
                writer.Line();
                writer.Line($"TPack g{row.Key} = {Load("g", row.Key)};");
                foreach (var (k, i, _) in row)
                {
                    writer.Line($"a{k}_{i} = a{k}_{i}.Add(x{i}, g{k});");
                }
            }
        }

        writer.Line();
        var terms = places.SelectMany(p => matrix.Entries[p.Entry].Select(t => (t.J, t.Value, Sum: $"a{p.K}_{p.I}")));
        foreach (var column in terms.GroupBy(t => t.J).OrderBy(c => c.Key))
        {
            writer.Line($"Accumulate(ref gy, {column.Key}, scale * {Weighted([.. column.Select(t => (t.Value, t.Sum))])}.Fold());");
        }
    }

    /// <summary>".Add(M[k,i], x[i])", a line each.</summary>
    private static void Chain(SourceWriter writer, IEnumerable<(int Entry, string Factor)> terms, string end = "")
    {
        var list = terms.ToList();
        for (int t = 0; t < list.Count; t++)
        {
            writer.Line($"    .Add(TPack.Coefficient(ref m, {list[t].Entry}), {list[t].Factor}){(t == list.Count - 1 ? end : "")}");
        }

        if (list.Count == 0 && end.Length > 0)
        {
            writer.Line($"    {end}");
        }
    }

    /// <summary>"(_sqrt1_2 * a0_0).Add(-_sqrt1_6, a1_1)".</summary>
    private string Weighted(IReadOnlyList<(Surd Value, string Pack)> terms) =>
        (terms[0].Value == Surd.One ? terms[0].Pack : $"({Number(terms[0].Value)} * {terms[0].Pack})") + string.Concat(terms.Skip(1).Select(t => $".Add({Number(t.Value)}, {t.Pack})"));

    /// <summary>"-_sqrt1_6".</summary>
    private string Number(Surd value)
    {
        string constant = surds.Constant(value.Abs());
        _fields.Add(constant);
        return value.Sign < 0 ? $"-{Field(constant)}" : Field(constant);
    }

    /// <summary>"_sqrt1_2 * y0 - _sqrt1_6 * y1".</summary>
    private string Sum(IEnumerable<(Surd Value, string Factor)> terms)
    {
        var text = new System.Text.StringBuilder();
        foreach (var (value, factor) in terms)
        {
            string sign = value.Sign < 0 ? (text.Length == 0 ? "-" : " - ") : (text.Length == 0 ? "" : " + ");
            text.Append(sign).Append(Factor(value.Abs(), factor));
        }

        return text.ToString();
    }

    private string Factor(Surd value, string factor)
    {
        if (value == Surd.One)
        {
            return factor;
        }

        return $"{Number(value)} * {factor}";
    }

    private static string Field(string constant) => $"_{char.ToLowerInvariant(constant[0])}{constant.Substring(1)}";

    private static string Load(string array, int component) => $"TPack.Load(ref {array}, {Index(component)})";

    private static string Index(int component) => component switch
    {
        0 => "u",
        1 => "stride + u",
        _ => $"({component} * stride) + u",
    };

    /// <summary>M's rows, with the numbers of its entries.</summary>
    private IEnumerable<string> Picture()
    {
        yield return "M = scale · C·y:";
        yield return "<code>";
        for (int k = 0; k < matrix.Outputs; k++)
        {
            var cells = Enumerable.Range(0, matrix.Inputs).Select(i =>
            {
                int entry = matrix.Places.Where(p => p.K == k && p.I == i).Select(p => p.Entry).DefaultIfEmpty(-1).First();
                return (entry < 0 ? "·" : $"m{entry}").PadRight(4);
            });
            yield return $"[ {string.Concat(cells)}]";
        }

        yield return "</code>";
    }
}
