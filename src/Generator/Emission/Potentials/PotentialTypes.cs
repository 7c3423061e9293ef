using E3Gen.Generator.Parsing;

namespace E3Gen.Generator.Emission.Potentials;

/// <summary>Types and namespaces that the code of potentials names.</summary>
internal static class PotentialTypes
{
    /// <summary>The namespace of the parts.</summary>
    public const string Parts = "global::E3Gen.Operations";

    public const string Interfaces = "global::E3Gen.IPotential, global::E3Gen.IAdaptToData, global::E3Gen.IStateConstants";

    public const string Base = $"{WellKnown.Module}<{WellKnown.Tensor}, {WellKnown.Tensor}, {WellKnown.Graph}, {WellKnown.Tensor}>";

    /// <summary>Symbols of elements, as a potential has them.</summary>
    public const string Symbols = "global::System.Collections.Generic.IReadOnlyList<string>";

    /// <summary>Symbols of elements, as a constructor takes them.</summary>
    public const string Texts = "global::System.Collections.Generic.IEnumerable<string>";

    public const string ConstantNames = "global::System.Collections.Generic.IReadOnlyDictionary<string, double[]>";

    /// <summary>What follows the name of the class.</summary>
    public static string Header(bool declaresBase) => declaresBase ? $" : {Interfaces}" : $" : {Base}, {Interfaces}";
}
