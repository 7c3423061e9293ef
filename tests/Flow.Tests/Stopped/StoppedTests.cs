namespace E3Gen.Flow.Tests.Stopped;

/// <summary>Each piece of code stands in a module of its own; all are analysed at once.</summary>
public sealed class StoppedModules
{
    private const string Library = """
        using TorchSharp;

        namespace Library;

        public static class Functions
        {
            public static readonly torch.Tensor Scale = torch.ones(1);

            public static torch.Tensor Any(torch.Tensor x) => x;
        }
        """;

    public StoppedModules() =>
        Compiled = FlowCompiler.Analyze([.. Stops.All.Select((s, i) => Whole(s, i).Source)], FlowCompiler.Analyze([Library]).Image());

    public Compiled Compiled { get; }

    /// <summary>The source, and where the diagnostic must stand in it.</summary>
    public static (string Source, int Start, int Length) Whole(Stop stop, int number)
    {
        string marked = $$"""
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using System.Threading;
            using System.Threading.Tasks;
            using E3Gen;
            using Library;
            using TorchSharp;
            using TorchSharp.Modules;
            using static TorchSharp.torch;

            namespace Stopped{{number:D3}};

            public class Base
            {
                public virtual Tensor Any(Tensor x) => x;
            }

            public sealed class Holder
            {
                public Tensor Value { get; set; } = torch.zeros(1, 20);
            }

            [EquivariantModule]
            public sealed partial class Sample : nn.Module<Tensor, Tensor>
            {
                private const string X = "8x0e + 4x1o";

                [return: Irreps(X)]
                public override Tensor forward([Irreps(X)] Tensor x) => Mix(x);

                [Linear(X, X)]
                private partial Tensor Mix(Tensor x);

                [Linear("4x0e + 2x1o", X)]
                private partial Tensor Grow(Tensor x);

                {{stop.Members}}
            }

            {{stop.Types}}
            """;
        int open = marked.IndexOf("[|", StringComparison.Ordinal), close = marked.IndexOf("|]", StringComparison.Ordinal) - 2;
        return (marked.Replace("[|", "").Replace("|]", ""), open, close - open);
    }
}

public sealed class StoppedTests(StoppedModules stopped) : IClassFixture<StoppedModules>
{
    public static IEnumerable<object[]> Numbers => Stops.All.Select((s, i) => new object[] { i, s.ToString() });

    /// <summary>Otherwise the compiler would stop it, and not what is tested. What the generator writes is missing here.</summary>
    [Fact]
    public void TheCompilerSeesNothing()
    {
        string[] missing = ["CS8795", "CS7036", "CS1729"];
        var errors = stopped.Compiled.Errors.Where(d => !missing.Contains(d.Id)).Select(d => d.ToString()).ToList();
        Assert.True(errors.Count == 0, string.Join("\n", errors));
    }

    [Fact]
    public void EachHasItsOwnName() => Assert.Distinct(Stops.All.Select(s => s.Name));

    [Theory]
    [MemberData(nameof(Numbers))]
    public void IsNotProven(int number, string name)
    {
        var stop = Stops.All[number];
        var (source, start, length) = StoppedModules.Whole(stop, number);
        var complaints = stopped.Compiled.Complaints.Where(d => d.Location.SourceTree?.FilePath == FlowCompiler.PathOf(number)).ToList();
        string expected = $"{stop.Id} '{source.Substring(start, length)}' at {start}   ";
        string actual = string.Join("\n", complaints.Select(d => $"{d.Id} '{source.Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length)}' at {d.Location.SourceSpan.Start}   {d.GetMessage()}"));
        Assert.True(complaints.Count == 1 && actual.StartsWith(expected, StringComparison.Ordinal), $"'{name}'\nExpected\n{expected}\nbut reported was\n{actual}");
        Assert.Contains(stop.Message, complaints[0].GetMessage());
    }
}
