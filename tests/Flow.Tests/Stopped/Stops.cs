namespace E3Gen.Flow.Tests.Stopped;

/// <summary>
/// What is not proven. Some of it is equivariant: the way out is to write it in another way, or to take it on trust. The rest is what the
/// analysis once took for proven, or would, if it forgot one of the things that it looks at.
/// </summary>
public static partial class Stops
{
    public static IReadOnlyList<Stop> All { get; } =
    [
        .. Jumps, .. Branches, .. Guards, .. Exceptions, .. Endings,
        .. Names, .. References, .. Joins,
        .. Calls, .. Recursion, .. Closures, .. Dispatch,
        .. Members, .. Open, .. Construction, .. Filled, .. Effects,
        .. Sequences, .. Views, .. Mutators, .. Elements,
        .. Objects, .. Operators, .. Nulls, .. Texts,
        .. Promises, .. Helpers, .. Trust,
        .. Randomness, .. Modules,
        .. Writes, .. Zeros, .. Runs, .. Numbers,
        .. Shapes, .. Extents, .. Indices, .. Components, .. Gradients,
        .. Given,
    ];
}
