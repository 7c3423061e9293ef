using System.Collections.Immutable;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>
/// An abstract interpreter: executes a method on statements about values instead of values, statement by statement, into the methods that
/// it calls. Code without a rule yields <see cref="Unknown"/>, and so does everything computed from it; possible effects of an unknown
/// value are recorded in <see cref="Effects"/>. This part: the state, tensors and records.
/// </summary>
internal sealed partial class Machine
{
    private const int MostSteps = 100_000;

    /// <summary>Terms of polynomials that are as much work as a step.</summary>
    private const int TermsOfStep = 32;

    private readonly Source _source;
    private readonly Counter _numbers;
    private readonly CancellationToken _cancellation;
    private readonly List<List<State>> _watchers = [];
    private State? _current;
    private Frame _frame;
    private readonly Dictionary<(int Path, object Step), int> _paths = [];
    private readonly Dictionary<(int Path, SyntaxNode At), int> _sites = [];
    private SyntaxNode? _site;
    private int _path;
    private int _steps, _terms;

    public Machine(Source source, Counter numbers, Frame frame, CancellationToken cancellation) =>
        (_source, _numbers, _frame, _cancellation, _current) = (source, numbers, frame, cancellation, State.Empty);

    /// <summary>
    /// What happens on the way and is not proven: branches, writes that others see, values of places that state something.
    /// </summary>
    public List<Finding> Effects { get; } = [];

    /// <summary>Values that reach a place which states other irreps: wrong in any class.</summary>
    public List<Finding> Mismatches { get; } = [];

    /// <summary>What was taken on trust.</summary>
    public List<Assumed> Assumptions { get; } = [];

    /// <summary>The tensors that polynomials of components are written in.</summary>
    public Dictionary<int, Rules.Atom> Atoms { get; } = [];

    private readonly Dictionary<int, TensorValue> _originals = [];
    private readonly Dictionary<(int Identity, int Axis), int> _atoms = [];

    private readonly Dictionary<(int Atom, int Place, bool Added), int> _shifted = [];

    /// <summary>
    /// The variables of a tensor after an axis was dropped or added, counted from the last: the axes before it now
    /// broadcast against others, so the same names would stand for other rows. All components dropped in
    /// the same way get the same names.
    /// </summary>
    public int Shifted(int atom, int place, bool added)
    {
        if (!_shifted.TryGetValue((atom, place, added), out int number))
        {
            _shifted[(atom, place, added)] = number = _numbers.Next();
            Atoms[number] = Atoms[atom];
        }

        return number;
    }

    /// <summary>
    /// The number of the variables that stand for the components of a tensor along an axis. A tensor that an object holds has the same ones
    /// whenever it is taken apart; what a rule has made of it has new ones.
    /// </summary>
    public int AtomOf(TensorValue x, int axis, Rules.Atom atom)
    {
        bool isOriginal = _originals.TryGetValue(x.Identity, out var original) && ReferenceEquals(original, x);
        if (!isOriginal || !_atoms.TryGetValue((x.Identity, axis), out int number))
        {
            number = _numbers.Next();
            if (isOriginal)
            {
                _atoms[(x.Identity, axis)] = number;
            }
        }

        Atoms[number] = atom;
        return number;
    }

    /// <summary>The variables that stand for components of tensors along an axis, −1 where it is one number; for tests.</summary>
    public IReadOnlyDictionary<(int Identity, int Axis), int> Named => _atoms;

    /// <summary>The variables that stand for these after their axis was dropped or added; for tests.</summary>
    public IReadOnlyDictionary<(int Atom, int Place, bool Added), int> Renamed => _shifted;

    public Source Source => _source;

    public Frame Frame => _frame;

    /// <summary>What is known here; null where nothing arrives.</summary>
    public State? Reached
    {
        get => _current;
        private set
        {
            _current = value;
            if (value is not null)
            {
                foreach (var watcher in _watchers)
                {
                    if (watcher.Count == 0 || !ReferenceEquals(watcher[watcher.Count - 1], value))
                    {
                        watcher.Add(value);
                    }
                }
            }
        }
    }

