using System.ComponentModel;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>Does the work of <see cref="ExtractAttribute"/>, which says what it computes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Extract : Layer
{
    private readonly Irreps _irreps;
    private readonly List<(int Column, int Columns)> _runs = []; // entries that lie side by side are one run

    /// <summary>Creates it.</summary>
    /// <param name="label">The operation's name in messages.</param>
    /// <param name="irreps">Irreps of the argument.</param>
    /// <param name="entries">The entries to pick, in the order of the result.</param>
    public Extract(string label, Irreps irreps, params int[] entries)
        : base(label)
    {
        ArgumentNullException.ThrowIfNull(irreps);
        ArgumentNullException.ThrowIfNull(entries);
        _irreps = irreps;
        foreach (var entry in entries.Select(e => irreps.Slices[e]).Where(e => e.Length > 0))
        {
            if (_runs is [.., var last] && last.Column + last.Columns == entry.Offset)
            {
                _runs[^1] = last with { Columns = last.Columns + entry.Length };
            }
            else
            {
                _runs.Add((entry.Offset, entry.Length));
            }
        }
    }

    /// <summary>Picks entries: [..., in] → [..., out].</summary>
    /// <param name="x">The features.</param>
    /// <param name="name">The argument's name in messages.</param>
    /// <exception cref="ArgumentException">The shape or the dtype is wrong.</exception>
    public Tensor Apply(Tensor x, [CallerArgumentExpression(nameof(x))] string name = "")
    {
        Expect(x, _irreps, name);
        using var scope = NewDisposeScope();
        return IrrepCopies.Join(x, _runs.Select(r => x.narrow(-1, r.Column, r.Columns))).MoveToOuterDisposeScope();
    }
}
