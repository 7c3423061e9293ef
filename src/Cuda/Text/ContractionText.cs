using E3Gen.Kernels;

namespace E3Gen.Cuda;

/// <summary>
/// Prints the kernels of a symmetric contraction, <c>z[k,u] = Σ A[k,i1,…,iν,u] x[i1,u] … x[iν,u]</c> with the coefficients A of the row's element. A thread owns one copy u of one row and has all
/// its terms in front of it, one after the other: components, results and the products on its way through the tree are registers, and neighbouring threads read neighbouring coefficients.
/// </summary>
internal sealed partial class ContractionText
{
    /// <summary>Terms beyond which the text would take minutes to compile and not fit into a multiprocessor's cache of instructions.</summary>
    public const int MostTerms = 4000;

    /// <summary>Rows whose products one thread sums for the cotangents of coefficients.</summary>
    public const int ChunkRows = 64;

    private readonly ContractionProgram _program;
    private readonly NumberType _type;
    private readonly ContractionTree _tree;
    private readonly string[] _x, _z;
    private readonly int _copies, _xColumns, _zColumns, _aColumns;

    private ContractionText(ContractionProgram program, NumberType type)
    {
        (_program, _type, _copies) = (program, type, program.Copies);
        _tree = new ContractionTree(program.Order);
        (_x, _z) = (Columns(program.X), Columns(program.Z));
        (_xColumns, _zColumns, _aColumns) = (_x.Length * _copies, _z.Length * _copies, program.Order.Order.Length * _copies);
    }

    /// <summary>
    /// The kernels. Rows are sorted by element, in "rowOf", and cut into chunks of at most <see cref="ChunkRows"/> rows of one element: "chunkOffsets" says where in rowOf each begins, and
    /// "elementChunks" which chunks are those of an element.
    /// </summary>
    /// <param name="program">The contraction.</param>
    /// <param name="type">What numbers in memory are.</param>
    /// <exception cref="ArgumentException">There is a reason why not: <see cref="WhyNot"/>.</exception>
    public static DeviceProgram Contraction(ContractionProgram program, NumberType type) =>
        WhyNot(program) is { } reason ? throw new ArgumentException(reason, nameof(program)) : new ContractionText(program, type).Program();

    /// <summary>Why there is no text for a contraction; null where there is.</summary>
    /// <param name="program">The contraction.</param>
    public static string? WhyNot(ContractionProgram program) => program.Order.Entries.Length is var terms && terms > MostTerms
        ? $"{program.Name} has {terms} terms; kernels are printed term by term, for up to {MostTerms} of them."
        : null;

    private DeviceProgram Program()
    {
        var text = new SourceText();
        text.Append(Prelude.Text(_type));
        text.Append(DualText.Text);
        WriteForward(text);
        WriteGradient(text);
        foreach (bool derivative in new[] { false, true })
        {
            WriteForwardKernel(text, derivative);
            WriteGradientKernel(text, derivative);
        }

        int parts = WriteParts(text);
        Launch[] Coefficients(string kernel, params string[] x) => parts == 0 ? [] :
        [
            new($"contraction_{kernel}", "chunks", (long)parts * _copies, [.. x, "g", "part", "rowOf", "chunkOffsets", "chunks"]),
            new("contraction_sum", "elements", _aColumns, "part", "ga", "elementChunks", "elements"),
        ];
        return new DeviceProgram("contraction", _type, text.ToString(), Operands())
        {
            Forward = [new("contraction_forward", "rows", _copies, "x", "a", "z", "rowOf", "element", "rows")],
            Jvp = [new("contraction_jvp", "rows", _copies, "x", "a", "ax", "aa", "z", "rowOf", "element", "rows")],
            Gradient = [new("contraction_gradient", "rows", _copies, "x", "a", "g", "gx", "rowOf", "element", "rows"), .. Coefficients("coefficients", "x")],
            GradientJvp =
            [
                new("contraction_gradient_jvp", "rows", _copies, "x", "a", "ax", "aa", "g", "gx", "rowOf", "element", "rows"), .. Coefficients("coefficients_jvp", "x", "ax"),
            ],
        };
    }

