using E3Gen.Generator.Flow;
using E3Gen.Generator.Flow.Values;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules;

/// <summary>Evaluates the polynomials of components that tensors are claimed to be made of.</summary>
internal sealed class Polynomials
{
    private readonly Dictionary<int, Origin> _origins = [];

    /// <param name="machine">The interpreter, for the names of components.</param>
    /// <param name="variables">What is claimed of variables, and their values.</param>
    public Polynomials(Machine machine, IEnumerable<(TensorValue Claim, Tensor Value)> variables)
    {
        var known = variables.DistinctBy(v => v.Claim.Identity)
            .ToDictionary(v => v.Claim.Identity, v => (v.Claim, v.Value.detach().to(ScalarType.Float64)));
        foreach (var ((identity, axis), number) in machine.Named.Where(n => known.ContainsKey(n.Key.Identity)))
        {
            var (claim, value) = known[identity];
            _origins[number] = new Origin(value, axis < 0 ? null : claim.Axes.Length - 1 - axis, false) { Columns = machine.Atoms[number].Columns?.Dim };
        }

        foreach (var ((atom, place, added), number) in machine.Renamed)
        {
            if (!added && _origins.TryGetValue(atom, out var origin) && origin.Place == place && !origin.IsDropped)
            {
                _origins[number] = origin with { IsDropped = true };
            }
        }
    }

    /// <summary>What is wrong; null where nothing is, or where names were made anew, as they are when rows move.</summary>
    public string? Mistake(TensorValue claim, Tensor value)
    {
        var written = claim.Written!;
        int? place = written.Axis < 0 ? null : claim.Axes.Length - 1 - written.Axis;
        value = value.detach().to(ScalarType.Float64);
        for (int i = 0; i < written.Entries.Length; i++)
        {
            var actual = place is { } p ? value.select(value.dim() - 1 - p, i) : value;
            if (Evaluate(written.Entries[i], place) is { } expected
                && !(Fits(expected, actual) && Claim.Distance(expected.expand_as(actual), actual) <= Claim.Tolerance))
            {
                return $"entry {i} is not its polynomial";
            }
        }

        return null;
    }

    private static bool Fits(Tensor expected, Tensor actual) =>
        expected.dim() <= actual.dim()
        && expected.shape.Reverse().Zip(actual.shape.Reverse()).All(p => p.First == p.Second || p.First == 1);

    private Tensor? Evaluate(ComponentPolynomial polynomial, int? place)
    {
        Tensor sum = tensor(0.0);
        foreach (var term in polynomial.Terms)
        {
            Tensor product = tensor(term.Value.ToDouble());
            foreach (var variable in term.Key.Variables)
            {
                if (Component(variable, place) is not { } component || !Broadcasts(product, component))
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

    /// <summary>A component, without the axis along which the polynomials lie.</summary>
    private Tensor? Component(Variable variable, int? place)
    {
        if (!_origins.TryGetValue(variable.Tensor, out var origin))
        {
            return null;
        }

        Tensor x = origin.Value;
        if (origin.Place is { } own)
        {
            long axis = x.dim() - 1 - own;
            x = origin.Columns is { } columns ? x.select(axis, variable.Index / columns).select(axis, variable.Index % columns) : x.select(axis, variable.Index);
            if (!origin.IsDropped)
            {
                return own == place ? x : null;
            }
        }

        if (place is not { } p || x.dim() <= p)
        {
            return x;
        }

        int at = (int)x.dim() - 1 - p;
        return x.size(at) == 1 ? x.select(at, 0) : null;
    }

    private static bool Broadcasts(Tensor a, Tensor b) =>
        a.shape.Reverse().Zip(b.shape.Reverse()).All(p => p.First == p.Second || p.First == 1 || p.Second == 1);

    /// <summary>What a variable is a component of.</summary>
    /// <param name="Value">The tensor.</param>
    /// <param name="Place">The axis, counted from the last, which is 0; null where the tensor is one number at each place.</param>
    /// <param name="IsDropped">Whether the axis was dropped: what stands in front of it was laid over other axes since.</param>
    private sealed record Origin(Tensor Value, int? Place, bool IsDropped)
    {
        /// <summary>How many entries the next axis has that was taken apart together with this one.</summary>
        public int? Columns { get; init; }
    }
}
