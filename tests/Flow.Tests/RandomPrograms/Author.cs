using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using E3Gen.Flow.Tests.RandomPrograms.Control;
using E3Gen.Flow.Tests.RandomPrograms.Language;
using E3Gen.Flow.Tests.RandomPrograms.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms;

/// <summary>
/// Writes random programs statement by statement and runs each before three frames at once. It so knows shapes, drops what throws, and sees how each value transforms:
/// a careful author drops what breaks equivariance as well, a careless one does not.
/// </summary>
internal sealed partial class Author
{
    private const int MostNumbers = 1500;
    private const int MostAttempts = 5;

    private static readonly Frame[] Frames = Frame.Three(new Dice(0, 1));

    private readonly Dice _dice;
    private readonly int _index;
    private readonly IReadOnlyList<Argument> _arguments;
    private readonly Tensor[][] _inputs;
    private readonly List<Statement> _statements = [];
    private readonly bool _isCareful;

    /// <summary>Operations that this program is to have, so that each gets its turn, and the variables that they have something to do with.</summary>
    private readonly List<Operation> _wanted;
    private readonly HashSet<string> _touched = [];
    private Variables[] _worlds;
    private List<Value> _values;
    private int _names;

    /// <param name="seed">The seed.</param>
    /// <param name="index">The program's number.</param>
    /// <param name="attempt">Which of the programs of this number.</param>
    private Author(int seed, int index, int attempt)
    {
        (_dice, _index) = (new Dice(seed + (7919 * attempt), index), index);
        _wanted = [_dice.Pick(Table.Everything), _dice.Pick(Table.Everything), _dice.Pick(Table.Everything)];
        _isCareful = _dice.Chance(55);
        _arguments = Signatures.Draw(_dice);
        Tensor[] drawn = [.. _arguments.Select(a => a.Draw(_dice, new Probe()))];
        _inputs = [.. Frames.Select((frame, f) => drawn.Select((value, i) => f == 0 ? value : _arguments[i].Act(frame, value)).ToArray())];
        (_worlds, _values) = ([], []);
    }

