namespace E3Gen.CodeFixes.Tests.Support;

/// <summary>Sources around what a test is about.</summary>
internal static class Sample
{
    public const string Usings = """
        using E3Gen;
        using TorchSharp;
        using static TorchSharp.torch;


        """;

    /// <summary>A module with these members.</summary>
    public static string Module(string members) => $$"""
        {{Usings}}[EquivariantModule]
        internal sealed partial class Sample : nn.Module
        {
        {{members}}
        }
        """;

    /// <summary>A module with a linear map between these two expressions.</summary>
    public static string Linear(string input, string output, string members = "") => Module($"""
            [Linear({input}, {output})]
            private partial Tensor Mix(Tensor x);
        {members}
        """);
}
