using System.Diagnostics.CodeAnalysis;

namespace E3Gen;

/// <summary>
/// Selects one path of a <see cref="TensorProductAttribute"/> or a <see cref="LinearAttribute"/>; if there are any such attributes, only the selected paths
/// are used, in the order written.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class PathAttribute : Attribute
{
    /// <summary>Selects by irreps, for example <c>"1o x 1o -> 0e"</c>: every combination of segments with these irreps.</summary>
    /// <param name="path">Two input irreps and an output irrep.</param>
    public PathAttribute([StringSyntax("IrrepsPath")] string path) => Path = path;

    /// <summary>Selects by position, as e3nn's instructions do.</summary>
    /// <param name="input1">Index of the segment of the first input.</param>
    /// <param name="input2">Index of the segment of the second input.</param>
    /// <param name="output">Index of the segment of the output.</param>
    public PathAttribute(int input1, int input2, int output) => (Input1, Input2, Output) = (input1, input2, output);

    /// <summary>Selects a path of a linear map by position, as e3nn's instructions do.</summary>
    /// <param name="input">Index of the segment of the input.</param>
    /// <param name="output">Index of the segment of the output.</param>
    public PathAttribute(int input, int output) => (Input1, Output) = (input, output);

    /// <summary>The path as written, or null if it was selected by position.</summary>
    public string? Path { get; }

    /// <summary>Index of the segment of the first input.</summary>
    public int Input1 { get; }

    /// <summary>Index of the segment of the second input.</summary>
    public int Input2 { get; }

    /// <summary>Index of the segment of the output.</summary>
    public int Output { get; }

    /// <summary>Connection mode of this path; by default, that of the operation.</summary>
    public ConnectionMode Mode { get; set; }

    /// <summary>Relative variance of this path (e3nn's <c>path_weight</c>).</summary>
    public double Weight { get; set; } = 1;

    /// <summary>Whether this path has weights; false multiplies it by its constant alone.</summary>
    public bool HasWeight { get; set; } = true;
}
