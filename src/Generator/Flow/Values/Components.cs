using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow.Values;

/// <summary>A tensor that was written out by components, as cross products by hand are: each entry of one axis is a polynomial of components of other tensors.</summary>
/// <param name="Entries">The polynomials, one for each entry.</param>
/// <param name="Axis">The axis that they lie along; −1 where it was dropped, and there is one entry.</param>
/// <param name="Of">The irreps of the tensor that was taken apart, for messages.</param>
/// <param name="Because">What to say where they do not make irreps again.</param>
internal sealed record Components(ImmutableArray<ComponentPolynomial> Entries, int Axis, string Of, Finding Because)
{
    public bool Equals(Components? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Entries.Length;
}

/// <summary>One number at each position of a tensor that polynomials are written in: a component of it.</summary>
/// <param name="Tensor">The identity of the tensor's value.</param>
/// <param name="Index">Which component.</param>
internal readonly record struct Variable(int Tensor, int Index);

/// <summary>A polynomial of components with real coefficients.</summary>
internal sealed class ComponentPolynomial
{
    /// <summary>More terms than this are not followed.</summary>
    public const int MostTerms = 4096;

    private const int HighestDegree = 6;

    private ComponentPolynomial(IReadOnlyDictionary<ComponentProduct, double> terms) => Terms = terms;

    public static ComponentPolynomial Zero { get; } = new(new Dictionary<ComponentProduct, double>());

    public IReadOnlyDictionary<ComponentProduct, double> Terms { get; }

    public static ComponentPolynomial Of(Variable variable) => new(new Dictionary<ComponentProduct, double> { [new ComponentProduct([variable])] = 1 });

    public static ComponentPolynomial Of(double number) => number == 0 ? Zero : new(new Dictionary<ComponentProduct, double> { [new ComponentProduct([])] = number });

    /// <summary>a + factor · b; null where it is too long.</summary>
    public static ComponentPolynomial? Sum(ComponentPolynomial a, ComponentPolynomial b, double factor = 1)
    {
        var terms = a.Terms.ToDictionary(t => t.Key, t => t.Value);
        foreach (var term in b.Terms)
        {
            terms.TryGetValue(term.Key, out double before);
            double sum = before + (factor * term.Value);
            if (sum == 0)
            {
                terms.Remove(term.Key);
            }
            else
            {
                terms[term.Key] = sum;
            }
        }

        return terms.Count > MostTerms ? null : new(terms);
    }

    /// <summary>a · b; null where it is too long or of too high a degree.</summary>
    public static ComponentPolynomial? Product(ComponentPolynomial a, ComponentPolynomial b)
    {
        if ((long)a.Terms.Count * b.Terms.Count > MostTerms)
        {
            return null;
        }

        var terms = new Dictionary<ComponentProduct, double>();
        foreach (var x in a.Terms)
        {
            foreach (var y in b.Terms)
            {
                var key = new ComponentProduct([.. x.Key.Variables.Concat(y.Key.Variables).OrderBy(v => v.Tensor).ThenBy(v => v.Index)]);
                if (key.Variables.Length > HighestDegree)
                {
                    return null;
                }

                terms.TryGetValue(key, out double before);
                terms[key] = before + (x.Value * y.Value);
            }
        }

        return new(terms.Where(t => t.Value != 0).ToDictionary(t => t.Key, t => t.Value));
    }

    /// <summary>The same polynomial of other variables.</summary>
    public ComponentPolynomial Rename(Func<int, int> tensor) => new(Terms.ToDictionary(
        t => new ComponentProduct([.. t.Key.Variables.Select(v => v with { Tensor = tensor(v.Tensor) }).OrderBy(v => v.Tensor).ThenBy(v => v.Index)]), t => t.Value));
}

/// <summary>A product of components, in a fixed order.</summary>
internal readonly struct ComponentProduct(ImmutableArray<Variable> variables) : IEquatable<ComponentProduct>
{
    public ImmutableArray<Variable> Variables { get; } = variables;

    public bool Equals(ComponentProduct other) => Variables.SequenceEqual(other.Variables);

    public override bool Equals(object? obj) => obj is ComponentProduct other && Equals(other);

    public override int GetHashCode() => Variables.Aggregate(17, (hash, v) => unchecked((hash * 31) + v.GetHashCode()));
}
