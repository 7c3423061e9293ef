namespace E3Gen.Generator.Tests.Support;

/// <summary>Sources around what a test is about.</summary>
public static class Sample
{
    public const string Usings = """
        using E3Gen;
        using TorchSharp;
        using static TorchSharp.torch;

        """;

    /// <summary>A module with these members.</summary>
    public static string Module(string members) => $$"""
        {{Usings}}
        namespace Samples;

        [EquivariantModule]
        internal sealed partial class Sample : nn.Module
        {
        {{members}}
        }
        """;

    /// <summary>A module with one linear map between these two expressions, and other members.</summary>
    public static string Linear(string input, string output, string members = "") => Module($"""
            [Linear({input}, {output})]
            private partial Tensor Mix(Tensor x);

        {members}
        """);

    /// <summary>A network with these attribute arguments.</summary>
    public static string Network(string arguments) => $$"""
        {{Usings}}
        namespace Samples;

        [MessagePassingNetwork({{arguments}})]
        internal sealed partial class Network;
        """;
}
