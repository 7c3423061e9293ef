using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow.Values;

/// <summary>
/// What is known of the value of an expression. Either it does not depend on the frame (<see cref="Data"/>), or it refers to a tensor or
/// another object of which the <see cref="State"/> knows how it transforms, or it is <see cref="Unknown"/>, which every operation passes
/// on unless a rule says otherwise.
/// </summary>
internal abstract record Value
{
    public static readonly Value Null = new Data(null, null, IsNull: true);

    public static readonly Value Plain = new Data(null, null);
}

/// <summary>Nothing is known, and why: what happened there first.</summary>
internal sealed record Unknown(ImmutableArray<Finding> Because) : Value
{
    private const int Most = 8;

    public Unknown(Finding because)
        : this([because])
    {
    }

    /// <summary>
    /// Whether it is the size of a tensor, or computed from sizes: for the question whether something throws, sizes count as
    /// the same in all frames.
    /// </summary>
    public bool IsSize { get; init; }

    public static Unknown Both(Unknown a, Unknown b) =>
        new([.. a.Because.Concat(b.Because).Distinct().Take(Most)]) { IsSize = a.IsSize && b.IsSize };
}

/// <summary>A number, text, flag, type or any other plain value that does not depend on the frame.</summary>
/// <param name="Constant">The value, where it is constant.</param>
/// <param name="Extent">The value of a whole number as an extent, where it is known as one.</param>
/// <param name="IsNull">Whether it is null.</param>
/// <param name="DType">Of a data type: what numbers of that type are.</param>
internal sealed record Data(object? Constant, Extent? Extent, bool IsNull = false, NumberKind DType = NumberKind.Unknown) : Value
{
    /// <summary>A constant; whole numbers are kept in one type, so that equal ones are equal.</summary>
    public static Data Of(object constant) => constant is int or long or short or byte or sbyte or ushort or uint
        ? Of(Extent.Of(Convert.ToInt64(constant, null)))
        : new(constant, null);

    public static Data Of(Extent extent) => new(extent.Known, extent);
}

/// <summary>A tensor, array, list, dictionary, module or other object; what it holds is in the state.</summary>
internal sealed record Reference(int Id) : Value;

/// <summary>A tuple.</summary>
internal sealed record Group(ImmutableArray<Value> Elements) : Value;

/// <summary>A delegate of which the code is known.</summary>
/// <param name="Method">A lambda's, local function's or ordinary method's symbol.</param>
/// <param name="Body">The body of a lambda or local function.</param>
/// <param name="Frame">The call in which it was made, whose variables it sees.</param>
/// <param name="Instance">The object that an ordinary method is called on.</param>
internal sealed record Function(IMethodSymbol Method, IOperation? Body, Frame Frame, Value? Instance) : Value;

/// <summary>
/// An object whose fields hold what its construction put there: the one whose method is analysed, and modules that it holds.
/// </summary>
/// <param name="Type">Its class.</param>
/// <param name="IsExact">Whether it is of this class, and not of one derived from it.</param>
/// <param name="Construction">How it was made, where that is known.</param>
/// <param name="Which">Distinguishes objects of a class: what the fields of one hold is not what those of another hold.</param>
internal sealed record This(INamedTypeSymbol Type, bool IsExact, Construction? Construction = null, int Which = This.Any) : Value
{
    /// <summary>One of several, nobody knows which.</summary>
    public const int Any = -1;

    public bool Equals(This? other) => other is not null && IsExact == other.IsExact && Which == other.Which
        && SymbolEqualityComparer.Default.Equals(Type, other.Type) && Equals(Construction, other.Construction);

    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Type);
}

/// <summary>One item between the brackets of a tensor's indexer.</summary>
internal sealed record IndexItem(IndexItemKind Kind, Value? Start = null, Value? Stop = null) : Value;

internal enum IndexItemKind
{
    /// <summary>A range of entries.</summary>
    Slice,

    /// <summary>All axes in between.</summary>
    Ellipsis,

    /// <summary>A new axis.</summary>
    NewAxis,

    /// <summary>Counted from the end, as in ^1.</summary>
    FromEnd,
}

/// <summary>What the numbers of a tensor are.</summary>
internal enum NumberKind
{
    Unknown,

    /// <summary>Floating-point numbers, of any precision.</summary>
    Float,

    /// <summary>Whole numbers: what is written into them is cut off.</summary>
    Whole,

    /// <summary>Truth values.</summary>
    Truth,
}