    public State State
    {
        get => _current ?? State.Empty;
        set => Reached = value;
    }

    public Extent Fresh() => Extent.Symbol(_numbers.Next());

    public int NextNumber() => _numbers.Next();

    /// <summary>Where something is reported: in the method that the analysis began with, at the call that led to where it is.</summary>
    public SyntaxNode Here(SyntaxNode at)
    {
        var root = _frame;
        while (root.Caller is not null)
        {
            root = root.Caller;
        }

        if (root.Method.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == at.SyntaxTree && r.Span.Contains(at.Span)))
        {
            return at; // it happened there before the call
        }

        var outermost = at;
        for (var frame = _frame; frame is not null; frame = frame.Caller)
        {
            if (frame.CalledAt is { } call && !IsInside(frame.Method, call))
            {
                outermost = call;
            }
        }

        return outermost;
    }

    /// <summary>Whether a function is written inside of the method that calls it, as lambdas and local functions are.</summary>
    private static bool IsInside(IMethodSymbol function, SyntaxNode call) =>
        function.MethodKind is MethodKind.AnonymousFunction or MethodKind.LocalFunction
            && function.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == call.SyntaxTree);

    public Unknown NotKnown(Finding finding) => new(Moved(finding));

    public Unknown NotKnown(IOperation at, string why, string? way = null) => NotKnown(Reasons.NotFollowed(at.Syntax, why, way));

    public void Effect(Finding finding) => Note(Effects, finding);

    public void Effect(Unknown value)
    {
        foreach (var because in value.Because)
        {
            Note(Effects, because);
        }
    }

    public void Mismatch(Finding finding) => Note(Mismatches, finding);

    /// <summary>The finding where it is reported; it still says where it happened.</summary>
    private Finding Moved(Finding finding)
    {
        var here = Here(finding.At);
        return here == finding.At ? finding : finding with { At = here, Origins = [finding.At.GetLocation(), .. finding.Origins] };
    }

    private void Note(List<Finding> findings, Finding finding)
    {
        finding = Moved(finding);
        if (_current is not null && !findings.Contains(finding))
        {
            findings.Add(finding);
        }
    }

    /// <summary>
    /// A new tensor. Where no memory is given, it is its own: one for each place in the code and way to it,
    /// so that what a loop makes has one, too.
    /// </summary>
    public Value New(TensorValue content)
    {
        int id = _numbers.Next(), identity = _numbers.Next();
        content = content with
        {
            Identity = identity,
            UnitOf = content.UnitOf == TensorValue.Claimed ? identity : 0,
            Memory = content.Memory.IsEmpty ? [Site()] : content.Memory,
            From = content.From ?? _site?.GetLocation(),
            IsBound = content.IsBound || content.IsZero || content.UnitOf == TensorValue.Claimed
                || content.Axes.Any(a => !a.Runs.IsDefault),
        };
        _originals[content.Identity] = content;
        State = State.With(id, content);
        return new Reference(id);
    }

    private int Site() => _site is null
        ? _numbers.Next()
        : _sites.TryGetValue((_path, _site), out int site) ? site : _sites[(_path, _site)] = _numbers.Next();

    /// <summary>A number for the way that execution took: along another way, and then through this call or turn of a loop.</summary>
    private int Path(int path, object step) =>
        _paths.TryGetValue((path, step), out int known) ? known : _paths[(path, step)] = _numbers.Next();

    public Value New(Content content)
    {
        int id = _numbers.Next();
        State = State.With(id, content);
        return new Reference(id);
    }

    /// <summary>A tensor that is invariant, of an unknown shape.</summary>
    public TensorValue Anything() => new([], 0) { HasMoreInFront = true, Numbers = NumberKind.Unknown };

    public TensorValue? Tensor(Value? value) => value is null ? null : State.Content(value) as TensorValue;

    /// <summary>What is known of a value: Unknown, with the reason, also where its object is lost.</summary>
    public Value Look(Value value) => State.Look(value);

    /// <summary>Whether nothing in a value depends on the frame.</summary>
    public bool IsInvariant(Value value) => IsInvariant(value, []);

    private bool IsInvariant(Value value, HashSet<int> seen) => value switch
    {
        Data or IndexItem or This => true,
        Group group => group.Elements.All(e => IsInvariant(e, seen)),
        Reference reference => !seen.Add(reference.Id) || State.Content(reference) switch
        {
            TensorValue tensor => tensor.IsInvariant,
            Sequence sequence => sequence.All.All(e => IsInvariant(e, seen)),
            Map map => map.Entries.Values.All(e => IsInvariant(e, seen)) && (map.Others is null || IsInvariant(map.Others, seen)),
            Instance instance => instance.Fields.Values.All(e => IsInvariant(e, seen)),
            Made made => made.Arguments.Values.Concat(made.Parts).All(e => IsInvariant(e, seen)),
            OneOf choice => choice.Modules.All(e => IsInvariant(e, seen)),
            _ => false,
        },
        _ => false,
    };

    /// <summary>The reason why a value is not known; null where it is.</summary>
    public Unknown? WhyUnknown(Value value) => WhyUnknown(value, []);

    private Unknown? WhyUnknown(Value value, HashSet<int> seen) => value switch
    {
        Unknown unknown => unknown,
        Group group => group.Elements.Select(e => WhyUnknown(e, seen)).FirstOrDefault(u => u is not null),
        Reference reference => !seen.Add(reference.Id) ? null : State.Content(reference) switch
        {
            Lost lost => new Unknown(lost.Because),
            Sequence sequence => sequence.All.Select(e => WhyUnknown(e, seen)).FirstOrDefault(u => u is not null),
            Map map => map.Entries.Values.Concat(map.Others is null ? [] : [map.Others]).Select(e => WhyUnknown(e, seen))
                .FirstOrDefault(u => u is not null),
            Instance instance => instance.Fields.Values.Select(e => WhyUnknown(e, seen)).FirstOrDefault(u => u is not null),
            _ => null,
        },
        _ => null,
    };

    private void Step()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (++_steps > MostSteps || !StackGuard.HasRoom())
        {
            throw new TooMuchException();
        }
    }

    /// <summary>Counts work on polynomials, which may be longer than the code that writes them out.</summary>
    public void Work(int terms)
    {
        for (_terms += terms; _terms >= TermsOfStep; _terms -= TermsOfStep)
        {
            Step();
        }
    }

    /// <summary>Makes a state of two; no path leads to what is null.</summary>
    private State? Merge(State? a, State? b, SyntaxNode at) => a is null ? b : b is null ? a : new Join(at, _numbers).Of(a, b);
}

/// <summary>Variables are the same if their symbols are.</summary>
internal sealed class VariableEquality : IEqualityComparer<(int Frame, ISymbol Symbol)>
{
    public static readonly VariableEquality Instance = new();

    public bool Equals((int Frame, ISymbol Symbol) x, (int Frame, ISymbol Symbol) y) =>
        x.Frame == y.Frame && SymbolEqualityComparer.Default.Equals(x.Symbol, y.Symbol);

    public int GetHashCode((int Frame, ISymbol Symbol) key) =>
        unchecked((key.Frame * 397) + SymbolEqualityComparer.Default.GetHashCode(key.Symbol));
}

/// <summary>The method is too long to be followed.</summary>
internal sealed class TooMuchException : Exception;

/// <summary>An assumption that was relied on.</summary>
/// <param name="At">Where.</param>
/// <param name="What">The assumption, for messages.</param>
internal sealed record Assumed(SyntaxNode At, string What);
