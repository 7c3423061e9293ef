using System.Text;
using E3Gen.Flow.Tests.RandomPrograms.Operations;

namespace E3Gen.Flow.Tests.RandomPrograms.Language;

/// <summary>What a program states about its result.</summary>
/// <param name="Attribute">As written.</param>
/// <param name="Nature">What that means.</param>
internal sealed record StatedResult(string Attribute, Nature Nature);

/// <summary>A random program: one module in a file.</summary>
internal abstract record RandomProgram
{
    /// <summary>The number under which it is made again from the seed.</summary>
    public required int Index { get; init; }

    public required IReadOnlyList<Argument> Arguments { get; init; }

    public required StatedResult Result { get; init; }

    /// <summary>Body, members and further types.</summary>
    protected abstract (string Body, IEnumerable<string> Members, IEnumerable<string> Types) Parts { get; }

    /// <summary>Programs with something left out.</summary>
    public abstract IEnumerable<RandomProgram> Shorter { get; }

    /// <summary>The name of the namespace of a program in a compilation.</summary>
    public static string NamespaceOf(int place) => $"P{place:D4}";

    /// <summary>The file, as the program at this place of a compilation.</summary>
    public string Source(int place)
    {
        var (body, members, types) = Parts;
        var text = new StringBuilder();
        text.Append($$"""
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using E3Gen;
            using TorchSharp;
            using static TorchSharp.torch;

            namespace {{NamespaceOf(place)}};

            [EquivariantModule]
            public sealed partial class M{{Index}} : nn.Module<{{string.Concat(Arguments.Select(_ => "Tensor, "))}}Tensor>
            {
                [return: {{Result.Attribute}}]
                public override Tensor forward({{string.Join(", ", Arguments.Select(a => $"{a.Attribute} Tensor {a.Name}"))}})
                {

            """);
        text.Append("        ").Append(body).Append("\n    }\n");
        foreach (string member in members.Where(m => m.Length > 0).Append(body.Contains("Gradient(") || members.Concat(types).Any(m => m.Contains("Gradient(")) ? Idioms.Members.Replace("\n", "\n    ") : "").Where(m => m.Length > 0))
        {
            text.Append("\n    ").Append(member).Append('\n');
        }

        text.Append("}\n");
        foreach (string type in types.Where(t => t.Length > 0))
        {
            text.Append('\n').Append(type.Replace("Gradient(", $"M{Index}.Gradient(")).Append('\n');
        }

        return text.ToString();
    }
}
