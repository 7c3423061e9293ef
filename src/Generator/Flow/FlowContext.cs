using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>What all passes over one method share: what is declared, which variables can be followed, and what was found.</summary>
internal sealed class FlowContext(
    Annotations annotations, IMethodSymbol method, IOperation body, bool isChecked, Action<Diagnostic> report, CancellationToken cancellation, HelperMethods? helpers = null)
{
    private readonly HashSet<(string Id, SyntaxNode At)> _reported = [];
    private readonly List<Finding> _findings = [];
    private readonly List<string> _assumed = [];
    private SyntaxNode? _doubt;

    public Annotations Annotations { get; } = annotations;

    public Variables Variables { get; } = new(body);

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Lambdas and methods that delegates hold which are never assigned again, with the graph that the lambda belongs to.</summary>
    public Dictionary<ISymbol, (ControlFlowGraph Graph, IOperation Target)> Delegates { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Local functions and the graph that they are declared in.</summary>
    public Dictionary<ISymbol, ControlFlowGraph> LocalFunctions { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Methods without annotations that are followed into.</summary>
    public HelperMethods Helpers { get; } = helpers ?? new(body.SemanticModel);

    /// <summary>Whether the class is one whose equivariance is checked.</summary>
    public bool IsChecked { get; } = isChecked;

    /// <summary>What was reported.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The first expression whose irreps are not proven.</summary>
    public SyntaxNode? Doubted => _doubt;

    /// <summary>Weights that are taken to be invariant.</summary>
    public IReadOnlyList<string> Assumed => _assumed;

    /// <summary>Reports something once, however often the code was walked. Rules of equivariance hold in checked classes, outside of AssumeIrreps.</summary>
    public void Report(Finding finding)
    {
        bool equivariance = finding.Rule.Category == EquivarianceRules.CannotVerify.Category;
        if (equivariance && (!IsChecked || IsAssumed(finding.At)))
        {
            return;
        }

        if (_reported.Add((finding.Rule.Id, finding.At)))
        {
            _findings.Add(finding);
            report(finding.ToDiagnostic());
        }
    }

    /// <summary>Notes an expression whose irreps are not proven.</summary>
    public void Doubt(SyntaxNode at) => _doubt ??= IsAssumed(at) ? null : at;

    /// <summary>Notes weights of which nothing is known: they are taken to be invariant.</summary>
    public void Assume(string weights)
    {
        if (!_assumed.Contains(weights))
        {
            _assumed.Add(weights);
        }
    }

    /// <summary>Says of an annotated forward whether it was proven to be equivariant, unless something was reported in it.</summary>
    public void ReportVerdict()
    {
        if (!IsChecked || method.Name != "forward" || Annotations.Result(method) is null || WellKnown.IsGenerated(method) || _reported.Count > 0)
        {
            return;
        }

        string name = method.ContainingType.Name;
        report(_doubt is null
            ? Diagnostic.Create(EquivarianceRules.Verified, method.Locations[0], name, _assumed.Count == 0 ? "" : $", given that {string.Join(", ", _assumed)} is invariant")
            : Diagnostic.Create(EquivarianceRules.NotVerified, method.Locations[0], [_doubt.GetLocation()], name, ExpressionText.Of(_doubt)));
    }

    private static bool IsAssumed(SyntaxNode at) => at.AncestorsAndSelf().OfType<InvocationExpressionSyntax>().Any(i => i != at && Assumption.IsCall(i));
}

/// <summary>How expressions are quoted in messages.</summary>
internal static class ExpressionText
{
    /// <summary>The text of an expression on one line, shortened where it is long.</summary>
    public static string Of(SyntaxNode node)
    {
        string text = string.Join(" ", node.ToString().Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 40 ? text : text.Substring(0, 39) + "…";
    }
}
