using System;
using System.Collections.Generic;
using System.Linq;
using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Linear = TorchSharp.Modules.Linear;

namespace Valid.Building;

/// <summary>What others write of their own: a network of which every layer has the widths that it is given.</summary>
public sealed class Mlp : nn.Module<Tensor, Tensor>
{
    private readonly ModuleList<Linear> _layers = new();
    private readonly nn.Module<Tensor, Tensor> _act;

    public Mlp(string activation, params int[] widths)
        : base(nameof(Mlp))
    {
        _act = activation switch
        {
            "silu" => nn.SiLU(),
            "tanh" => nn.Tanh(),
            _ => throw new ArgumentException(activation),
        };
        for (int i = 0; i + 1 < widths.Length; i++)
        {
            var layer = nn.Linear(widths[i], widths[i + 1]);
            nn.init.xavier_uniform_(layer.weight);
            _layers.Add(layer);
        }

        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        for (int i = 0; i < _layers.Count; i++)
        {
            x = _layers[i].call(x);
            if (i + 1 < _layers.Count)
            {
                x = _act.call(x);
            }
        }

        return x;
    }
}

public sealed record Options(int Scalars = 4, bool Gate = true);

/// <summary>Constructors with options, lists that they fill, and loops that count through blocks of irreps.</summary>
[EquivariantModule]
public sealed partial class Built : nn.Module<Tensor, Tensor>
{
    private readonly (int Mul, int Dim)[] _blocks = { (4, 1), (4, 3), (2, 5) };
    private readonly Tensor _means, _widths;
    private readonly Mlp _gate = new("silu", 10, 16, 16, 1);
    private readonly Linear? _bias;
    private readonly Func<Tensor, Tensor> _shape = static t => t * torch.sigmoid(1.702 * t);
    private readonly Options _options;
    private readonly Linear _mix;

    public Built(Options? options = null)
        : base(nameof(Built))
    {
        _options = options ?? new Options();
        _mix = nn.Linear(_options.Scalars, 4);
        (_means, _widths) = Radial(10);
        if (_options.Gate)
        {
            _bias = nn.Linear(4, 1, hasBias: false);
        }
        else
        {
            _bias = null;
        }

        register_buffer("means", _means);
        RegisterComponents();
    }

    [return: Irreps("4x0e + 4x1o + 2x2e")]
    public override Tensor forward([Irreps("4x0e + 4x1o + 2x2e")] Tensor x)
    {
        var norms = new List<Tensor>();
        var parts = new Dictionary<int, Tensor>();
        int at = 0;
        foreach (var (mul, dim) in _blocks)
        {
            var block = x.narrow(-1, at, mul * dim).reshape(-1, mul, dim);
            at += mul * dim;
            norms.Add(block.pow(2).sum(-1) / Math.Sqrt(2 * dim + 1));
            parts[dim] = block;
        }

        var lengths = torch.cat(norms, -1);
        var gate = _gate.call(torch.exp(-(lengths - _means).pow(2) * _widths));
        if (_bias is not null)
        {
            gate = gate + _bias.call(_shape(_mix.call(x[.., ..4])));
        }

        var result = new List<Tensor>();
        foreach (var (dim, part) in parts)
        {
            result.Add((part * gate.unsqueeze(-1)).flatten(1));
        }

        return torch.cat(result, -1);
    }

    private static (Tensor, Tensor) Radial(int count)
    {
        double first = Math.Exp(-5.0);
        return (torch.linspace(first, 1, count), torch.full(new long[] { count }, Math.Pow(2.0 / count * (1 - first), -2)));
    }
}
