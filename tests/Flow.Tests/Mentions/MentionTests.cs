using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace E3Gen.Flow.Tests.Mentions;

/// <summary>Only code that mentions something annotated is looked at: also where the language lets it do so without its name.</summary>
public class MentionTests
{
    private const string Library = """
        using System;
        using System.Collections;
        using E3Gen;
        using TorchSharp;
        using static TorchSharp.torch;

        namespace Library;

        public static class Functions
        {
            public static void Take([Irreps("0e")] Tensor x) { }
            public static Tensor Select([Irreps("0e")] this Tensor x, Func<Tensor, Tensor> selector) => selector(x);
        }

        public class Holder([Irreps("0e")] Tensor x)
        {
            [Irreps("0e")] public Tensor? Field;
            [Irreps("0e")] public Tensor? Property { get; set; }
            [Irreps("0e")] public Tensor this[int index] { get => x; set { } }
        }

        public class Bag : IEnumerable
        {
            public void Add([Irreps("0e")] Tensor x) { }
            public IEnumerator GetEnumerator() => throw new NotSupportedException();
        }

        public class Module() : nn.Module<Tensor, Tensor>("Module")
        {
            public override Tensor forward([Irreps("0e")] Tensor x) => x;
        }
        """;

    private static readonly string[] Uses =
    [
        "public void Use(Tensor v) => Functions.Take(v.AssumeIrreps(\"1o\"));",
        "public void Use(Tensor v) => Functions.T\\u0061ke(v.AssumeIrreps(\"1o\"));",
        "public void Use(Tensor v) { Functions.Take(x: v.AssumeIrreps(\"1o\")); }",
        "public Tensor Use(Tensor v) => from x in v.AssumeIrreps(\"1o\") select x;",
        "public Holder Use(Tensor v) => new Holder(v.AssumeIrreps(\"1o\"));",
        "public Holder Use(Tensor v) => new(v.AssumeIrreps(\"1o\"));",
        "public object Use(Tensor v) => new Alias(v.AssumeIrreps(\"1o\"));",
        "public Holder Property { get { return new(torch.ones(1).AssumeIrreps(\"1o\")); } }",
        "public Holder Property => new(torch.ones(1).AssumeIrreps(\"1o\"));",
        "private sealed class Derived : Holder { public Derived(Tensor v) : base(v.AssumeIrreps(\"1o\")) { } }",
        "public void Use(Holder holder, Tensor v) => holder.Field = v.AssumeIrreps(\"1o\");",
        "public void Use(Holder holder, Tensor v) => holder.Property = v.AssumeIrreps(\"1o\");",
        "public void Use(Holder holder, Tensor v) => holder[0] = v.AssumeIrreps(\"1o\");",
        "public Bag Use(Tensor v) => new Bag { v.AssumeIrreps(\"1o\") };",
        "public Tensor Use(Module module, Tensor v) => module.call(v.AssumeIrreps(\"1o\"));",
        "public void Use(Tensor v) { Local(); [return: Irreps(\"0e\")] Tensor Local() => v.AssumeIrreps(\"1o\"); }",
        "[field: Irreps(\"0e\")] public Tensor Value { get; set => field = value.AssumeIrreps(\"1o\"); } = torch.ones(1);",
    ];

    [Fact]
    public void In_the_same_project() => CheckAll(FlowCompiler.Analyze([.. Users, Library]));

    [Fact]
    public void In_a_project_beside() => CheckAll(FlowCompiler.Analyze([.. Users], FlowCompiler.Analyze([Library]).Output.ToMetadataReference()));

    [Fact]
    public void In_a_compiled_library() => CheckAll(FlowCompiler.Analyze([.. Users], FlowCompiler.Analyze([Library]).Image()));

    /// <summary>It uses our words, but states nothing: its table of attributes has nothing to look for.</summary>
    [Fact]
    public void Beside_a_compiled_library_that_states_nothing()
    {
        var silent = FlowCompiler.Analyze(["namespace Silent; public static class Orders { public static E3Gen.Layout Usual => E3Gen.Layout.IrMul; }"]);
        CheckAll(FlowCompiler.Analyze([.. Users], FlowCompiler.Analyze([Library]).Image(), silent.Image()));
    }

    [Theory]
    [InlineData("0e", "0e", 1)]
    [InlineData("0e", "@Mix", 1)]
    [InlineData("zero", "@Mix", 0)] // reported there
    public void A_module_of_a_project_beside(string output, string stated, int complaints)
    {
        string module = $$"""
            using E3Gen;
            using TorchSharp;
            using static TorchSharp.torch;

            namespace Library;

            [EquivariantModule]
            public partial class Functions : nn.Module
            {
                [Linear("0e", "{{output}}")]
                public partial Tensor Mix(Tensor x);

                public void Take([Irreps("{{stated}}")] Tensor x) { }
            }

            public class Holder;
            """;
        var compiled = FlowCompiler.Analyze(
            [User("public void Use(Functions functions, Tensor v) => functions.Take(v.AssumeIrreps(\"1o\"));")],
            FlowCompiler.Compile(module).Output.ToMetadataReference());
        Assert.Equal(complaints, compiled.Complaints.Count());
    }

    /// <summary>By itself: beside a delegate that states irreps every call is looked at, and no other use could fail.</summary>
    [Fact]
    public void A_delegate()
    {
        string member = "public delegate void Taker([Irreps(\"0e\")] Tensor x); public void Use(Taker taker, Tensor v) => taker(v.AssumeIrreps(\"1o\"));";
        Assert.Equal(["E3G0401"], FlowCompiler.Analyze([Library, User(member)]).Complaints.Select(d => d.Id));
    }

    [Fact]
    public void Under_another_name_of_the_attribute() =>
        CheckAll(FlowCompiler.Analyze([.. Users, "global using Carries = E3Gen.IrrepsAttribute;", Library.Replace("[Irreps(", "[Carries(")]));

    [Fact]
    public void In_statements_without_a_method()
    {
        var compiled = FlowCompiler.Analyze([Library, "using E3Gen; using TorchSharp; Library.Functions.Take(torch.ones(3).AssumeIrreps(\"1o\"));"]);
        Assert.Equal(["E3G0401"], compiled.Complaints.Select(d => d.Id));
    }

    private static IEnumerable<string> Users => Uses.Select(User);

    private static string User(string member, int number = 0) => $$"""
        using E3Gen;
        using Library;
        using TorchSharp;
        using static TorchSharp.torch;
        using Alias = Library.Holder;

        namespace Using{{number}};

        public sealed class User
        {
            {{member}}
        }
        """;

    /// <summary>Each use is wrong, and is found to be.</summary>
    private static void CheckAll(Compiled compiled)
    {
        Assert.Equal([], compiled.Errors.Select(d => d.ToString()));
        var found = compiled.Complaints.ToLookup(d => d.Location.SourceTree?.FilePath, d => d.Id);
        Assert.All(Uses.Select((use, i) => (use, i)), u => Assert.Contains(Assert.Single(found[FlowCompiler.PathOf(u.i)]), new[] { "E3G0401", "E3G0402", "E3G0403" }));
    }
}
