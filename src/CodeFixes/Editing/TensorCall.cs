using E3Gen.Generator.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.CodeFixes.Editing;

/// <summary>
/// A function of a tensor, as a method of it (<c>x.relu()</c>) or not (<c>torch.relu(x)</c>, <c>nn.functional.relu(x)</c>).
/// </summary>
/// <param name="Name">Of the function.</param>
/// <param name="Tensor">What it acts on.</param>
internal sealed record TensorCall(string Name, ExpressionSyntax Tensor)
{
    public static TensorCall? Of(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation)
    {
        if (expression is not InvocationExpressionSyntax call
            || model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method
            || !FlowTypes.IsTorch(method)
            || method.Name.EndsWith("_", StringComparison.Ordinal)) // changes the tensor itself, which others may hold
        {
            return null;
        }

        var (type, tensor) = method.IsStatic
            ? (method.Parameters.FirstOrDefault()?.Type, call.ArgumentList.Arguments.FirstOrDefault(a => a.NameColon is null)?.Expression)
            : (method.ContainingType, (call.Expression as MemberAccessExpressionSyntax)?.Expression);
        return type is not null && tensor is not null && FlowTypes.IsTensor(type)
            ? new TensorCall(method.Name, tensor.WithoutTrivia())
            : null;
    }

    /// <summary>A method called on an expression, with parentheses where it needs them.</summary>
    public static ExpressionSyntax On(ExpressionSyntax tensor, string call)
    {
        bool isPrimary = tensor is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax
            or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax or ThisExpressionSyntax;
        string text = tensor.WithoutTrivia().ToString();
        return SyntaxFactory.ParseExpression($"{(isPrimary ? text : $"({text})")}.{call}");
    }
}
