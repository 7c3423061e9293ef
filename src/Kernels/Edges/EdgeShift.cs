namespace E3Gen.Kernels;

/// <summary>What a periodic image adds to an edge's vector.</summary>
internal readonly record struct EdgeShift(double X, double Y, double Z)
{
    /// <summary>That of the opposite edge.</summary>
    public EdgeShift Negative => new(-X, -Y, -Z);
}
