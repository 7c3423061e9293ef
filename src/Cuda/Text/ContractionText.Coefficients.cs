namespace E3Gen.Cuda;

/// <content>
/// The cotangents of coefficients, sums over the rows of an element, and their derivatives: a thread sums some terms over the rows of a chunk, another one sums the chunks of an element. Each
/// sum has one owner and one order.
/// </content>
internal sealed partial class ContractionText
{
    /// <summary>Sums that a thread keeps in registers.</summary>
    private int TermsOfThread => _type == NumberType.Double ? 16 : 40;

    /// <summary>Returns how many parts the terms are cut into.</summary>
    private int WriteParts(SourceText text)
    {
        var parts = _tree.Terms.Chunk(TermsOfThread).ToArray();
        if (parts.Length == 0)
        {
            return 0;
        }

        for (int p = 0; p < parts.Length; p++)
        {
            WritePart(text, $"coefficients{p}", parts[p]);
        }

        WriteCoefficients(text, parts.Length, derivative: false);
        WriteCoefficients(text, parts.Length, derivative: true);
        text.Line("/// ga = the sums of the chunks of an element, in their order; nothing where it has none.");
        using (KernelText.Kernel(text, "contraction_sum", "const T* __restrict__ part, S* __restrict__ ga, const long long* __restrict__ elementChunks, long long elements"))
        {
            text.Line($"long long i = {KernelText.Thread}, e = i / {_aColumns}, c = i % {_aColumns};");
            text.Line("if (e >= elements) return;");
            text.Line("T sum = 0;");
            text.Line($"for (long long t = elementChunks[e], end = elementChunks[e + 1]; t < end; t++) sum += part[t * {_aColumns} + c];");
            text.Line("ga[i] = S(sum);");
        }

        return parts.Length;
    }

    private void WritePart(SourceText text, string name, ContractionTerm[] terms)
    {
        text.Line($"/// Sums of g[k] x .. x over the rows of a chunk, of {terms.Length} terms: from {Describe(terms[0])} to {Describe(terms[^1])}.");
        using (KernelText.Function(text, name, "Row<N> xs, Row<T> gs, int u, const long long* rows, const long long* end, T* part"))
        {
            for (int t = 0; t < terms.Length; t++)
            {
                text.Line($"T s{t} = 0;");
            }

            using (text.Braces("for (; rows < end; rows++)"))
            {
                text.Line($"Row<N> x = xs + *rows * {_xColumns};");
                text.Line($"Row<T> g = gs + *rows * {_zColumns};");
                WriteProducts(text, terms);
            }

            for (int t = 0; t < terms.Length; t++)
            {
                text.Line($"part[{terms[t].Index * _copies}] = s{t};");
            }
        }

        text.Line();
    }

    private void WriteProducts(SourceText text, ContractionTerm[] terms)
    {
        // Parents have lower places than what continues them.
        var products = new SortedSet<int>();
        foreach (int place in terms.Select(t => t.Place).Where(_tree.IsProduct))
        {
            for (int p = place; _tree.IsProduct(p) && products.Add(p);)
            {
                p = _tree.Parent(p);
            }
        }

        int[] factors = [.. products.Select(_tree.Factor), .. products.Select(_tree.Parent).Concat(terms.Select(t => t.Place)).Where(p => p > 0 && !_tree.IsProduct(p)).Select(p => p - 1)];
        foreach (int i in factors.Concat(terms.Select(t => t.Last)).Distinct().Order())
        {
            text.Line($"const N x{i} = x[{_x[i]}];");
        }

        foreach (int k in terms.Select(t => t.Row).Distinct().Order())
        {
            text.Line($"const T g{k} = g[{_z[k]}];");
        }

        foreach (int place in products)
        {
            text.Line($"const N p{place} = {_tree.Name(_tree.Parent(place))} * x{_tree.Factor(place)};");
        }

        int sum = 0;
        text.Line("T v;");
        foreach (var product in terms.GroupBy(t => (t.Place, t.Last)))
        {
            string value = product.Key.Place == 0 ? $"x{product.Key.Last}" : $"{_tree.Name(product.Key.Place)} * x{product.Key.Last}";
            text.Line($"v = wanted({value}); {string.Join(" ", product.Select(t => $"s{sum++} += v * g{t.Row};"))}");
        }
    }

    private string Describe(ContractionTerm term) => $"z{term.Row} {(term.Place == 0 ? "" : _tree.Factors(term.Place) + " ")}x{term.Last}";

    private void WriteCoefficients(SourceText text, int parts, bool derivative)
    {
        string inputs = KernelText.Read(derivative ? ["x", "ax", "g"] : ["x", "g"]);
        text.Line($"/// The {(derivative ? "derivatives of the " : "")}cotangents of coefficients, chunk by chunk: threads with the same terms lie together.");
        using (KernelText.Kernel(
            text, derivative ? "contraction_coefficients_jvp" : "contraction_coefficients",
            $"{inputs}, T* __restrict__ part, const long long* __restrict__ rowOf, const long long* __restrict__ chunkOffsets, long long chunks"))
        {
            text.Line($"long long i = {KernelText.Thread}, lanes = chunks * {_copies};");
            text.Line($"if (i >= lanes * {parts}) return;");
            text.Line($"int terms = (int)(i / lanes), u = (int)(i % {_copies});");
            text.Line($"long long chunk = i % lanes / {_copies};");
            text.Line($"const long long *begin = rowOf + chunkOffsets[chunk], *end = rowOf + chunkOffsets[chunk + 1];");
            text.Line($"part += chunk * {_aColumns} + u;");
            string type = derivative ? "Dual" : "T", x = derivative ? "x, ax" : "x";
            using (text.Braces("switch (terms)"))
            {
                for (int p = 0; p < parts; p++)
                {
                    text.Line($"case {p}: coefficients{p}<{type}>(Row<{type}>{{{x}}}, Row<T>{{g}}, u, begin, end, part); break;");
                }
            }
        }

        text.Line();
    }
}
