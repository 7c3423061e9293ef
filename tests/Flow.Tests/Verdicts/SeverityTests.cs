using Microsoft.CodeAnalysis;

namespace E3Gen.Flow.Tests.Verdicts;

/// <summary>What guards the promise cannot be turned off for a project; a pragma in the code is one more place that says who vouches for it.</summary>
public sealed class SeverityTests
{
    private const string Source = """
        using E3Gen;
        using TorchSharp;
        using static TorchSharp.torch;

        [EquivariantModule]
        public sealed partial class Sample : nn.Module<Tensor, Tensor>
        {
            [return: Irreps("1o")]
            public override Tensor forward([Irreps("1o")] Tensor x) => x.relu();
        }
        """;

    [Theory]
    [InlineData(ReportDiagnostic.Suppress)]
    [InlineData(ReportDiagnostic.Info)]
    [InlineData(ReportDiagnostic.Warn)]
    public void Options_of_a_project_do_not_lower_it(ReportDiagnostic severity)
    {
        var diagnostic = Assert.Single(FlowCompiler.Analyze(Source, "E3G0501", severity).Complaints);
        Assert.Equal(("E3G0501", DiagnosticSeverity.Error), (diagnostic.Id, diagnostic.Severity));
    }

    [Fact]
    public void Every_rule_of_the_proof_is_an_error_that_cannot_be_configured()
    {
        var rules = new E3Gen.Generator.Flow.FlowAnalyzer().SupportedDiagnostics.Where(d => d.Id.StartsWith("E3G05", StringComparison.Ordinal) && d.Id is not ("E3G0509" or "E3G0511")).ToList();
        Assert.NotEmpty(rules);
        Assert.All(rules, r => Assert.Equal((DiagnosticSeverity.Error, true), (r.DefaultSeverity, r.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable))));
    }
}
