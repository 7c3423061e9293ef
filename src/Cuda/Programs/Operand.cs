namespace E3Gen.Cuda;

/// <summary>What kernels do with an operand, and what its numbers are.</summary>
internal enum Role
{
    /// <summary>An argument of the operation.</summary>
    Input,

    /// <summary>The direction of an argument: "ax" is that of "x".</summary>
    Tangent,

    /// <summary>The cotangent of the result.</summary>
    Arriving,

    /// <summary>The result "z", or the cotangent of an argument: "gx" is that of "x".</summary>
    Result,

    /// <summary>Sums on their way from one kernel to the next: float32 where numbers in memory are shorter.</summary>
    Scratch,

    /// <summary>Indices of 64 bits.</summary>
    Index,
}

/// <summary>Memory that kernels take: [rows, columns], contiguous.</summary>
/// <param name="Name">Its name among the arguments of launches.</param>
/// <param name="Role">What kernels do with it.</param>
/// <param name="Rows">Which size is the number of its rows.</param>
/// <param name="Columns">Numbers of a row.</param>
/// <param name="More">Rows beyond that size: the offsets of nodes are one more than nodes.</param>
/// <param name="IsPartial">Whether kernels leave some of its numbers as they are: they have to be zero before.</param>
internal sealed record Operand(string Name, Role Role, string Rows, long Columns, int More = 0, bool IsPartial = false)
{
    /// <summary>How many numbers it has.</summary>
    /// <param name="sizes">The sizes.</param>
    public long Count(IReadOnlyDictionary<string, long> sizes) => (sizes[Rows] + More) * Columns;
}