    private Operand[] Operands() =>
    [
        new("x", Role.Input, "rows", _xColumns), new("a", Role.Input, "elements", _aColumns), new("ax", Role.Tangent, "rows", _xColumns), new("aa", Role.Tangent, "elements", _aColumns),
        new("g", Role.Arriving, "rows", _zColumns), new("z", Role.Result, "rows", _zColumns), new("gx", Role.Result, "rows", _xColumns), new("ga", Role.Result, "elements", _aColumns),
        new("part", Role.Scratch, "chunks", _aColumns), new("element", Role.Index, "rows", 1), new("rowOf", Role.Index, "rows", 1),
        new("chunkOffsets", Role.Index, "chunks", 1, More: 1), new("elementChunks", Role.Index, "elements", 1, More: 1),
    ];

    /// <summary>Where copy u of each component lies in a row.</summary>
    private string[] Columns(IReadOnlyList<int> degrees) =>
    [
        .. SegmentPlace.Of([.. degrees.Select(l => (_copies, l))], _program.Layout, []).SelectMany(p => Enumerable.Range(0, p.Components)
            .Select(i => $"{p.First + (i * p.ComponentStep)} + {(p.CopyStep == 1 ? "u" : $"u * {p.CopyStep}")}")),
    ];

    /// <summary>A coefficient; the row of coefficients begins at copy u.</summary>
    private string Coefficient(ContractionTerm term) => $"a[{term.Index * _copies}]";

    private void WriteComponents(SourceText text)
    {
        for (int i = 0; i < _x.Length; i++)
        {
            text.Line($"const N x{i} = x[{_x[i]}];");
        }
    }

    private void WriteForward(SourceText text)
    {
        text.Line("/// Copy u of z[k] = sum of A x .. x, product after product of components: z[k] += product (sum of A x).");
        using (KernelText.Function(text, "contract", "Row<N> x, Row<N> a, S* z, int u"))
        {
            WriteComponents(text);
            for (int k = 0; k < _z.Length; k++)
            {
                text.Line($"N z{k} = 0;");
            }

            foreach (var row in _tree.TermsOf(0).GroupBy(t => t.Row))
            {
                text.Line($"z{row.Key} += {string.Join(" + ", row.Select(t => $"{Coefficient(t)} * x{t.Last}"))};");
            }

            foreach (int i in _tree.Components)
            {
                WriteForward(text, 1 + i);
            }

            for (int k = 0; k < _z.Length; k++)
            {
                text.Line($"z[{_z[k]}] = S(wanted(z{k}));");
            }
        }

        text.Line();
    }

    private void WriteForward(SourceText text, int place)
    {
        string product = _tree.Name(place);
        using (text.Braces($"// {_tree.Factors(place)}"))
        {
            if (_tree.IsProduct(place))
            {
                text.Line($"const N {product} = {_tree.Name(_tree.Parent(place))} * x{_tree.Factor(place)};");
            }

            foreach (var row in _tree.TermsOf(place).GroupBy(t => t.Row))
            {
                text.Line($"z{row.Key} += {product} * ({string.Join(" + ", row.Select(t => $"{Coefficient(t)} * x{t.Last}"))});");
            }

            foreach (int child in _tree.Children(place))
            {
                WriteForward(text, child);
            }
        }
    }

    private void WriteGradient(SourceText text)
    {
        text.Line("/// Copy u of gx: for each product p and last factor x with s = sum of A g, gx += s p, and p has the cotangent c = sum of s x, which its factors share.");
        using (KernelText.Function(text, "contract_back", "Row<N> x, Row<N> a, Row<T> g, S* gx, int u"))
        {
            WriteComponents(text);
            for (int k = 0; k < _z.Length; k++)
            {
                text.Line($"const T g{k} = g[{_z[k]}];");
            }

            for (int i = 0; i < _x.Length; i++)
            {
                text.Line($"N gx{i} = 0;");
            }

            foreach (var last in _tree.TermsOf(0).GroupBy(t => t.Last))
            {
                text.Line($"gx{last.Key} += {Arriving(last)};");
            }

            foreach (int i in _tree.Components)
            {
                WriteGradient(text, 1 + i);
            }

            for (int i = 0; i < _x.Length; i++)
            {
                text.Line($"gx[{_x[i]}] = S(wanted(gx{i}));");
            }
        }

        text.Line();
    }

