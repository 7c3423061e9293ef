using E3Gen.Flow.Tests.RandomPrograms.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Operations;

/// <summary>Operations that E3Gen generates. While a program is made something of the same irreps stands in for them: their weights are random anyway.</summary>
internal static class Generated
{
    private static readonly Irrep Scalar = new(0, 1);

    /// <summary>A declaration, and a call on these operands; null where no operation takes them.</summary>
    public static (string Member, Written<Tensor> Call)? Draw(Dice dice, string name, IReadOnlyList<Value> operands)
    {
        Irreps x = Of(operands[0]), y = Of(operands[1]);
        return dice.Below(4) switch
        {
            0 or 1 => Linear(dice, name, x),
            2 => x.Dim * y.Dim <= 60 ? Product(dice, name, x, y) : null,
            _ => Harmonics(name, x) ?? Gate(name, x),
        };
    }

    public static bool Takes(Value value) =>
        value.IsFloat && value.Tensor.dim() > 0 && value.Tensor.size(-1) is > 0 and <= 16 && (value.Nature.Kind == Kind.Invariant || value.Nature is { Kind: Kind.Features, Axis: -1 });

    private static Irreps Of(Value value) => value.Nature.Irreps ?? new Irreps([new MulIrrep((int)value.Tensor.size(-1), Scalar)]);

    private static (string, Written<Tensor>) Linear(Dice dice, string name, Irreps input)
    {
        var kinds = input.Select(e => e.Irrep).Distinct().ToList();
        var output = dice.Chance(50) ? input : new Irreps(kinds.Select(irrep => new MulIrrep(dice.Between(1, 3), irrep)));
        Tensor matrix = zeros(input.Dim, output.Dim, dtype: ScalarType.Float64);
        foreach (var (from, to, copy) in Copies(input).SelectMany(from => Copies(output).Select((to, copy) => (from, to, copy))).Where(p => p.from.Irrep == p.to.Irrep))
        {
            for (int m = 0; m < from.Irrep.Dim; m++)
            {
                matrix[from.Offset + m, to.Offset + m] = Math.Cos(1 + from.Offset + (7 * copy));
            }
        }

        return ($"[Linear(\"{input}\", \"{output}\")]\n    private partial Tensor {name}(Tensor x);", Call(name, x => x[0].Matmul(matrix), 1));
    }

    private static (string, Written<Tensor>)? Product(Dice dice, string name, Irreps x, Irreps y)
    {
        var reachable = x.SelectMany(a => y.SelectMany(b => a.Irrep * b.Irrep)).Where(i => i.L <= 2).Distinct().ToList();
        var output = new Irreps(reachable.Where(_ => dice.Chance(60)).Select(irrep => new MulIrrep(dice.Between(1, 2), irrep)));
        if (output.Dim == 0)
        {
            return null;
        }

        Tensor table = zeros(x.Dim, y.Dim, output.Dim, dtype: ScalarType.Float64);
        foreach (var a in Copies(x))
        {
            foreach (var b in Copies(y))
            {
                foreach (var c in Copies(output).Where(c => c.Irrep.IsIn(a.Irrep, b.Irrep)))
                {
                    table.narrow(0, a.Offset, a.Irrep.Dim).narrow(1, b.Offset, b.Irrep.Dim).narrow(2, c.Offset, c.Irrep.Dim)
                        .add_(O3.Wigner3j(a.Irrep.L, b.Irrep.L, c.Irrep.L, ScalarType.Float64), Math.Cos(1 + a.Offset + (3 * b.Offset) + (5 * c.Offset)));
                }
            }
        }

        Tensor flat = table.flatten(0, 1);
        return ($"[TensorProduct(\"{x}\", \"{y}\", \"{output}\")]\n    private partial Tensor {name}(Tensor x, Tensor y);",
            Call(name, v => (v[0].unsqueeze(-1) * v[1].unsqueeze(-2)).flatten(-2).Matmul(flat), 2));
    }

    private static (string, Written<Tensor>)? Harmonics(string name, Irreps x)
    {
        if (x.Dim != 3 || x.Count != 1 || x[0].Irrep.L != 1)
        {
            return null;
        }

        Irreps output = x[0].Irrep.Parity < 0 ? "0e + 1o + 2e" : "0e + 1e + 2e";
        return ($"[SphericalHarmonics(\"{output}\")]\n    private partial Tensor {name}(Tensor x);", Call(name, v => O3.SphericalHarmonics(output, v[0]), 1));
    }

    private static (string, Written<Tensor>)? Gate(string name, Irreps x)
    {
        if (x.Count != 2 || x[0].Irrep != Scalar || x[1].Irrep.L == 0 || x[0].Multiplicity <= x[1].Multiplicity)
        {
            return null;
        }

        int gates = x[1].Multiplicity, scalars = x[0].Multiplicity - gates, size = x[1].Irrep.Dim;
        return ($"[Gate(\"{scalars}x0e\", \"{x[1]}\")]\n    private partial Tensor {name}(Tensor x);", Call(name, v =>
        {
            Tensor[] parts = v[0].split([scalars, gates, gates * size], -1);
            return cat([nn.functional.silu(parts[0]), (parts[2].unflatten(parts[2].dim() - 1, gates, size) * parts[1].sigmoid().unsqueeze(-1)).flatten(-2)], -1);
        }, 1));
    }

    private static Written<Tensor> Call(string name, Func<Tensor[], Tensor> run, int operands) => new(run, names => $"{name}({string.Join(", ", names.Take(operands))})");

    private static IEnumerable<(Irrep Irrep, int Offset)> Copies(Irreps irreps)
    {
        int offset = 0;
        foreach (var (multiplicity, irrep) in irreps)
        {
            for (int i = 0; i < multiplicity; i++)
            {
                yield return (irrep, offset);
                offset += irrep.Dim;
            }
        }
    }
}
