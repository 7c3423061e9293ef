using E3Gen.Generator.Flow.Values;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules;

/// <summary>Evaluates the polynomials of components that a tensor is claimed to be made of.</summary>
internal static class Polynomials
{
    /// <summary>What is wrong; null where nothing is, or where a component's tensor is no variable.</summary>
    public static string? Mistake(TensorValue claim, Tensor value, IReadOnlyDictionary<int, (TensorValue Claim, Tensor Value)> atoms)
    {
        var written = claim.Written!;
        for (int i = 0; i < written.Entries.Length; i++)
        {
            var actual = written.Axis < 0 ? value : value.select(value.dim() - claim.Axes.Length + written.Axis, i);
            if (Evaluate(written.Entries[i], atoms) is { } expected && !(Fits(expected, actual) && Claim.Distance(expected.expand_as(actual), actual) <= Claim.Tolerance))
            {
                return $"entry {i} is not its polynomial";
            }
        }

        return null;
    }

    private static bool Fits(Tensor expected, Tensor actual) =>
        expected.dim() <= actual.dim() && expected.shape.Reverse().Zip(actual.shape.Reverse()).All(p => p.First == p.Second || p.First == 1);

    private static Tensor? Evaluate(ComponentPolynomial polynomial, IReadOnlyDictionary<int, (TensorValue Claim, Tensor Value)> atoms)
    {
        Tensor sum = tensor(0.0);
        foreach (var term in polynomial.Terms)
        {
            Tensor product = tensor(term.Value);
            foreach (var variable in term.Key.Variables)
            {
                if (!atoms.TryGetValue(variable.Tensor, out var atom))
                {
                    return null;
                }

                // Of a tensor without irreps it depends on the operation which axis was taken apart.
                int axis = atom.Claim.Axes.IndexOf(atom.Claim.Axes.FirstOrDefault(a => a.Turns)!);
                if (axis < 0)
                {
                    return null;
                }

                var component = atom.Value.select(atom.Value.dim() - atom.Claim.Axes.Length + axis, variable.Index);
                if (!Broadcasts(product, component))
                {
                    return null;
                }

                product = product * component;
            }

            if (!Broadcasts(sum, product))
            {
                return null;
            }

            sum = sum + product;
        }

        return sum;
    }

    private static bool Broadcasts(Tensor a, Tensor b) => a.shape.Reverse().Zip(b.shape.Reverse()).All(p => p.First == p.Second || p.First == 1 || p.Second == 1);
}
