using System.Text.RegularExpressions;
using E3Gen.Generator.Planning;

namespace E3Gen.Generator.Emission;

/// <summary>Where the couplings of a project stand: in a namespace of its assembly's name, so that friend assemblies do not see two of a name.</summary>
internal sealed class CouplingNames(string? assembly)
{
    public string Namespace { get; } = $"E3Gen.Generated.{Regex.Replace(assembly ?? "", @"[^\w]", "_")}Couplings";

    public static string Class(CouplingKey key) => $"Coupling{key.L1}x{key.L2}to{key.L3}";

    /// <summary>An expression for a coupling, in that namespace.</summary>
    public string Instance(CouplingKey key) => $"{Class(key)}.Instance";
}
