using System.Globalization;
using System.Text;
using E3Gen.Benchmarks.Kernels.Operations;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Peers;

/// <summary>
/// A tensor product as TorchScript, by the algorithm of e3nn's code generator, so that there is a peer on machines without e3nn: path after path, einsums over the
/// segments in mul_ir order, products of zero-degree factors without Wigner symbol, the outer product of two segments made once where several paths need it, and the
/// contraction order of the cheaper program where several are possible. Written from the description of the algorithm; the tests of equality and of time against e3nn's own
/// modules are this program's.
/// </summary>
internal sealed class ProductScript
{
    private readonly Product product;
    private readonly StringBuilder text = new();
    private readonly Dictionary<string, Tensor> constants = [];
    private readonly HashSet<(int, int)> outerProducts = [];

    private ProductScript(Product product) => this.product = product;

    /// <summary>A function of [rows, in1], [rows, in2] and, for weighted products, weights.</summary>
    public static Func<Tensor[], Tensor> Compile(Product product)
    {
        var script = new ProductScript(product);
        string source = script.Write();
        Tensor[] constants = [.. script.constants.Values];
        var unit = TorchScript.Compile(source);
        return inputs => unit.Invoke([.. inputs, .. constants]);
    }

    private string Write()
    {
        Segments("x", product.Input1);
        Segments("y", product.Input2);
        var terms = new List<string>?[product.Output.Count];
        int weight = 0;
        for (int p = 0; p < product.Paths.Count; p++)
        {
            ProductPath path = product.Paths[p];
            int count = product.WeightsOf(path);
            if (count > 0)
            {
                int[] shape = path.Mode == ConnectionMode.UVW
                    ? [Copies1(path), Copies2(path), product.Output[path.Output].Multiplicity]
                    : [Copies1(path), Copies2(path)];
                string rows = product.SharedWeights ? "" : "n, ";
                string slice = product.SharedWeights ? $"w[{weight}:{weight + count}]" : $"w[:, {weight}:{weight + count}]";
                Line($"w{p} = {slice}.reshape([{rows}{string.Join(", ", shape)}])");
                weight += count;
            }
            Line($"r{p} = {Path(p, path)}.reshape([n, {product.Output[path.Output].Dim}])");
            (terms[path.Output] ??= []).Add($"r{p}");
        }
        IEnumerable<string> sums = terms.Select((t, k) => t is null ? $"x.new_zeros([n, {product.Output[k].Dim}])" : string.Join(" + ", t));
        Line($"return torch.cat([{string.Join(", ", sums)}], 1)");
        string[] parameters = ["x", "y", .. product.Weighted ? new[] { "w" } : [], .. constants.Keys];
        return $"def forward({string.Join(", ", parameters)}):\n    n = x.shape[0]\n{text}";
    }

    private void Segments(string name, Irreps irreps)
    {
        for (int s = 0; s < irreps.Count; s++)
            Line($"{name}{s} = {name}[:, {irreps.Slices[s].Offset}:{irreps.Slices[s].End}].reshape([n, {irreps[s].Multiplicity}, {irreps[s].Irrep.Dim}])");
    }

