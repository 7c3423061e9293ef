namespace E3Gen.Cuda;

/// <content>
/// The cotangent of v. Derivatives of the polynomials are multiples of others: <c>∂Q_l^m/∂y = Along Q_(l−1)^m</c>, <c>∂Q_l^m/∂x = Across x Q_(l−1)^(m+1)</c>, and so for z. What the
/// cotangent of Q_l^m gives to x and z waits, as w, for the next order, m + 1, which has the polynomial that it multiplies.
/// </content>
internal sealed partial class HarmonicText
{
    private void WriteGradient(SourceText text)
    {
        text.Line("/// The cotangent of v. With the cotangent t of Q_l^m: along y the sum of Along t Q_(l-1)^m; along x and z that of w Q_(l-1)^(m+1) times x and z,");
        text.Line("/// w = Across t, and those that come from (z + ix)^m.");
        using (KernelText.Function(text, "harmonics_back", "Row<N> v, Row<T> g, S* to"))
        {
            WriteAzimuths(text);
            text.Line("N gx = 0, gy = 0, gz = 0, sum = 0;");
            for (int m = 0; m <= _program.Degree; m++)
            {
                text.Line($"// m = {m}");
                WriteOrder(text, m);
            }

            text.Line("gx += x * sum;");
            text.Line("gz += z * sum;");
            if (_program.Normalize)
            {
                text.Line("// What is along v does not change its direction.");
                text.Line("const N along = x * gx + y * gy + z * gz;");
                text.Line("gx = inverse * (gx - x * along); gy = inverse * (gy - y * along); gz = inverse * (gz - z * along);");
            }

            text.Line("to[0] = S(wanted(gx)); to[1] = S(wanted(gy)); to[2] = S(wanted(gz));");
        }

        text.Line();
    }

    private void WriteOrder(SourceText text, int m)
    {
        List<string> cosines = [], sines = [];
        for (int l = m; l <= _program.Degree; l++)
        {
            WritePolynomial(text, l, m);
            if (_columns[l].Any() && l > 0)
            {
                text.Line($"const T g{Name(l, m)} = {Cotangent(l, m)};");
                if (m > 0)
                {
                    text.Line($"const T h{Name(l, m)} = {Cotangent(l, -m)};");
                    cosines.Add($"g{Name(l, m)} * {Q(l, m)}");
                    sines.Add($"h{Name(l, m)} * {Q(l, m)}");
                }

                if (l > m)
                {
                    var link = Link(l, m);
                    string type = m == 0 ? "T" : "N", arriving = $"{(m == 0 ? "g" : "t")}{Name(l, m)}";
                    if (m > 0)
                    {
                        text.Line($"const N {arriving} = g{Name(l, m)} * c{m} + h{Name(l, m)} * s{m};");
                    }

                    text.Line($"gy += {SourceText.Number(link.Along)} * {arriving} * {Q(l - 1, m)};");
                    if (l > m + 1)
                    {
                        text.Line($"const {type} w{Name(l, m)} = {SourceText.Number(link.Across)} * {arriving};");
                    }
                }
            }

            // ∂Q_(l+1)^(m−1)/∂x
            if (m > 0 && l < _program.Degree && _columns[l + 1].Any())
            {
                text.Line($"sum += w{Name(l + 1, m - 1)} * {Q(l, m)};");
            }
        }

        if (cosines.Count > 0)
        {
            text.Line($"const N gc{m} = {string.Join(" + ", cosines)}, gs{m} = {string.Join(" + ", sines)};");
            string times = SourceText.Number(m);
            text.Line(m == 1 ? "gx += gs1; gz += gc1;" : $"gx += {times} * (c{m - 1} * gs{m} - s{m - 1} * gc{m}); gz += {times} * (c{m - 1} * gc{m} + s{m - 1} * gs{m});");
        }
    }

    private static string Name(int l, int m) => $"{l}_{m}";

    /// <summary>The cotangent of a harmonic: those of its copies add up.</summary>
    private string Cotangent(int l, int m) => string.Join(" + ", _columns[l].Select(c => $"g[{c + l + m}]"));
}
