using System;
using E3Gen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Valid.Members;

/// <summary>Something with irreps that several modules do.</summary>
public interface IBlock
{
    [Irreps("32x0e + 16x1o")]
    Tensor State { get; }

    [return: Irreps("32x0e + 16x1o")]
    Tensor Apply([Irreps("32x0e + 16x1o")] Tensor x);
}

/// <summary>An annotated base.</summary>
public abstract class Block : nn.Module<Tensor, Tensor>
{
    protected const string Nodes = "32x0e + 16x1o";

    protected Block(string name)
        : base(name)
    {
    }

    [return: Irreps(Nodes)]
    public abstract override Tensor forward([Irreps(Nodes)] Tensor x);

    [return: Irreps(Nodes)]
    protected virtual Tensor Before([Irreps(Nodes)] Tensor x) => x;
}

/// <summary>Overrides state irreps again, or leave them to the base.</summary>
[EquivariantModule]
public sealed partial class Inherited : Block, IBlock
{
    [Irreps(Nodes)]
    private Tensor _state = torch.zeros(1, 80);

    [Irreps("1o")]
    private readonly Tensor? _axis;

    public Inherited([Irreps("1o")] Tensor? axis = null)
        : base(nameof(Inherited))
    {
        _axis = axis;
        RegisterComponents();
    }

    [Irreps(Nodes)]
    public Tensor State
    {
        get => _state;
        set => _state = value;
    }

    [Irreps("32x0e")]
    public Tensor Scalars => _state[.., ..32];

    [Irreps("16x1o")]
    public Tensor Vectors
    {
        get
        {
            return State.narrow(-1, 32, 48);
        }
    }

    public override Tensor forward(Tensor x)
    {
        State = Before(x);
        _state = Mix(State);
        return base.Before(_state) + (this as IBlock).Apply(x);
    }

    [return: Irreps(Nodes)]
    public Tensor Apply([Irreps("32x0e + 8x1o + 8x1o")] Tensor x) => Join(Scalars, Vectors) + x;

    protected override Tensor Before([Irreps(Nodes)] Tensor x) => x * Strength;

    [Irreps("0e", Rows = 0)]
    private Tensor Strength { get; set; } = torch.ones(1);

    [return: Irreps(Nodes)]
    private static Tensor Join([Irreps("32x0e")] Tensor scalars, [Irreps("16x1o")] Tensor vectors) => torch.cat([scalars, vectors], -1);

    [Linear(Nodes, Nodes)]
    private partial Tensor Mix(Tensor x);
}

/// <summary>Extension methods, static helpers, generic helpers.</summary>
public static class Helpers
{
    [return: Irreps("16x1o")]
    public static Tensor VectorPart([Irreps("32x0e + 16x1o")] this Tensor x) => x[.., 32..];

    public static T Same<T>(T value) => value;

    public static T Log<T>(this T value, string name)
        where T : notnull
    {
        Console.WriteLine($"{name}: {value}");
        return value;
    }

    extension(Tensor x)
    {
        public Tensor Doubled() => x * 2;
    }
}

[EquivariantModule]
public sealed partial class Helped : nn.Module<Tensor, Tensor>
{
    private const string Nodes = "32x0e + 16x1o";
    private readonly IBlock _block = new Inherited();
    private readonly ModuleList<Block> _blocks = nn.ModuleList<Block>(new Inherited(), new Inherited());
    private readonly Sequential _radial = nn.Sequential(("first", nn.Linear(10, 64)), ("act", nn.SiLU()), ("second", nn.Linear(64, 48)));

    [return: Irreps(Nodes)]
    public override Tensor forward([Irreps(Nodes)] Tensor x)
    {
        Tensor vectors = x.VectorPart();
        vectors = Helpers.Same(vectors);
        x = x.Log("x").Doubled();
        foreach (var block in _blocks)
        {
            x = block.call(x);
        }

        Tensor y = _block.Apply(Deep<Inherited>(new Inherited(), _block.State));
        Console.WriteLine(y.shape[0] + y.dim() + (y.norm(-1).isnan().any().item<bool>() ? " nan" : ""));
        return Mix(y);
    }

    [return: Irreps(Nodes)]
    private static Tensor Deep<TBlock>(TBlock block, [Irreps(Nodes)] Tensor x)
        where TBlock : Block => block.call(x);

    [Linear(Nodes, Nodes)]
    private partial Tensor Mix(Tensor x);
}

/// <summary>An operation's name used for other methods too.</summary>
[EquivariantModule]
public sealed partial class Overloads : nn.Module<Tensor, Tensor>
{
    [return: Irreps("4x1o")]
    public override Tensor forward([Irreps("4x1o")] Tensor x)
    {
        Tensor Local(Tensor y) => Mix(y, y);
        return Mix(x) + Local(x).AssumeIrreps("4x1o");
    }

    [Linear("4x1o", "4x1o")]
    private partial Tensor Mix(Tensor x);

    private static Tensor Mix(Tensor x, Tensor y) => x + y;
}

/// <summary>A primary constructor.</summary>
public sealed class Scaled([Irreps("0e")] Tensor factor)
{
    [return: Irreps("8x1o")]
    public Tensor Apply([Irreps("8x1o")] Tensor x) => x * factor;

    public void Reset() => factor = torch.ones(1);
}
