using E3Gen.Generator.Operations;
using E3Gen.Generator.Potentials;
using static E3Gen.Generator.Emission.Potentials.PotentialTypes;

namespace E3Gen.Generator.Emission.Potentials;

/// <summary>Prints a MACE.</summary>
internal sealed class MaceEmitter(MaceModel mace, CouplingNames couplings) : PotentialEmitter(mace, couplings)
{
    protected override string Source => "MACE (Batatia et al., arXiv 2206.07697)";

    protected override string TypicalParameter => $"{mace.Layers[0].Up.Method.Name}.Weight";

    protected override IEnumerable<PotentialPart> AllParts
    {
        get
        {
            yield return new PotentialPart("node_embedding.linear", "Embedding", $"{Parts}.SpeciesEmbedding", $"elements, {mace.Layers[0].Up.Input.Dim}");
            yield return new PotentialPart(
                "radial_embedding.bessel_fn", "Bessel", "global::E3Gen.BesselBasis", $"cutoff, {mace.Radial.Basis}, global::E3Gen.BesselConvention.Mace");
            foreach (var layer in mace.Layers)
            {
                string path = $"interactions.{layer.Index}", products = $"products.{layer.Index}";
                yield return PotentialPart.Weights($"{path}.linear_up", layer.Up);
                yield return PotentialPart.RadialNetwork($"{path}.conv_tp_weights", mace, $"Layer{layer.Index}Weights", layer.Convolve.PassedWeights!.Value);
                yield return PotentialPart.Weights($"{path}.linear", layer.Messages);
                yield return PotentialPart.ElementWeights($"{path}.skip_tp", layer.Skip);
                if (layer.HasDensity)
                {
                    yield return new PotentialPart(
                        $"{path}.density_fn", $"Layer{layer.Index}Density", "global::E3Gen.FullyConnectedNetwork", $"[{mace.Radial.Basis}, 1], null");
                }

                yield return new PotentialPart(
                    $"{products}.symmetric_contractions", layer.Contract.Method.Name, $"{Parts}.ContractionWeights", $"elements, {layer.Contract.Input[0].Multiplicity}, {Paths(layer.Contract)}");
                yield return PotentialPart.Weights($"{products}.linear", layer.Mix);
                if (layer.Energy is not null)
                {
                    yield return PotentialPart.Weights($"readouts.{layer.Index}.linear", layer.Energy);
                }
            }

            if (mace.Readout is { } readout)
            {
                yield return PotentialPart.Weights($"readouts.{mace.Layers.Count - 1}.linear_1", readout.Hidden);
                yield return PotentialPart.Weights($"readouts.{mace.Layers.Count - 1}.linear_2", readout.Energy);
            }

            yield return new PotentialPart("atomic_energies_fn", "AtomEnergies", $"{Parts}.NamedBuffers", "(\"atomic_energies\", [elements], 0)");
            if (mace.IsScaled)
            {
                yield return new PotentialPart("scale_shift", "ScaleShift", $"{Parts}.NamedBuffers", "(\"scale\", [], 1), (\"shift\", [], 0)");
            }

            foreach (var part in PotentialPart.Statistics(mace))
            {
                yield return part;
            }
        }
    }

    protected override IEnumerable<(string Name, string Value)> Constants
    {
        get
        {
            const string Cutoff = "[this.Cutoff]";
            yield return ("atomic_numbers", $"{Elements}.Numbers");
            yield return ("r_max", Cutoff);
            yield return ("num_interactions", $"[{mace.Layers.Count}]");
            yield return ("radial_embedding.cutoff_fn.p", $"[{mace.Radial.Power}]");
            yield return ("radial_embedding.cutoff_fn.r_max", Cutoff);
            if (mace.Radial.Transform == DistanceTransform.Agnesi)
            {
                yield return ("radial_embedding.distance_transform.a", "[1.0805]");
                yield return ("radial_embedding.distance_transform.q", "[0.9183]");
                yield return ("radial_embedding.distance_transform.p", "[4.5791]");
                yield return ("radial_embedding.distance_transform.covalent_radii", $"{Parts}.MaceConstants.CovalentRadii");
            }

            if (mace.HasPairRepulsion)
            {
                yield return ("pair_repulsion_fn.c", $"{Parts}.MaceConstants.Screening");
                yield return ("pair_repulsion_fn.p", $"[{mace.Radial.Power}]");
                yield return ("pair_repulsion_fn.a_exp", "[0.3]");
                yield return ("pair_repulsion_fn.a_prefactor", "[0.4543]");
                yield return ("pair_repulsion_fn.covalent_radii", $"{Parts}.MaceConstants.CovalentRadii");
            }
        }
    }

