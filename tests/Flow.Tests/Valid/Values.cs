using System;
using System.Collections.Generic;
using System.Linq;
using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Valid.Values;

/// <summary>Tuples, arrays, references, functions within functions.</summary>
[EquivariantModule]
public sealed partial class Holders : nn.Module<Tensor, Tensor>
{
    private const string Nodes = "32x0e + 16x1o";
    private const string Small = "8x0e + 4x1o";

    [return: Irreps(Nodes)]
    public override Tensor forward([Irreps(Nodes)] Tensor x) => Tuples(x) + Arrays(x) + References(x) + Functions(x);

    [Linear(Nodes, Nodes)]
    private partial Tensor Mix(Tensor x);

    [Linear(Nodes, Small)]
    private partial Tensor Shrink(Tensor x);

    [Linear(Small, Nodes)]
    private partial Tensor Grow(Tensor x);

    [return: Irreps(Nodes)]
    private Tensor Tuples([Irreps(Nodes)] Tensor x)
    {
        var (a, b) = (x, Shrink(x));
        (a, b) = (Grow(b), Shrink(a));
        (Tensor Wide, Tensor Narrow) pair = (a, b);
        pair = (pair.Wide, Shrink(pair.Wide));
        pair.Narrow = Shrink(Mix(pair.Wide));
        Tensor c = Grow(pair.Item2);
        var nested = ((a, b), c);
        ((var p, var q), _) = nested;
        (var left, var right) = Split(p);
        return Grow(q) + left + right + nested.Item1.a;
    }

    private (Tensor Left, Tensor Right) Split(Tensor x) => (x * 0.5, x * 0.5);

    [return: Irreps(Nodes)]
    private Tensor Arrays([Irreps(Nodes)] Tensor x)
    {
        var parts = x.split([32, 48], -1);
        Tensor scalars = parts[0], vectors = parts[1];
        Tensor[] pair = [scalars.relu(), vectors];
        Tensor y = torch.cat(pair, -1);
        Tensor[] chunks = y.narrow(-1, 0, 32).chunk(2, dim: -1);
        Tensor first = chunks[0].exp() + chunks[^1];
        var list = new List<Tensor> { first, first };
        list.Add(vectors);
        Tensor z = torch.cat(list, -1).AssumeIrreps(Nodes);
        var changed = new[] { x, x };
        changed[1] = Shrink(x);
        changed[0] = changed[1];
        Tensor w = Grow(changed[0]);
        foreach (Tensor part in new[] { y, z })
        {
            w = w + part;
        }

        var stacked = torch.stack(new[] { w, z }, dim: 0);
        return stacked.sum(dim: 0) + torch.cat([first, first, vectors], dim: -1) + torch.stack([y, z]).mean([0]);
    }

    [return: Irreps(Nodes)]
    private Tensor References([Irreps(Nodes)] Tensor x)
    {
        Both(x, out Tensor small, out var other);
        Tensor h = Grow(small) + other;
        Replace(ref h);
        Tensor changed = x;
        changed = Shrink(x);
        Tensor y = Grow(changed);
        Unknown(x, out changed);
        return h + y;
    }

    private void Both([Irreps(Nodes)] Tensor x, [Irreps(Small)] out Tensor small, [Irreps(Nodes)] out Tensor other)
    {
        small = Shrink(x);
        other = Mix(x);
    }

    private void Replace([Irreps(Nodes)] ref Tensor h) => h = Mix(h);

    private void Unknown(Tensor x, out Tensor y) => y = Shrink(x);

    [return: Irreps(Nodes)]
    private Tensor Functions([Irreps(Nodes)] Tensor x)
    {
        Tensor Twice(Tensor t) => t + t;

        Tensor captured = x;
        void Change() => captured = Shrink(captured);
        Change();
        Tensor y = Grow(captured);

        Func<Tensor, Tensor> activate = t => t.narrow(-1, 0, 32).relu();
        Func<Tensor, Tensor> mix = Mix;
        Tensor scalars = activate(x) + activate(mix(x));
        Tensor z = mix(x);

        [return: Irreps(Small)]
        Tensor Declared([Irreps(Nodes)] Tensor t) => Shrink(t);

        static Tensor Last(Tensor t) => t[.., ^48..];
        Tensor vectors = Last(x);
        var all = new[] { 1, 2 }.Select(i => Twice(y) * i).ToArray();
        Func<Tensor, (Tensor, Tensor)> cut = t => (t.narrow(-1, 0, 8), t.narrow(-1, 8, 12));
        var (s, v) = cut(Declared(x));
        Tensor later = Shrink(x);
        Func<Tensor> read = () => later;
        later = x;
        Tensor w = read();
        return Twice(y) + z + torch.cat([scalars, vectors], -1) + Grow(torch.cat([s.sigmoid(), v], -1)) + all[0] + w;
    }
}
