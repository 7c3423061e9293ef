using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Flow.Values;
using E3Gen.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>Lambdas, local functions and methods as values.</summary>
internal sealed partial class Machine
{
    /// <summary>
    /// Each turn of a loop has its own of the variables that are declared in it. Functions of the turns before keep theirs, which has no
    /// name any more: they are lost where the variable gets another value.
    /// </summary>
    private void LoseFunctionsOf(ISymbol variable)
    {
        var all = State.Reach(State.Variables.Values.Concat(State.Objects.Keys.Select(id => (Value)new Reference(id)))).Functions;
        var keepers = all.Where(f => f.Body is { } body
            && Assigned.Bodies(body).SelectMany(b => b.Descendants()).SelectMany(Assigned.Variable)
            .Any(v => SymbolEqualityComparer.Default.Equals(v, variable))).ToList();
        if (keepers.Count == 0)
        {
            return;
        }

        var why = NotKnown(Reasons.NotFollowed(
            keepers[0].Body!.Syntax, "is a function that keeps a variable of a loop, of which there is one for each turn",
            "write a method that takes the value"));
        foreach (var keeper in keepers)
        {
            State = State.Escape(keeper, why).Without(keeper, why);
        }
    }

    /// <summary>Whether there is one of a variable for each turn of a loop.</summary>
    private static bool IsOfTurn(ISymbol variable) =>
        variable is ILocalSymbol && variable.DeclaringSyntaxReferences.Any(r => r.GetSyntax().AncestorsAndSelf()
            .TakeWhile(s => s is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or MemberDeclarationSyntax))
            .Any(s => s is CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax));

    private Value MethodReference(IMethodReferenceOperation method)
    {
        if (method.Instance is IInstanceReferenceOperation { Syntax: BaseExpressionSyntax })
        {
            return NotKnown(method, "is a method of the base class as a delegate, which is not followed", "call it in a lambda");
        }

        var instance = method.Instance is null ? null : Look(Evaluate(method.Instance));
        if (method.Instance is IInstanceReferenceOperation { Syntax: Microsoft.CodeAnalysis.CSharp.Syntax.BaseExpressionSyntax })
        {
            return NotKnown(method, "is a method of the base class as a value, which is not followed", "call it");
        }

        if (method.Method.MethodKind != MethodKind.LocalFunction)
        {
            return new Function(method.Method.GetConstructedReducedFrom() ?? method.Method, null, _frame, instance);
        }

        return new Function(method.Method, _source.Body(method.Method), LocalFrame(method.Method), null);
    }

    /// <summary>The call in which a local function is declared.</summary>
    private Frame LocalFrame(IMethodSymbol function)
    {
        for (var frame = _frame; frame is not null; frame = frame.Around)
        {
            if (SymbolEqualityComparer.Default.Equals(frame.Method, function.ContainingSymbol.OriginalDefinition))
            {
                return frame;
            }
        }

        return _frame;
    }
}
