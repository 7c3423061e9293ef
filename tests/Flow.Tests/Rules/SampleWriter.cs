using System.Text.RegularExpressions;
using E3Gen.Flow.Tests.RandomPrograms;
using E3Gen.Flow.Tests.RandomPrograms.Language;
using E3Gen.Flow.Tests.RandomPrograms.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules;

/// <summary>Writes a sample around an operation: arguments that it takes, and now and then an operation before and after it.</summary>
internal sealed partial class SampleWriter
{
    private const int Attempts = 12;

    /// <summary>All operations, those that only stand here last.</summary>
    public static readonly IReadOnlyList<Operation> Focuses = [.. Table.Everything, .. MoreOperations.All];

    private static readonly IReadOnlyList<Operation> Views =
        [.. Shapes.All, .. Selections.All.Take(24), .. MoreOperations.Views, .. MoreOperations.Views];

    private static readonly IReadOnlyList<Operation> Before =
        [.. Views, .. MoreOperations.Before, .. MoreOperations.Before, .. MoreOperations.Repeats, .. MoreOperations.Repeats, .. MoreOperations.Repeats, .. Casts.All, .. Factories.All.Take(8)];

    private static readonly IReadOnlyList<Operation> After =
        [.. Arithmetic.All, .. Reductions.All, .. Products.All, .. Idioms.All.Take(40), .. Joins.All, .. Shapes.All, .. Selections.All, .. MoreOperations.Repeats, .. MoreOperations.Repeats];

    private static readonly HashSet<Operation> Writing = [.. Writes.All, .. MoreOperations.Writes];

    private static readonly string[] Features =
    [
        "1o", "1o", "1o", "1e", "1e", "0o", "0e", "2x1o", "2x1o", "0e + 1o", "2x0o", "3x0o", "3x0e", "2e", "0o + 1e", "1o + 1e", "2x0e + 1o", "3x1o", "1o + 0e", "2x1e", "0o + 0e", "0o + 1o",
    ];

    private readonly Dice _dice;
    private readonly Frame[] _frames;
    private readonly int _index;
    private readonly List<Argument> _arguments = [];
    private readonly List<Step> _steps = [];
    private readonly Dictionary<string, Tensor>[] _worlds;
    private readonly List<Value> _values = [];

    private SampleWriter(int seed, int index, Frame[] frames, bool isAimed)
    {
        (_dice, _index, _frames) = (new Dice(seed, index), index, frames);
        _worlds = [.. frames.Select(_ => new Dictionary<string, Tensor>())];
        if (isAimed)
        {
            DrawAlike();
        }
        else
        {
            Draw();
        }
    }

    /// <summary>The sample of a number; null where the operation whose turn it is takes nothing that was drawn.</summary>
    public static Sample? Write(int seed, int index, Frame[] frames)
    {
        for (int attempt = 0; attempt < 6; attempt++)
        {
            using var scope = NewDisposeScope();
            bool isAimed = index % 2 == 0;
            var writer = new SampleWriter(unchecked(seed + (attempt * 7919)), index, frames, isAimed);
            if (writer.Compose(isAimed ? MoreOperations.Aimed[index / 2 % MoreOperations.Aimed.Count] : Focuses[index / 2 % Focuses.Count]))
            {
                return new Sample(index, writer._arguments, writer._steps);
            }
        }

        return null;
    }

    private void Draw()
    {
        long n = _dice.Between(2, 4), m = _dice.Between(2, 3), k = _dice.Pick(2, 3, 3);
        long Extent() => _dice.Pick(n, n, n, m, k, 1);
        Add(Argument.Features("a", _dice.Pick(Features), [.. Enumerable.Range(0, _dice.Pick(0, 1, 1, 1, 2, 2, 3)).Select(_ => Extent())]));
        var irreps = _dice.Chance(60) ? (Irreps)_dice.Pick(Features) : "1o";
        long[] rows = _dice.Chance(60) ? [.. _worlds[0]["a"].shape[..^1]] : [.. Enumerable.Range(0, _dice.Between(0, 2)).Select(_ => Extent())];
        Add(Argument.Features("b", irreps, rows));
        Add(_dice.Chance(30) ? Argument.Points("c", n) : Argument.Features("c", _dice.Pick(Features), n));
        if (_dice.Chance(60))
        {
            // Of the shape of another one, up to axes that are one or missing, to be laid over it.
            long[] shape = [.. _dice.Pick(_worlds[0]["a"], _worlds[0]["b"]).shape.Select(e => _dice.Chance(30) ? 1 : e)];
            Add(Argument.Invariant("d", _dice.Chance(30) ? [.. shape.Skip(1)] : _dice.Chance(40) ? shape[..^1] : shape));
        }
        else
        {
            Add(Argument.Invariant("d", [.. Enumerable.Range(0, _dice.Between(0, 4)).Select(_ => Extent())]));
        }

        Add(Argument.Indexes("i", _dice.Pick(n, n, 2, 3), (int)Math.Min(2, n)));
        long[] masked = _dice.Pick(_worlds[0]["a"], _worlds[0]["c"]).shape;
        Add(Argument.Mask("k", [.. masked.Take(_dice.Between(0, masked.Length)).Select(e => _dice.Chance(15) ? 1 : e)]));
    }