    private void WriteGradient(SourceText text, int place)
    {
        string product = _tree.Name(place), cotangent = $"c{place}";
        using (text.Braces($"// {_tree.Factors(place)}"))
        {
            string factor = $"x{(_tree.IsProduct(place) ? _tree.Factor(place) : place - 1)}", parent = _tree.IsProduct(place) ? _tree.Name(_tree.Parent(place)) : "";
            if (_tree.IsProduct(place))
            {
                text.Line($"const N {product} = {parent} * {factor};");
            }

            text.Line($"N {cotangent} = 0, s;");
            foreach (var last in _tree.TermsOf(place).GroupBy(t => t.Last))
            {
                text.Line($"s = {Arriving(last)}; gx{last.Key} += s * {product}; {cotangent} += s * x{last.Key};");
            }

            foreach (int child in _tree.Children(place))
            {
                WriteGradient(text, child);
            }

            text.Line(_tree.IsProduct(place) ? $"g{factor} += {cotangent} * {parent}; c{_tree.Parent(place)} += {cotangent} * {factor};" : $"g{factor} += {cotangent};");
        }
    }

    private string Arriving(IEnumerable<ContractionTerm> terms) => string.Join(" + ", terms.Select(t => $"{Coefficient(t)} * g{t.Row}"));

    private void WriteForwardKernel(SourceText text, bool derivative)
    {
        string inputs = KernelText.Read(derivative ? ["x", "a", "ax", "aa"] : ["x", "a"]);
        text.Line(derivative ? "/// The derivative of z in the direction (ax, aa)." : "/// z = sum of A x .. x with the coefficients of the row's element.");
        using (KernelText.Kernel(text, derivative ? "contraction_jvp" : "contraction_forward", $"{inputs}, S* __restrict__ z, {Rows}"))
        {
            WritePlace(text);
            text.Line($"contract<{(derivative ? "Dual" : "T")}>({Arguments(derivative)}, z + n * {_zColumns}, u);");
        }

        text.Line();
    }

    private void WriteGradientKernel(SourceText text, bool derivative)
    {
        string inputs = KernelText.Read(derivative ? ["x", "a", "ax", "aa", "g"] : ["x", "a", "g"]);
        text.Line(derivative ? "/// The derivative of the cotangent of x in the direction (ax, aa)." : "/// The cotangent of x.");
        using (KernelText.Kernel(text, derivative ? "contraction_gradient_jvp" : "contraction_gradient", $"{inputs}, S* __restrict__ gx, {Rows}"))
        {
            WritePlace(text);
            text.Line($"contract_back<{(derivative ? "Dual" : "T")}>({Arguments(derivative)}, Row<T>{{g + n * {_zColumns}}}, gx + n * {_xColumns}, u);");
        }

        text.Line();
    }

    private const string Rows = "const long long* __restrict__ rowOf, const long long* __restrict__ element, long long rows";

    private string Arguments(bool derivative) => derivative
        ? $"Row<Dual>{{x, ax}} + n * {_xColumns}, Row<Dual>{{a, aa}} + (element[n] * {_aColumns} + u)"
        : $"Row<T>{{x}} + n * {_xColumns}, Row<T>{{a}} + (element[n] * {_aColumns} + u)";

    /// <summary>The thread's row n and copy u. Rows are taken element by element, so that neighbours read the same coefficients.</summary>
    private void WritePlace(SourceText text)
    {
        text.Line($"long long i = {KernelText.Thread}, place = i / {_copies};");
        text.Line($"int u = (int)(i % {_copies});");
        text.Line("if (place >= rows) return;");
        text.Line("long long n = rowOf[place];");
    }
}
