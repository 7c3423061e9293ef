using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Networks;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Parsing;
using E3Gen.Polynomials;
using Microsoft.CodeAnalysis;

namespace E3Gen.Generator.Potentials;

/// <summary>Reads a [MACE] class.</summary>
internal sealed class MaceParser(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    : PotentialParser(type, typeof(MACEAttribute), compilation, cancellation)
{
    private const string DefaultHidden = "128x0e + 128x1o";

    protected override PotentialModel? Read()
    {
        int count = Options.Integer(nameof(MACEAttribute.Layers), 2, 1, 100);
        int degree = Options.Integer(nameof(MACEAttribute.Degree), 3, 0, MostDegree);
        int correlation = Options.Integer(nameof(MACEAttribute.Correlation), 3, 1, 4);
        var first = Options.Enum(nameof(MACEAttribute.FirstInteraction), MACEInteraction.Residual);
        var others = Options.Enum(nameof(MACEAttribute.Interaction), MACEInteraction.Residual);
        var radial = new RadialModel(
            Options.Integer(nameof(MACEAttribute.NumberOfBasis), 8, 1, 1000),
            Options.Integer(nameof(MACEAttribute.CutoffPower), 5, 2, 100),
            Widths(nameof(MACEAttribute.RadialNeurons), [64, 64, 64]).ToEquatable(),
            ActivationFunction.Silu,
            Transform());
        int neurons = Width(nameof(MACEAttribute.ReadoutNeurons), 16);
        var constants = Options.Enum(nameof(MACEAttribute.Constants), MomentConstants.E3nn);
        var text = Attribute.Has(nameof(MACEAttribute.Hidden)) ? Options.Required(nameof(MACEAttribute.Hidden)) : null;
        var hidden = text?.Irreps ?? (Attribute.Has(nameof(MACEAttribute.Hidden)) ? Irreps.Empty : Irreps.Parse(DefaultHidden));
        var correlations = Numbers(nameof(MACEAttribute.Correlations), [.. Enumerable.Repeat(correlation, count)], 1, 4);
        if (correlations.Count != count && Options.IsValid)
        {
            Options.Report(
                DeclarationRules.OptionOutOfRange, Attribute.LocationOf(nameof(MACEAttribute.Correlations)), nameof(MACEAttribute.Correlations), Type.Name,
                $"of {correlations.Count} numbers", $"one for each of {count} layers", Suggestion.None);
        }

        Options.CheckUsed(nameof(MACEAttribute.Correlation), "common correlation beside Correlations", !Attribute.Has(nameof(MACEAttribute.Correlations)));
        Options.CheckUsed(nameof(MACEAttribute.Interaction), "second layer", count > 1);
        Options.CheckUsed(nameof(MACEAttribute.ReadoutNeurons), "second layer, and so no readout with hidden scalars", count > 1);
        CheckHidden(text, hidden);
        if (!Options.IsValid)
        {
            return null;
        }

        var harmonics = Part.Harmonics(degree, parity: -1);
        if (Layers(hidden, harmonics.Output, count, correlations, first, others) is not { } layers)
        {
            return null;
        }

        CheckReached(text, layers, degree);
        var last = layers[layers.Count - 1].Mix.Output;
        var readout = count == 1 ? null : new MaceReadout(Part.Linear("ReadoutHidden", last, Part.Scalars(neurons)), Part.Linear("ReadoutEnergy", Part.Scalars(neurons), Part.Scalars(1)));
        return new MaceModel(
            Class, DeclaresBase, Species, Cutoff, NumNeighbors, radial, constants, harmonics, layers.ToEquatable(), readout,
            Attribute.Get(nameof(MACEAttribute.PairRepulsion), false), Attribute.Get(nameof(MACEAttribute.ScaleShift), true));
    }

    private DistanceTransform Transform()
    {
        var transform = Options.Enum(nameof(MACEAttribute.Transform), DistanceTransform.None);
        if (transform is not (DistanceTransform.None or DistanceTransform.Agnesi))
        {
            Options.Report(
                DeclarationRules.OptionOutOfRange, Attribute.LocationOf(nameof(MACEAttribute.Transform)), nameof(MACEAttribute.Transform), Type.Name, transform, "None or Agnesi", Suggestion.None);
        }

        return transform;
    }

    /// <summary>All irreps have one multiplicity, since products are made copy by copy, and energies are read from even scalars, which come first.</summary>
    private void CheckHidden(IrrepsText? text, Irreps hidden)
    {
        if (text is null)
        {
            return;
        }

        var scalar = new Irrep(0, 1);
        for (int i = 0; i < hidden.Count; i++)
        {
            if (hidden[i].Multiplicity != hidden[0].Multiplicity || hidden[0].Multiplicity == 0)
            {
                var wanted = new MulIrrep(Math.Max(1, hidden[0].Multiplicity), hidden[i].Irrep);
                Options.ReportAt(text, i, SelectionRules.UnequalCopies, Type.Name, hidden[i], wanted.Multiplicity, Suggestion.Edit(text.Argument, text.Entries[i], [wanted.ToString()]));
            }
        }

        if (hidden.Count > 0 && hidden[0].Irrep != scalar)
        {
            Options.ReportAt(text, 0, DeclarationRules.ScalarsFirst, Type.Name, hidden[0]);
        }

        for (int i = 1; i < hidden.Count; i++)
        {
            if (hidden.Take(i).Any(e => e.Irrep == hidden[i].Irrep))
            {
                Options.ReportAt(text, i, DeclarationRules.HiddenTwice, Type.Name, hidden[i].Irrep);
            }
        }
    }

    private List<MaceLayer>? Layers(Irreps hidden, Irreps harmonics, int count, IReadOnlyList<int> correlations, MACEInteraction first, MACEInteraction others)
    {
        int copies = hidden[0].Multiplicity;
        var scalars = Part.Scalars(copies);
        var messages = new Irreps(harmonics.Select(h => new MulIrrep(copies, h.Irrep))).Sort().Irreps.Simplify();
        var layers = new List<MaceLayer>();
        var input = scalars;
        for (int i = 0; i < count; i++)
        {
            var output = i > 0 && i == count - 1 ? scalars : hidden;
            if (!AllowsPaths(LayerPaths.Most(input, harmonics, null, messages)))
            {
                return null;
            }

            var interaction = i == 0 ? first : others;
            bool isResidual = interaction is MACEInteraction.Residual or MACEInteraction.DensityResidual;
            var convolve = Part.Convolution($"Layer{i}Convolve", input, harmonics, messages, sortsWeights: true);
            var contract = new SymmetricContractionModel(GatePoints.Method($"Layer{i}Products", "x", "species"), messages, output, correlations[i], Elements: 0) { Layout = GatePoints.Inside };
            layers.Add(new MaceLayer(
                i,
                interaction,
                Part.Linear($"Layer{i}Up", input, input),
                convolve,
                Part.Linear($"Layer{i}Messages", convolve.Output, messages),
                isResidual ? Part.OfElement($"Layer{i}Skip", input, output) : Part.OfElement($"Layer{i}Skip", messages, messages),
                contract,
                Part.Linear($"Layer{i}Mix", output, output),
                i > 0 && i == count - 1 ? null : Part.Linear($"Layer{i}Energy", output, Part.Scalars(1))));
            try
            {
                _ = contract.Contraction;
            }
            catch (OverflowException exception)
            {
                Options.Report(IrrepsRules.TooLarge, Attribute.Location, $"Products of layer {i} of '{Type.Name}' are too large: {exception.Message} Use a lower Correlation or Degree");
                return null;
            }

            input = output;
        }

        return layers;
    }

    private void CheckReached(IrrepsText? text, List<MaceLayer> layers, int degree)
    {
        var read = new HashSet<int>();
        foreach (var layer in layers)
        {
            var live = layer.Contract.Plan.Collect().Paths;
            read.UnionWith(live.SelectMany(p => p.Factors.Take(p.Factors.Count - 1).Select(f => f.Segment)));
            for (int o = 0; o < layer.Contract.Output.Count; o++)
            {
                if (text is not null && layer.Index == 0 && !live.Any(p => p.Result.Segment == o))
                {
                    string advice = $"no product of up to {layer.Contract.Correlation} messages {Describe.List(layer.Contract.Input)} contains it";
                    Options.ReportAt(text, o, SelectionRules.Unreached, Type.Name, layer.Contract.Output[o], advice, Suggestion.Removal(text, o));
                }
            }
        }

        // Messages are sorted by degree.
        for (int l = degree; l > 0 && !read.Contains(l); l--)
        {
            var messages = layers[0].Contract.Input;
            Options.Report(
                SelectionRules.Unread, Attribute.LocationOf(nameof(MACEAttribute.Degree)), Type.Name, messages[l], $"write Degree = {l - 1}, or a larger Correlation, or Hidden irreps that need it",
                Suggestion.None);
        }
    }
}
