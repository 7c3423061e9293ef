using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Networks;
using E3Gen.Generator.Operations;
using E3Gen.Polynomials;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Potentials;

/// <summary>Reads a [NequIP] class.</summary>
internal sealed class NequipParser(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    : PotentialParser(type, typeof(NequIPAttribute), compilation, cancellation)
{
    protected override PotentialModel? Read()
    {
        int count = Options.Integer(nameof(NequIPAttribute.Layers), 4, 1, 100);
        int degree = Options.Integer(nameof(NequIPAttribute.Degree), 1, 0, MostDegree);
        int features = Options.Integer(nameof(NequIPAttribute.Features), 32, 1, 65536);
        bool hasParity = Attribute.Get(nameof(NequIPAttribute.Parity), true);
        var scalars = Options.Enum(nameof(NequIPAttribute.EvenScalars), ActivationFunction.Silu);
        var gates = Attribute.Has(nameof(NequIPAttribute.EvenGates)) ? Options.Enum(nameof(NequIPAttribute.EvenGates), scalars) : scalars;
        var constants = Options.Enum(nameof(NequIPAttribute.Constants), MomentConstants.E3nn);
        int neurons = Width(nameof(NequIPAttribute.RadialNeurons), 64), radialLayers = Options.Integer(nameof(NequIPAttribute.RadialLayers), 2, 0, 100);
        var radial = new RadialModel(
            Options.Integer(nameof(NequIPAttribute.NumberOfBasis), 8, 1, 1000),
            Options.Integer(nameof(NequIPAttribute.CutoffPower), 6, 2, 100),
            Enumerable.Repeat(neurons, radialLayers).ToEquatable(),
            scalars,
            DistanceTransform.None);
        Options.CheckUsed(nameof(NequIPAttribute.RadialNeurons), "hidden layers in its radial network", radialLayers > 0);
        if (!Options.IsValid)
        {
            return null;
        }

        var harmonics = Part.Harmonics(degree, hasParity ? -1 : 1);
        int[] parities = hasParity ? [1, -1] : [1];
        var hidden = new Irreps(parities.SelectMany(p => Enumerable.Range(0, degree + 1).Select(l => new MulIrrep(features, new Irrep(l, p)))));
        bool adds = Attribute.Get(nameof(NequIPAttribute.Resnet), false);
        var layers = new List<NequipLayer>();
        var input = Part.Scalars(features);
        for (int i = 0; i < count; i++)
        {
            if (!AllowsPaths(LayerPaths.Most(input, harmonics.Output, null, hidden)))
            {
                return null;
            }

            layers.Add(Layer(i, input, hidden, harmonics.Output, scalars, gates, constants, adds));
            input = layers[i].Gate.Output;
        }

        var half = Part.Scalars(Math.Max(1, features / 2));
        return new NequipModel(
            Class, DeclaresBase, Species, Cutoff, NumNeighbors, radial, constants, harmonics, layers.ToEquatable(),
            Part.Linear("OutputHidden", input, half), Part.Linear("OutputEnergy", half, Part.Scalars(1)));
    }

    /// <summary>A layer: of the hidden irreps it has those that a path from its input and the harmonics reaches; every one with l > 0 has an even gate.</summary>
    private static NequipLayer Layer(
        int index, Irreps input, Irreps hidden, Irreps harmonics, ActivationFunction even, ActivationFunction gate, MomentConstants constants, bool adds)
    {
        var products = new HashSet<Irrep>(Describe.Products(input, harmonics));
        var reached = hidden.Where(e => products.Contains(e.Irrep)).ToList();
        var scalars = reached.Where(e => e.Irrep.L == 0).Select(e => new Activated(e, e.Irrep.Parity > 0 ? even : ActivationFunction.Tanh));
        var gated = new Irreps(reached.Where(e => e.Irrep.L > 0));
        var gates = gated.Select(e => new Activated(new MulIrrep(e.Multiplicity, new Irrep(0, 1)), gate));
        var model = GateModel.Create(GatePoints.Method($"Layer{index}Gate", "x"), scalars, gates, gated, constants) with { Layout = GatePoints.Inside };
        var convolve = Part.Convolution($"Layer{index}Convolve", input, harmonics, model.Input, sortsWeights: false);
        return new NequipLayer(
            index,
            Part.Linear($"Layer{index}Linear1", input, input),
            convolve,
            Part.Linear($"Layer{index}Linear2", convolve.Output, model.Input),
            Part.OfElement($"Layer{index}SelfConnection", input, model.Input),
            model,
            adds && model.Output.Equals(input));
    }
}
