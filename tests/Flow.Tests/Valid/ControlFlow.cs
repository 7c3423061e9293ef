using System;
using System.Collections.Generic;
using System.Linq;
using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Valid.ControlFlow;

/// <summary>Every way to walk through a method.</summary>
[EquivariantModule]
public sealed partial class Walks : nn.Module<Tensor, Tensor>
{
    private const string Nodes = "32x0e + 16x1o";
    private readonly double? _rate = null;
    private bool _residual;

    [return: Irreps(Nodes)]
    public override Tensor forward([Irreps(Nodes)] Tensor x)
    {
        Tensor h = While(x, 3);
        h = DoWhile(h);
        h = Switch(h, 2);
        h = TryCatch(h);
        h = Using(h);
        return h;
    }

    [Linear(Nodes, Nodes)]
    private partial Tensor Mix(Tensor x);

    [Linear(Nodes, "8x0e + 4x1o")]
    private partial Tensor Shrink(Tensor x);

    [Linear("8x0e + 4x1o", Nodes)]
    private partial Tensor Grow(Tensor x);

    [return: Irreps(Nodes)]
    private Tensor While([Irreps(Nodes)] Tensor x, int steps)
    {
        Tensor h = x, small = Shrink(x);
        while (steps-- > 0)
        {
            if (steps == 7)
            {
                continue;
            }

            // Two variables that swap types within the loop, and are right again at its end.
            (h, small) = (small, h);
            (small, h) = (Shrink(small), Grow(h));
            if (steps > 100)
            {
                break;
            }
        }

        return h + Grow(small);
    }

    [return: Irreps(Nodes)]
    private Tensor DoWhile([Irreps(Nodes)] Tensor x)
    {
        Tensor h;
        int i = 0;
        do
        {
            h = Shrink(x);
            h = Grow(h);
        }
        while (++i < 3);
        return h;
    }

    [return: Irreps(Nodes)]
    private Tensor Switch([Irreps(Nodes)] Tensor x, int kind)
    {
        Tensor h = kind switch
        {
            0 => x,
            1 or 2 => Mix(x),
            > 10 => Grow(Shrink(x)),
            _ => throw new InvalidOperationException(),
        };
        switch (kind)
        {
            case 0:
            case 1:
                h = Mix(h);
                break;
            case 2 when _residual:
                h += x;
                break;
            default:
                return h;
        }

        return _residual ? h + x : h;
    }

    [return: Irreps(Nodes)]
    private Tensor TryCatch([Irreps(Nodes)] Tensor x)
    {
        Tensor h = x;
        Tensor? small = null;
        try
        {
            small = Shrink(h);
            h = Grow(small);
            if (_residual)
            {
                return h;
            }
        }
        catch (InvalidOperationException e) when (e.Message.Length > 3)
        {
            h = Mix(x);
        }
        catch (Exception)
        {
            return Mix(x);
        }
        finally
        {
            small?.Dispose();
        }

        return h;
    }

    [return: Irreps(Nodes)]
    private Tensor Using([Irreps(Nodes)] Tensor x)
    {
        using var scope = NewDisposeScope();
        using (no_grad())
        {
            using Tensor y = Shrink(x);
            Tensor z = Grow(y).MoveToOuterDisposeScope();
            return z;
        }
    }

    [return: Irreps(Nodes)]
    private Tensor Null([Irreps(Nodes)] Tensor? given, [Irreps(Nodes)] Tensor x)
    {
        Tensor h = given ?? x;
        given ??= Mix(x);
        Tensor? total = null;
        foreach (int i in Enumerable.Range(0, 3))
        {
            total = total is null ? given : total + given;
        }

        return given?.alias() is { } y ? y + h : total!;
    }

    [return: Irreps(Nodes)]
    private Tensor Conditional([Irreps(Nodes)] Tensor x)
    {
        Tensor h = x;
        h = _residual ? Mix(h) : Grow(_residual ? Shrink(x) : Shrink(h));
        h = _rate is { } rate ? h * rate : h;
        if (x is Tensor same && h is not null)
        {
            h = same + h;
        }

        return h;
    }

    [return: Irreps(Nodes)]
    private Tensor Growing([Irreps(Nodes)] Tensor x)
    {
        // One variable, two types, each use behind its own assignment.
        Tensor h = Shrink(x);
        Tensor y = Grow(h);
        h = y;
        h = Mix(h);
        return h;
    }
}
