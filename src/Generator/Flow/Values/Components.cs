using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Flow.Values;

/// <summary>
/// A tensor written out by components, such as a hand-written cross product:
/// each entry of one axis is a polynomial in components of other tensors.
/// </summary>
/// <param name="Entries">The polynomials, one for each entry.</param>
/// <param name="Axis">The axis that they lie along; −1 where it was dropped, and there is one entry.</param>
/// <param name="Of">The irreps of the tensor that was taken apart, for messages.</param>
/// <param name="Because">What to say where they do not make irreps again.</param>
internal sealed record Components(ImmutableArray<ComponentPolynomial> Entries, int Axis, string Of, Finding Because)
{
    /// <summary>
    /// The sum over the axes <see cref="Along"/>, which are kept with one entry: the inner product for products of the components of two tensors,
    /// the trace for a matrix diagonal. Then there are no polynomials, and nothing else is known of the entries.
    /// </summary>
    public TensorValue? Sum { get; init; }

    public ImmutableArray<int> Along { get; init; } = [];

    /// <summary>A tensor of whose entries only the sum is known.</summary>
    public static TensorValue Summands(TensorValue x, TensorValue sum, ImmutableArray<int> along, Finding because) =>
        x with { Written = new Components([], -1, sum.ToString(), because) { Sum = sum, Along = along } };

    public bool Equals(Components? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Entries.Length;
}

/// <summary>One number at each position of a tensor that polynomials are written in: a component of it.</summary>
/// <param name="Tensor">The identity of the tensor's value.</param>
/// <param name="Index">Which component.</param>
internal readonly record struct Variable(int Tensor, int Index);

/// <summary>A polynomial of components, with coefficients that are not rounded.</summary>
internal sealed class ComponentPolynomial
{
    /// <summary>More terms than this are not followed.</summary>
    public const int MostTerms = 4096;

    private const int HighestDegree = 6;

    private ComponentPolynomial(IReadOnlyDictionary<ComponentProduct, Exact> terms) => Terms = terms;

    public static ComponentPolynomial Zero { get; } = new(new Dictionary<ComponentProduct, Exact>());

    public IReadOnlyDictionary<ComponentProduct, Exact> Terms { get; }

    public static ComponentPolynomial Of(Variable variable) =>
        new(new Dictionary<ComponentProduct, Exact> { [new ComponentProduct([variable])] = Exact.One });

    /// <summary>The polynomial times a number; null where the number is too long.</summary>
    public ComponentPolynomial? Times(Exact number)
    {
        if (number.IsZero)
        {
            return Zero;
        }

        var terms = Terms.ToDictionary(t => t.Key, t => t.Value * number);
        return terms.Values.Any(v => v.IsTooLong) ? null : new(terms);
    }

    /// <summary>a + factor · b; null where it is too long.</summary>
    public static ComponentPolynomial? Sum(ComponentPolynomial a, ComponentPolynomial b, Exact factor)
    {
        var terms = a.Terms.ToDictionary(t => t.Key, t => t.Value);
        foreach (var term in b.Terms)
        {
            terms.TryGetValue(term.Key, out var before);
            var sum = before + (factor * term.Value);
            if (sum.IsTooLong)
            {
                return null;
            }

            if (sum.IsZero)
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

        var terms = new Dictionary<ComponentProduct, Exact>();
        foreach (var x in a.Terms)
        {
            foreach (var y in b.Terms)
            {
                var key = ComponentProduct.Of(x.Key.Variables.Concat(y.Key.Variables));
                if (key.Variables.Length > HighestDegree)
                {
                    return null;
                }

                terms.TryGetValue(key, out var before);
                terms[key] = before + (x.Value * y.Value);
                if (terms[key].IsTooLong)
                {
                    return null;
                }
            }
        }

        return new(terms.Where(t => !t.Value.IsZero).ToDictionary(t => t.Key, t => t.Value));
    }

    /// <summary>The same polynomial of other variables.</summary>
    public ComponentPolynomial Rename(Func<int, int> tensor) => new(Terms.ToDictionary(
        t => ComponentProduct.Of(t.Key.Variables.Select(v => v with { Tensor = tensor(v.Tensor) })), t => t.Value));
}

/// <summary>A product of components, in a fixed order.</summary>
internal readonly struct ComponentProduct(ImmutableArray<Variable> variables) : IEquatable<ComponentProduct>
{
    public ImmutableArray<Variable> Variables { get; } = variables;

    public static ComponentProduct Of(IEnumerable<Variable> variables) => new([.. variables.OrderBy(v => v.Tensor).ThenBy(v => v.Index)]);

    public bool Equals(ComponentProduct other) => Variables.SequenceEqual(other.Variables);

    public override bool Equals(object? obj) => obj is ComponentProduct other && Equals(other);

    public override int GetHashCode() => Variables.Aggregate(17, (hash, v) => unchecked((hash * 31) + v.GetHashCode()));
}