    /// <summary>The program of this number; where it does not run a second time as it did the first, another one.</summary>
    public static RandomProgram Write(int seed, int index)
    {
        using var scope = NewDisposeScope();
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return new Author(seed, index, attempt).Write();
            }
            catch (UnrepeatableException) when (attempt < MostAttempts)
            {
            }
        }
    }

    /// <summary>Whether an exception is one of those by which TorchSharp says that something does not fit.</summary>
    public static bool IsExpected(Exception exception) => exception is ExternalException or ArgumentException or InvalidOperationException or IndexOutOfRangeException
        or KeyNotFoundException or NullReferenceException or NotImplementedException or InvalidCastException or OverflowException or NotSupportedException;

    private Composition Write()
    {
        Resume([]);
        int length = _dice.Between(4, 16);
        for (int attempt = 0; attempt < 12 * length && _statements.Count < length; attempt++)
        {
            var wanted = _wanted.Count > 0 && _statements.Count > 0 && _dice.Chance(60) ? _dice.Pick(_wanted) : null;
            if (Propose(wanted) is not { } statement || !Try(statement))
            {
                continue;
            }

            if (wanted is not null)
            {
                _wanted.Remove(wanted);
            }

            if (wanted is not null || statement.Operands?.Names.Any(_touched.Contains) == true)
            {
                _touched.Add(statement.Defines ?? statement.Operands!.Value.Names[0]);
            }
        }

        return Finish();
    }

    /// <summary>Takes a statement where it runs and its results are fit to go on with.</summary>
    private bool Try(Statement statement)
    {
        bool isWrite = statement.Defines is null;
        int broken = _values.Count(v => v.Nature.Kind == Kind.Broken);
        bool isTaken = Succeeds(() => Array.ForEach(_worlds, statement.Run));
        if (isTaken && statement.Defines is { } name && Judge(name) is { } value)
        {
            isTaken = !_isCareful || value.Nature.Kind != Kind.Broken || _dice.Chance(8);
            if (isTaken)
            {
                _values.Add(value);
            }
        }
        else
        {
            isTaken &= isWrite;
        }

        if (isTaken && isWrite)
        {
            var judged = _values.Select(v => Judge(v.Name)).ToList();
            isTaken = judged.All(v => v is not null) && (!_isCareful || judged.Count(v => v!.Nature.Kind == Kind.Broken) <= broken);
            if (isTaken)
            {
                _values = judged!;
            }
        }

        if (isTaken)
        {
            _statements.Add(statement);
        }
        else if (isWrite)
        {
            Resume(_statements);
        }

        return isTaken;
    }

    private Statement? Propose(Operation? wanted)
    {
        if (wanted is not null)
        {
            return Operands(wanted) is not { } operands ? null : Writes.All.Contains(wanted) ? Write(operands) : Step(operands);
        }

        int dice = _dice.Below(100);
        return dice switch
        {
            < 14 => Write(Operands(_dice.Pick(Writes.All))),
            < 16 => Generate(),
            _ => Operands(_dice.Pick(Topic())) is { } chosen ? Step(chosen) : null,
        };
    }

    private IReadOnlyList<Operation> Topic()
    {
        int at = _dice.Below(Table.Topics.Sum(t => t.Weight));
        return Table.Topics.First(t => (at -= t.Weight) < 0).Operations;
    }

    private Statement? Write((Operation Operation, List<Value> Values)? chosen)
    {
        if (chosen is not var (operation, values) || Drawn(operation, values) is not { } code)
        {
            return null;
        }

        var write = WriteForms.Draw(_dice, new Step($"t{++_names}", code, [.. values.Select(v => v.Name)]));
        var tested = _dice.PickLate(_values);
        return _dice.Chance(12) ? Branches.Guard(write, Conditions.Draw(_dice, tested), tested.Name) : write;
    }

    private Statement? Generate()
    {
        var fitting = _values.Where(Generated.Takes).ToList();
        if (fitting.Count == 0)
        {
            return null;
        }

        var first = _dice.PickLate(fitting);
        var alike = fitting.Where(v => v.Tensor.shape.AsSpan()[..^1].SequenceEqual(first.Tensor.shape.AsSpan()[..^1])).ToList();
        List<Value> operands = [first, _dice.Pick(alike)];
        string name = $"Made{++_names}";
        if (Generated.Draw(_dice, name, operands) is not var (member, call))
        {
            return null;
        }

        var step = new Step($"t{_names}", call, [.. operands.Select(o => o.Name)]);
        return Forms.Plain(step) with { Members = member, Operands = null };
    }

    private Statement? Step((Operation Operation, List<Value> Values) chosen)
    {
        if (Drawn(chosen.Operation, chosen.Values) is not { } code)
        {
            return null;
        }

        var step = new Step($"t{++_names}", code, [.. chosen.Values.Select(v => v.Name)]);
        int form = _dice.Below(100);
        if (form < 8)
        {
            return Loops.Draw(_dice, step);
        }

        if (form < 18)
        {
            var tested = _dice.PickLate(_values);
            return Branches.Draw(_dice, step, Conditions.Draw(_dice, tested), tested.Name, Alternative(chosen)?.Name ?? chosen.Values[0].Name);
        }

        return Forms.Draw(_dice, step) with
        {
            Redraw = () => Drawn(chosen.Operation, chosen.Values) is { } other ? Forms.Plain(new Step(step.Name, other, step.Operands)) : null,
        };
    }

    /// <summary>A value like that which the operation yields.</summary>
    private Value? Alternative((Operation Operation, List<Value> Values) chosen)
    {
        Value? result = null;
        Succeeds(() =>
        {
            var code = chosen.Operation.Draw(new Operands(_dice, chosen.Values));
            Tensor[] tensors = [.. _worlds.Select(w => code.Run([.. chosen.Values.Select(v => w[v.Name].clone())]))];
            result = new Value("", tensors[0], Nature.Of(tensors, Frames));
        });
        var alike = _values.Where(v => result is not null && v.Tensor.shape.SequenceEqual(result.Tensor.shape) && v.Tensor.dtype == result.Tensor.dtype && (v.Nature == result.Nature || _dice.Chance(10))).ToList();
        return alike.Count == 0 ? null : _dice.PickLate(alike);
    }

    private Written<Tensor>? Drawn(Operation operation, List<Value> values)
    {
        Written<Tensor>? code = null;
        Succeeds(() => code = operation.Draw(new Operands(_dice, values)));
        return code;
    }

    private (Operation Operation, List<Value> Values)? Operands(Operation operation)
    {
        var chosen = new List<Value>();
        foreach (var want in operation.Wants)
        {
            var fitting = _values.Where(v => want(v, chosen)).ToList();
            if (fitting.Count == 0)
            {
                return null;
            }

            chosen.Add(_dice.PickLate(fitting));
        }

        return (operation, chosen);
    }

    /// <summary>The value of a variable, or null where nobody would go on with it.</summary>
    private Value? Judge(string name)
    {
        Tensor[] tensors = [.. _worlds.Select(w => w[name])];
        Tensor first = tensors[0];
        bool isFit = first.numel() is > 0 and <= MostNumbers && first.dim() <= 5 && !first.is_complex() && tensors.All(t => t.shape.SequenceEqual(first.shape) && t.dtype == first.dtype);
        if (!isFit)
        {
            return null;
        }

        foreach (Tensor tensor in tensors)
        {
            double largest = tensor.detach().to(ScalarType.Float64).abs().max().item<double>();
            if (!(largest < 1e5))
            {
                return null;
            }
        }

        return new Value(name, first, Nature.Of(tensors, Frames));
    }

    private Variables[] Start() => [.. _inputs.Select(input =>
    {
        var variables = new Variables();
        for (int i = 0; i < _arguments.Count; i++)
        {
            variables[_arguments[i].Name] = input[i].clone();
        }

        return variables;
    })];

    /// <summary>Runs statements from the start; null where they do not run.</summary>
    private Variables[]? Replay(IEnumerable<Statement> statements)
    {
        var worlds = Start();
        return Succeeds(() =>
        {
            foreach (var statement in statements)
            {
                Array.ForEach(worlds, statement.Run);
            }
        }) ? worlds : null;
    }

    /// <summary>Goes on from these statements.</summary>
    private void Resume(IEnumerable<Statement> statements)
    {
        _worlds = Replay(statements) ?? throw new UnrepeatableException();
        _values = [.. _worlds[0].Keys.Select(Judge).OfType<Value>()];
    }

    private Composition Finish()
    {
        var returned = Returned();
        var kept = _dice.Chance(90) && Needed(returned) is var needed && Replay(needed) is not null ? needed : _statements;
        if (_isCareful && _dice.Chance(35) && Mutant(kept, returned) is { } mutant)
        {
            // What is stated is what was true before.
            return Composed(mutant, returned, isTrue: true);
        }

        Resume(kept);
        returned = _values.FirstOrDefault(v => v.Name == returned.Name) ?? throw new UnrepeatableException();
        if (_dice.Chance(10))
        {
            var tested = _dice.PickLate(_values);
            var alike = _values.Where(v => v.Tensor.shape.SequenceEqual(returned.Tensor.shape) && (v.Nature == returned.Nature || !_isCareful)).ToList();
            var early = Branches.Return(_dice.Pick(alike).Name, Conditions.Draw(_dice, tested), tested.Name);
            if (Succeeds(() => Array.ForEach(_worlds, early.Run)) && (!_isCareful || _worlds.Select(w => w.Returned is null).Distinct().Count() == 1))
            {
                kept = [.. kept, early];
            }
        }

        return Composed(kept, returned, isTrue: _isCareful || _dice.Chance(40));
    }

    private Composition Composed(IReadOnlyList<Statement> statements, Value returned, bool isTrue) => new()
    {
        Index = _index,
        Arguments = _arguments,
        Statements = statements,
        Returned = returned.Name,
        Result = Signatures.State(_dice, returned, _arguments, isTrue),
        Inlining = _dice.Pick(0, 2, 3, 4),
    };

    /// <summary>The statements with one left out, with another operand or with other choices, so that the result transforms in another way.</summary>
    private List<Statement>? Mutant(List<Statement> statements, Value returned)
    {
        const int Attempts = 12;
        for (int attempt = 0; attempt < Attempts && statements.Count > 0; attempt++)
        {
            int at = _dice.Below(statements.Count);
            Statement? other = _dice.Below(4) switch
            {
                0 => null,
                1 => statements[at].Redraw?.Invoke(),
                _ => statements[at].Operands is var (names, with) ? with(Exchanged(names)) : null,
            };
            List<Statement> changed = [.. statements.Take(at), .. other is null ? [] : new[] { other }, .. statements.Skip(at + 1)];
            if (AllAreDeclared(changed) && Replay(changed) is { } worlds && worlds.All(w => w.TryGetValue(returned.Name, out var now) && now.shape.SequenceEqual(returned.Tensor.shape))
                && Nature.Of([.. worlds.Select(w => w[returned.Name])], Frames) != returned.Nature)
            {
                return changed;
            }
        }

        return null;
    }

    /// <summary>One operand is another variable of the same shape.</summary>
    private string[] Exchanged(IReadOnlyList<string> names)
    {
        int at = _dice.Below(names.Count);
        var old = _values.FirstOrDefault(v => v.Name == names[at]);
        var alike = _values.Where(v => old is not null && v.Name != old.Name && v.Tensor.shape.SequenceEqual(old.Tensor.shape) && v.Tensor.dtype == old.Tensor.dtype).ToList();
        return [.. names.Select((name, i) => i == at && alike.Count > 0 ? _dice.Pick(alike).Name : name)];
    }

    private Value Returned()
    {
        var made = _values.Where(v => v.IsFloat && _statements.Count > 0 && v.Name.StartsWith('t')).ToList();
        var touched = _values.Where(v => v.IsFloat && _touched.Contains(v.Name) && (!_isCareful || v.Nature.CanBeStated)).ToList();
        var changed = touched.Count > 0 && _dice.Chance(85) ? touched : made.Count > 0 ? made : [.. _values.Where(v => v.IsFloat)];
        var stated = changed.Where(v => v.Nature.CanBeStated).ToList();
        var broken = changed.Where(v => v.Nature.Kind == Kind.Broken).ToList();
        // A vector says more than a scalar, which much is.
        var vectors = stated.Where(v => v.Nature.Kind != Kind.Invariant).ToList();
        return !_isCareful && _dice.Chance(80) ? _dice.PickLate(broken.Count > 0 && _dice.Chance(75) ? broken : changed) : vectors.Count > 0 && _dice.Chance(70) ? _dice.PickLate(vectors) : stated.Count > 0 ? _dice.PickLate(stated) : _dice.PickLate(changed);
    }

    /// <summary>The statements without which the result is another one.</summary>
    private List<Statement> Needed(Value returned)
    {
        List<Statement> statements = [.. _statements];
        Tensor[] results = [.. _worlds.Select(w => w[returned.Name].clone())];
        for (int i = statements.Count - 1; i >= 0; i--)
        {
            List<Statement> fewer = [.. statements.Take(i), .. statements.Skip(i + 1)];
            if (AllAreDeclared(fewer) && Replay(fewer) is { } worlds && worlds.Zip(results, (w, r) => w.TryGetValue(returned.Name, out var now) && now.shape.SequenceEqual(r.shape) && now.dtype == r.dtype && now.equal(r).all().item<bool>()).All(same => same))
            {
                statements = fewer;
            }
        }

        return statements;
    }

    /// <summary>Whether each variable that the text mentions is declared before, also where it was not read.</summary>
    private static bool AllAreDeclared(IEnumerable<Statement> statements)
    {
        var declared = new HashSet<string>();
        foreach (var statement in statements)
        {
            if (statement.Defines is { } name)
            {
                declared.Add(name);
            }

            if (Variable().Matches(statement.Text).Any(m => !declared.Contains(m.Value)))
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex(@"\bt\d+\b")]
    private static partial Regex Variable();

    private static bool Succeeds(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            return false;
        }
    }

    /// <summary>What ran once does not run again.</summary>
    private sealed class UnrepeatableException : Exception;
}
