using Basic.Reference.Assemblies;
using E3Gen.Flow.Tests.RandomPrograms.Operations;
using E3Gen.Generator.Flow;
using E3Gen.Generator.Flow.Torch;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Flow.Tests.Rules;

/// <summary>What the analysis claims about the variables of a sample when it ends.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Claims">How each variable transforms of which that is known.</param>
/// <param name="Machine">The interpreter, for the atoms of polynomials.</param>
/// <param name="Words">The rules behind each step, by its variable.</param>
internal sealed record Interpreted(Sample Sample, IReadOnlyDictionary<string, TensorValue> Claims, Machine Machine, ILookup<string, string> Words)
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    /// <summary>Modules that samples use.</summary>
    private static readonly SyntaxTree Layers =
        CSharpSyntaxTree.ParseText(FlowCompiler.Read("Rules/Edges/Layers.cs"), ParseOptions, "Layers.cs");

    private static readonly MetadataReference[] References =
    [
        .. Net100.References.All,
        .. new[] { "TorchSharp", "E3Gen.Runtime", "E3Gen.Kernels", "E3Gen.Attributes", "E3Gen.Algebra" }
            .Select(name => MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, name + ".dll"))),
    ];

    /// <summary>Compiles the samples as methods of one class and follows each.</summary>
    public static IEnumerable<Interpreted> Of(IReadOnlyList<Sample> samples)
    {
        string text = """
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using E3Gen;
            using E3Gen.Flow.Tests.Rules.Edges;
            using TorchSharp;
            using static TorchSharp.torch;

            public static class Samples
            {

            """
            + string.Concat(samples.Select(s => s.Text)) + "    " + Idioms.Members.Replace("\n", "\n    ") + "\n}\n";
        var tree = CSharpSyntaxTree.ParseText(text, ParseOptions, "Samples.cs");
        var compilation = CSharpCompilation.Create("Samples", [tree, Layers], References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var model = compilation.GetSemanticModel(tree);
        var source = new Source(compilation);
        var methods = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().ToDictionary(m => m.Identifier.ValueText);
        foreach (var sample in samples)
        {
            var syntax = methods[sample.Name];
            if (model.GetDiagnostics(syntax.FullSpan).FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } error)
            {
                throw new InvalidOperationException($"{error}\n{sample.Text}");
            }

            yield return Follow(sample, source, model.GetDeclaredSymbol(syntax)!);
        }
    }

    private static Interpreted Follow(Sample sample, Source source, IMethodSymbol method)
    {
        var (machine, _) = Proof.Follow(source, method);

        // What has an effect that is not proven, as a branch that depends on the frame, is an error: nothing is claimed then.
        var claims = machine.Effects.Count > 0 ? new Dictionary<string, TensorValue>() : machine.State.Variables.Where(v => v.Key.Frame == 0)
            .Select(v => (v.Key.Symbol.Name, Claim: machine.Tensor(v.Value))).Where(v => v.Claim is not null).ToDictionary(v => v.Name, v => v.Claim!);
        var words = source.Body(method)!.Descendants().OfType<IVariableDeclaratorOperation>()
            .SelectMany(d => d.Descendants().Select(o => Word(source, o)).OfType<string>().Distinct().Select(w => (d.Symbol.Name, Word: w)))
            .ToLookup(w => w.Name, w => w.Word);
        return new Interpreted(sample, claims, machine, words);
    }

    /// <summary>The rule that an operation of TorchSharp has; null for everything else.</summary>
    private static string? Word(Source source, IOperation operation)
    {
        var called = operation switch
        {
            IInvocationOperation call => call.TargetMethod,
            IBinaryOperation binary => binary.OperatorMethod,
            IUnaryOperation unary => unary.OperatorMethod,
            IPropertyReferenceOperation { Parent: ISimpleAssignmentOperation assignment } property when assignment.Target == property => property.Property.SetMethod,
            IPropertyReferenceOperation property => property.Property.GetMethod,
            IObjectCreationOperation creation => creation.Constructor,
            _ => null,
        };
        return called is null ? null : OperationTable.RuleOf(source.NameOf(called));
    }
}