    private string Path(int p, ProductPath path)
    {
        (int l1, int l2, int l3) = Degrees(path);
        string x = $"x{path.Input1}", y = $"y{path.Input2}", w = $"w{p}", c = Number(path.Scale / Math.Sqrt(2 * Math.Max(l1, Math.Max(l2, l3)) + 1));
        string scaled = c == "1.0" ? y : $"({y} * {c})";
        return (path.Mode, product.Weighted) switch
        {
            (ConnectionMode.UVU, true) when l1 == 0 && l2 == 0 => $"torch.einsum('zuv,zv->zu', [torch.einsum('zu,zuv->zuv', [{Scalars(x, path, 1)}, {w}]), {Scalars(scaled, path, 2)}])",
            (ConnectionMode.UVU, true) when l1 == 0 => $"torch.einsum('zuv,zvj->zuj', [torch.einsum('zu,zuv->zuv', [{Scalars(x, path, 1)}, {w}]), {scaled}])",
            (ConnectionMode.UVU, true) when l2 == 0 => $"torch.einsum('zu,zui->zui', [torch.einsum('zv,zuv->zu', [{Scalars(scaled, path, 2)}, {w}]), {x}])",
            (ConnectionMode.UVU, true) when l3 == 0 => $"torch.einsum('zuv,zuv->zu', [torch.einsum('zvi,zui->zuv', [{scaled}, {x}]), {w}])",
            (ConnectionMode.UVU, true) when Shared(path) => $"torch.einsum('zuvk,zuv->zuk', [torch.tensordot({Outer(path)}, {Wigner(path)}, [3, 4], [0, 1]), {w}])",
            (ConnectionMode.UVU, true) => $"torch.einsum('zvik,zuiv->zuk', [torch.tensordot({y}, {Wigner(path)}, [2], [1]), torch.einsum('zui,zuv->zuiv', [{x}, {w}])])",
            (ConnectionMode.UVW, true) when l1 == 0 && l2 == 0 => $"torch.tensordot(torch.einsum('zv,zu->zvu', [{Scalars(scaled, path, 2)}, {Scalars(x, path, 1)}]), {w}, [2, 1], [0, 1])",
            (ConnectionMode.UVW, true) when l1 == 0 => $"torch.einsum('zvw,zvj->zwj', [torch.tensordot({Scalars(x, path, 1)}, {w}, [1], [0]), {scaled}])",
            (ConnectionMode.UVW, true) when l2 == 0 => $"torch.tensordot(torch.einsum('zv,zui->zvui', [{Scalars(scaled, path, 2)}, {x}]), {w}, [2, 1], [0, 1]).permute([0, 2, 1])",
            (ConnectionMode.UVW, true) when l3 == 0 => $"torch.tensordot(torch.einsum('zvi,zui->zvu', [{scaled}, {x}]), {w}, [2, 1], [0, 1])",
            (ConnectionMode.UVW, true) when l3 < l1 => $"torch.tensordot(torch.einsum('zvik,zui->zvku', [{Half(path)}, {x}]), {w}, [3, 1], [0, 1]).permute([0, 2, 1])",
            (ConnectionMode.UVW, true) => $"torch.einsum('zvik,zivw->zwk', [{Half(path)}, torch.tensordot({x}, {w}, [1], [0])])",
            (ConnectionMode.UVUV, false) when Shared(path) => $"torch.tensordot({Outer(path)}, {Wigner(path)}, [3, 4], [0, 1])",
            (ConnectionMode.UVUV, false) => $"torch.einsum('zvik,zui->zuvk', [{Half(path)}, {x}])",
            _ => throw new NotSupportedException($"There is no TorchScript for mode {path.Mode} here."),
        };
    }

    /// <summary>y contracted with the Wigner symbol: [row, v, i, k].</summary>
    private string Half(ProductPath path) => $"torch.tensordot(y{path.Input2}, {Wigner(path)}, [2], [1])";

    /// <summary>[row, u, v, i, j].</summary>
    private string Outer(ProductPath path)
    {
        string name = $"xy_{path.Input1}_{path.Input2}";
        if (outerProducts.Add((path.Input1, path.Input2)))
            Line($"{name} = torch.einsum('zvj,zui->zuvij', [y{path.Input2}, x{path.Input1}])");
        return name;
    }

    /// <summary>Whether several paths need the outer product of these segments: all but those with a scalar, which have code of their own in the weighted modes.</summary>
    private bool Shared(ProductPath path) => product.Paths.Count(p =>
        p.Input1 == path.Input1 && p.Input2 == path.Input2 && (p.Mode == ConnectionMode.UVUV || Degrees(p) is var (l1, l2, l3) && l1 != 0 && l2 != 0 && l3 != 0)) > 1;

    private string Wigner(ProductPath path)
    {
        (int l1, int l2, int l3) = Degrees(path);
        string name = $"wigner_{l1}_{l2}_{l3}";
        if (!constants.ContainsKey(name))
            constants[name] = O3.Wigner3j(l1, l2, l3, ScalarType.Float32).DetachFromDisposeScope();
        return path.Scale == 1 ? name : $"({name} * {Number(path.Scale)})";
    }

    private string Scalars(string segment, ProductPath path, int input) => $"{segment}.reshape([n, {(input == 1 ? Copies1(path) : Copies2(path))}])";

    private (int, int, int) Degrees(ProductPath path) =>
        (product.Input1[path.Input1].Irrep.L, product.Input2[path.Input2].Irrep.L, product.Output[path.Output].Irrep.L);

    private int Copies1(ProductPath path) => product.Input1[path.Input1].Multiplicity;

    private int Copies2(ProductPath path) => product.Input2[path.Input2].Multiplicity;

    private void Line(string line) => text.Append("    ").Append(line).Append('\n');

    // To 15 digits, so that √3/√3 is 1.
    private static string Number(double value)
    {
        string digits = value.ToString("G15", CultureInfo.InvariantCulture);
        return digits.AsSpan().ContainsAny('.', 'E') ? digits : digits + ".0";
    }
}
