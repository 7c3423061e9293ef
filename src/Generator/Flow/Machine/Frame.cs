using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>
/// One call of a method, lambda or local function, with its own variables; captured variables belong to the call in which it was created.
/// </summary>
/// <param name="Method">What is called.</param>
/// <param name="Number">Distinguishes calls of the same method.</param>
/// <param name="Around">The call that a lambda or local function was made in.</param>
/// <param name="Instance">The object that 'this' is.</param>
/// <param name="CalledAt">The call in the code that calls it; null for the method that the analysis began with.</param>
/// <param name="Caller">The call that it was called from.</param>
internal sealed record Frame(IMethodSymbol Method, int Number, Frame? Around, Values.Value? Instance, SyntaxNode? CalledAt, Frame? Caller)
{
    /// <summary>The call that a variable belongs to.</summary>
    public Frame Of(ISymbol variable)
    {
        for (var frame = this; frame is not null; frame = frame.Around)
        {
            if (SymbolEqualityComparer.Default.Equals(frame.Method, variable.ContainingSymbol.OriginalDefinition))
            {
                return frame;
            }
        }

        return this;
    }

    /// <summary>Whether a method is being followed already: recursion is not.</summary>
    public bool Follows(IMethodSymbol method)
    {
        for (var frame = this; frame is not null; frame = frame.Caller)
        {
            if (SymbolEqualityComparer.Default.Equals(frame.Method.OriginalDefinition, method.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }

    public int Depth
    {
        get
        {
            int depth = 0;
            for (var frame = Caller; frame is not null; frame = frame.Caller)
            {
                depth++;
            }

            return depth;
        }
    }

    public bool Equals(Frame? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Number;
}