    protected override IEnumerable<int> Choices => mace.Layers.Select(l => (int)l.Interaction);

    protected override void WriteVectors()
    {
        Writer.Line("// MACE's edges point at the atom that receives the message: r = positions[destination] − positions[source].");
        Writer.Line("var vectors = graph.EdgeVectors(positions).neg();");
    }

    protected override void WriteEnergies()
    {
        var terms = mace.Layers.Where(l => l.Energy is not null).Select(l => Call(l.Energy!, $"features[{l.Index}]")).ToList();
        if (mace.Readout is { } readout)
        {
            Writer.Line($"var hidden = {Call(readout.Hidden, $"features[{mace.Layers.Count - 1}]")};");
            string active = $"global::E3Gen.Activations.Apply(hidden, global::E3Gen.ActivationFunction.Silu, global::E3Gen.MomentConstants.{mace.Constants})";
            terms.Add(Call(readout.Energy, active));
        }

        Writer.Line($"var energies = {terms[0]}{string.Concat(terms.Skip(1).Select(Plus))}.squeeze(-1);");
        if (mace.HasPairRepulsion)
        {
            Writer.Line($"energies = energies{Plus($"{Parts}.MaceConstants.Repulsion(lengths, {Elements}, atoms, graph, {mace.Radial.Power})")};");
        }

        WriteWidening();
        if (mace.IsScaled)
        {
            Writer.Line($"energies = energies.mul({Network}.ScaleShift[\"scale\"]){Plus($"{Network}.ScaleShift[\"shift\"]")};");
        }

        Writer.Line($"return energies{Plus($"{Network}.AtomEnergies[\"atomic_energies\"].index_select(0, atoms.Species)")}.MoveToOuterDisposeScope();");
    }

    protected override void WriteLayers()
    {
        Writer.Line($"var features = new {Parsing.WellKnown.Tensor}[{mace.Layers.Count}];");
        foreach (var layer in mace.Layers)
        {
            string i = $"{layer.Index}";
            Writer.Line();
            Writer.Line($"// Layer {i}: {layer.Up.Input} → {layer.Mix.Output}.");
            string declare = layer.Index == 0 ? "var " : "";
            Writer.Line($"{declare}messages = {Call(layer.Convolve, Call(layer.Up, "h"), "edges", $"{Network}.Layer{i}Weights.forward(radial)", "graph")};");
            string divisor = layer.HasDensity ? $"{Parts}.PotentialEdges.Density({Network}.Layer{i}Density.forward(radial), graph)" : Neighbors(isRoot: false);
            Writer.Line($"messages = {Call(layer.Messages, "messages")}.div({divisor});");
            string skip = $"{Network}.{layer.Skip.Method.Name}.Apply({(layer.IsResidual ? "h" : "messages")}, atoms, this.{Name(layer.Skip.Method.Name)})";
            if (!layer.IsResidual)
            {
                Writer.Line($"messages = {skip};");
            }

            string products = Call(layer.Mix, Call(layer.Contract, "messages", "atoms.Species"));
            Writer.Line(layer.IsResidual ? $"h = {products}{Plus(skip)};" : $"h = {products};");
            Writer.Line($"features[{i}] = h;");
        }

        Writer.Line();
    }

    protected override void WriteAdaptation()
    {
        Writer.Line($"{Network}.AtomEnergies.Set(\"atomic_energies\", statistics.AtomEnergies);");
        if (mace.IsScaled)
        {
            Writer.Line($"{Network}.ScaleShift.Set(\"scale\", statistics.Scale);");
            Writer.Line($"{Network}.ScaleShift.Set(\"shift\", statistics.MeanEnergy);");
        }
    }

    /// <summary>For each irrep of the result the numbers of paths, from most factors to one.</summary>
    private static string Paths(SymmetricContractionModel contract) => string.Join(", ", contract.Contraction.Blocks
        .GroupBy(b => b.Output)
        .Select(g => $"[{string.Join(", ", g.OrderByDescending(b => b.Degree).Select(b => b.Count))}]"));
}