    /// <summary>Arguments with the same rows, of few kinds, so that most operations take them.</summary>
    private void DrawAlike()
    {
        long n = _dice.Pick(2, 4);
        Add(Argument.Features("a", _dice.Pick<string>("1o", "1o", "1e", "3x0o", "2x1o"), n));
        Add(Argument.Features("b", _dice.Pick<string>("1o", "1e", "1e", "3x0o", "2x0o"), n));
        Add(_dice.Chance(50) ? Argument.Points("c", n) : Argument.Features("c", "1o", n));
        Add(Argument.Invariant("d", _dice.Pick<long[]>([n], [n, 1], [n, 3], [n, 3], [n, 2], [n, _worlds[0]["a"].size(-1)])));
        Add(Argument.Indexes("i", _dice.Pick(n, 3), 2));
        Add(Argument.Mask("k", n));
    }

    private void Add(Argument argument)
    {
        argument = argument.Attribute.StartsWith("[Invariant", StringComparison.Ordinal) && _dice.Chance(15) ? argument with { Attribute = "[Invariant]" } : argument;
        _arguments.Add(argument);
        Tensor drawn = argument.Draw(_dice, new Probe());
        for (int f = 0; f < _frames.Length; f++)
        {
            _worlds[f][argument.Name] = argument.Act(_frames[f], drawn);
        }

        Judge(argument.Name);
    }

    private bool Compose(Operation focus)
    {
        string? last = null;
        bool writes = Writing.Contains(focus);
        if (writes)
        {
            last = Take(MoreOperations.Clone, _dice.Chance(50) ? Take(_dice.Pick(MoreOperations.Repeats), null) : null);
            last = _dice.Chance(50) && Take(_dice.Pick(Views), last) is { } view && _dice.Chance(60) ? view : last;
        }
        else if (_dice.Chance(60))
        {
            last = Take(_dice.Pick(Before), null);
            last = _dice.Chance(40) ? Take(_dice.Pick(_dice.Chance(50) ? Before : After), last) ?? last : last;
        }

        string? result = null;
        for (int attempt = 0; attempt < Attempts && result is null; attempt++)
        {
            result = Take(focus, attempt < Attempts / 2 || writes ? last : null);
        }

        for (int more = 0; result is not null && more < 2 && _dice.Chance(60); more++)
        {
            _ = Take(_dice.Pick(After), _dice.Chance(80) ? _steps[^1].Name : _dice.Pick(_steps).Name);
        }

        return result is not null;
    }

    /// <summary>Adds a step with an operation that works on a variable, if it can; the name of its result.</summary>
    private string? Take(Operation operation, string? first)
    {
        var chosen = new List<Value>();
        foreach (var want in operation.Wants)
        {
            bool casts = _dice.Chance(15);
            var fitting = _values.Where(v => want(casts ? v with { Tensor = v.Tensor.to(ScalarType.Float64) } : v, chosen)).ToList();
            if (fitting.Count == 0)
            {
                return null;
            }

            chosen.Add(chosen.Count == 0 && fitting.FirstOrDefault(v => v.Name == first) is { } wanted ? wanted : _dice.Chance(50) ? _dice.Pick(fitting) : _dice.PickLate(fitting));
        }

        // What stands in the first place may as well stand in the second.
        if (first is not null && chosen.Count > 1 && chosen[0].Name != first && !chosen.Any(v => v.Name == first))
        {
            return null;
        }

        string name = $"t{_steps.Count}";
        try
        {
            var code = operation.Draw(new Operands(_dice, chosen));
            var step = new Step(name, code, [.. chosen.Select(v => v.Name)]);
            if ((EndsTheProcess().IsMatch(step.Text) && chosen.Any(v => !v.IsFloat)) || (EndsTheProcessOfTruth().IsMatch(step.Text) && chosen.Any(v => v.Tensor.dtype == ScalarType.Bool)))
            {
                return null;
            }

            if (Writing.Contains(operation) && !_steps.Any(s => s.Name == chosen[0].Name))
            {
                return null; // what others see is not written to
            }

            Tensor[] results = [.. _worlds.Select(w => code.Run([.. step.Operands.Select(o => w[o])]))];
            if (results.Any(r => r is null || r.IsInvalid || r.numel() > 4000 || r.is_complex()))
            {
                return null;
            }

            for (int f = 0; f < results.Length; f++)
            {
                _worlds[f][name] = results[f];
            }

            _steps.Add(step);
            Judge(name);
            return name;
        }
        catch (Exception exception) when (Author.IsExpected(exception))
        {
            return null;
        }
    }

    /// <summary>What TorchSharp does not throw for where numbers are whole.</summary>
    [GeneratedRegex(@"\.(var|std)\(")]
    private static partial Regex EndsTheProcess();

    [GeneratedRegex(@"\.(matmul|mm|bmm|mv|linear|inner|dot|vdot|vecdot|einsum|tensordot|addmm|baddbmm|cdist|cross|kron|outer|scaled_dot_product_attention|inv|det|solve)\(", RegexOptions.IgnoreCase)]
    private static partial Regex EndsTheProcessOfTruth();

    private void Judge(string name)
    {
        var values = _worlds.Select(w => w[name]).ToList();
        bool isInvariant = values.All(v => v.shape.SequenceEqual(values[0].shape))
            && values.All(v => v.detach().to(ScalarType.Float64).allclose(values[0].detach().to(ScalarType.Float64), 1e-8, 1e-8, equal_nan: true));
        _values.Add(new Value(name, values[0], new Nature(isInvariant ? Kind.Invariant : Kind.Broken)));
    }
}
