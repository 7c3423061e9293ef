namespace E3Gen.Generator.Planning;

/// <summary>A path of a bilinear operation by position, as declared (e3nn's instruction).</summary>
/// <param name="Input1">Segment of the first input.</param>
/// <param name="Input2">Segment of the second input.</param>
/// <param name="Output">Segment of the output.</param>
/// <param name="Mode">Connection of the multiplicities.</param>
/// <param name="HasWeight">Whether the path has a weight block.</param>
/// <param name="Weight">Relative variance (e3nn's path_weight).</param>
public sealed record BilinearPath(int Input1, int Input2, int Output, ConnectionMode Mode, bool HasWeight = true, double Weight = 1);
