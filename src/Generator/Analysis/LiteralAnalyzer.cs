using System.Collections.Immutable;
using System.Reflection;
using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace E3Gen.Generator.Analysis;

/// <summary>
/// Checks the irreps strings inside method bodies: of AssumeIrreps, and of [Irreps] on local functions and lambdas (E3G01xx). Lists the assumptions of AssumeIrreps (E3G0511).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LiteralAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. typeof(IrrepsRules).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (DiagnosticDescriptor)f.GetValue(null)!), EquivarianceRules.Assumed];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);

        // Not operations: to offer one, the compiler would have to bind every body.
        context.RegisterSyntaxNodeAction(AnalyzeCall, SyntaxKind.InvocationExpression);
        context.RegisterSyntaxNodeAction(
            AnalyzeFunction,
            SyntaxKind.LocalFunctionStatement, SyntaxKind.ParenthesizedLambdaExpression, SyntaxKind.SimpleLambdaExpression, SyntaxKind.AnonymousMethodExpression);
    }

    private static void AnalyzeCall(SyntaxNodeAnalysisContext context)
    {
        if (!Assumption.IsCall((InvocationExpressionSyntax)context.Node)
            || context.SemanticModel.GetOperation(context.Node, context.CancellationToken) is not IInvocationOperation call
            || call.TargetMethod is not { Name: Assumption.Method, ContainingType.Name: "IrrepsAssumption" })
        {
            return;
        }

        Listed(context, call);
        var argument = call.Arguments.FirstOrDefault(a => a.Parameter?.Name == "irreps")?.Value;
        if (argument is { ConstantValue: { HasValue: true, Value: string value }, Syntax: ExpressionSyntax expression })
        {
            var text = new StringArgument(value, expression, context.Compilation, context.CancellationToken);
            IrrepsReader.Read(text, NotHere, Report);

            Irreps? NotHere(string reference, TextSpan span)
            {
                Report(IrrepsRules.UnexpectedText, text.Locate(span, intoConstants: true), $"'@{reference}' has no meaning here: AssumeIrreps reads its irreps at run time; write them out");
                return null;
            }
        }

        void Report(DiagnosticDescriptor rule, Location location, params object[] arguments) => context.ReportDiagnostic(Suggestion.Report(rule, location, arguments));
    }

    /// <summary>Lists all assumptions of a project, in any class, for its reviewers.</summary>
    private static void Listed(SyntaxNodeAnalysisContext context, IInvocationOperation call)
    {
        IOperation? Given(string parameter) => call.Arguments.FirstOrDefault(a => a.Parameter?.Name == parameter)?.Value;
        string tensor = Given("x") is { } x ? ExpressionText.Of(x.Syntax) : "it", irreps = Given("irreps")?.ConstantValue is { HasValue: true, Value: string text } ? text : "what it says";
        var name = ((InvocationExpressionSyntax)context.Node).Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            MemberBindingExpressionSyntax binding => binding.Name,
            var expression => expression,
        };
        context.ReportDiagnostic(Diagnostic.Create(EquivarianceRules.Assumed, name.GetLocation(), $"that '{tensor}' is {irreps}"));
    }

    private static void AnalyzeFunction(SyntaxNodeAnalysisContext context)
    {
        if (!context.Node.DescendantNodes(n => n is not (BlockSyntax or ArrowExpressionClauseSyntax)).Any(n => n is AttributeListSyntax)
            || Function(context) is not { } function)
        {
            return;
        }

        var attributes = function.GetReturnTypeAttributes().Concat(function.Parameters.SelectMany(p => p.GetAttributes()));
        foreach (var data in attributes.Where(a => WellKnown.Is<IrrepsAttribute>(a.AttributeClass)))
        {
            if (new AttributeReader(data, context.Compilation, context.CancellationToken).String("irreps") is { } text && function.ContainingType is { } type)
            {
                AnnotationParser.Check(text, type, (rule, location, arguments) => context.ReportDiagnostic(Suggestion.Report(rule, location, arguments)));
            }
        }
    }

    private static IMethodSymbol? Function(SyntaxNodeAnalysisContext context) => (context.Node is LocalFunctionStatementSyntax
        ? context.SemanticModel.GetDeclaredSymbol(context.Node, context.CancellationToken)
        : context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken).Symbol) as IMethodSymbol;
}
