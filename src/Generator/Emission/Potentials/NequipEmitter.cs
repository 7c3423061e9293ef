using E3Gen.Generator.Potentials;
using static E3Gen.Generator.Emission.Potentials.PotentialTypes;

namespace E3Gen.Generator.Emission.Potentials;

/// <summary>Prints a NequIP.</summary>
internal sealed class NequipEmitter(NequipModel nequip, CouplingNames couplings) : PotentialEmitter(nequip, couplings)
{
    /// <summary>NequIP wraps its model in the one that scales energies, and that in the one that makes forces.</summary>
    private const string Model = "model.model.func";

    protected override string Source => "NequIP (Batzner et al., arXiv 2101.03164)";

    protected override string TypicalParameter => $"{nequip.Layers[0].Linear1.Method.Name}.Weight";

    protected override IEnumerable<PotentialPart> AllParts
    {
        get
        {
            yield return new PotentialPart("model", "Scale", $"{Parts}.NamedBuffers", "(\"scale_by\", [], 1)");
            yield return new PotentialPart(
                $"{Model}.radial_basis.basis", "Bessel", "global::E3Gen.BesselBasis", $"cutoff, {nequip.Radial.Basis}, global::E3Gen.BesselConvention.Nequip");
            yield return new PotentialPart($"{Model}.chemical_embedding.linear", "Embedding", $"{Parts}.SpeciesEmbedding", $"elements, {nequip.Layers[0].Linear1.Input.Dim}");
            foreach (var layer in nequip.Layers)
            {
                string path = $"{Model}.layer{layer.Index}_convnet.conv";
                yield return PotentialPart.Weights($"{path}.linear_1", layer.Linear1);
                yield return PotentialPart.RadialNetwork($"{path}.fc", nequip, $"Layer{layer.Index}Weights", layer.Convolve.PassedWeights!.Value);
                yield return PotentialPart.Weights($"{path}.linear_2", layer.Linear2);
                yield return PotentialPart.ElementWeights($"{path}.sc", layer.SelfConnection);
            }

            yield return PotentialPart.Weights($"{Model}.conv_to_output_hidden.linear", nequip.Hidden);
            yield return PotentialPart.Weights($"{Model}.output_hidden_to_scalar.linear", nequip.Energy);
            yield return new PotentialPart($"{Model}.per_species_rescale", "Rescale", $"{Parts}.NamedBuffers", "(\"scales\", [elements], 1), (\"shifts\", [elements], 0)");
            foreach (var part in PotentialPart.Statistics(nequip))
            {
                yield return part;
            }
        }
    }

    protected override IEnumerable<(string Name, string Value)> Constants => [];

    protected override IEnumerable<int> Choices
    {
        get
        {
            var functions = nequip.Layers.SelectMany(l => l.Gate.Scalars.Concat(l.Gate.Gates)).Select(e => (int)e.Function).Distinct();
            return [.. nequip.Layers.Select(l => l.AddsInput ? 1 : 0), (int)nequip.Radial.Function, nequip.Harmonics.Vector.Parity, .. functions];
        }
    }

    protected override void WriteVectors()
    {
        Writer.Line("// Edges point from the atom that receives the message to its neighbour: r = positions[source] − positions[destination].");
        Writer.Line("var vectors = graph.EdgeVectors(positions);");
    }

    protected override void WriteEnergies()
    {
        Writer.Line($"var energies = {Call(nequip.Energy, Call(nequip.Hidden, $"features[{nequip.Layers.Count - 1}]"))}.squeeze(-1);");
        WriteWidening();
        Writer.Line($"energies = energies.mul({Network}.Rescale[\"scales\"].index_select(0, atoms.Species)){Plus($"{Network}.Rescale[\"shifts\"].index_select(0, atoms.Species)")};");
        Writer.Line($"return energies.mul({Network}.Scale[\"scale_by\"]).MoveToOuterDisposeScope();");
    }

    protected override void WriteLayers()
    {
        Writer.Line($"var features = new {Parsing.WellKnown.Tensor}[{nequip.Layers.Count}];");
        foreach (var layer in nequip.Layers)
        {
            string i = $"{layer.Index}", declare = layer.Index == 0 ? "var " : "";
            Writer.Line();
            Writer.Line($"// Layer {i}: {layer.Linear1.Input} → {layer.Gate.Output}.");
            Writer.Line($"{declare}messages = {Call(layer.Convolve, Call(layer.Linear1, "h"), "edges", $"{Network}.Layer{i}Weights.forward(radial)", "graph")}.div({Neighbors(isRoot: true)});");
            string self = $"{Network}.{layer.SelfConnection.Method.Name}.Apply(h, atoms, this.{Name(layer.SelfConnection.Method.Name)})";
            Writer.Line($"{declare}update = {Call(layer.Linear2, "messages")}{Plus(self)};");
            Writer.Line($"h = {Call(layer.Gate, "update")}{(layer.AddsInput ? Plus("h") : "")};");
            Writer.Line($"features[{i}] = h;");
        }

        Writer.Line();
    }

    protected override void WriteAdaptation()
    {
        // NequIP's own convention: scales and shifts are in units of scale_by.
        Writer.Line($"{Network}.Scale.Set(\"scale_by\", statistics.Scale);");
        Writer.Line($"{Network}.Rescale.Set(\"shifts\", [.. global::System.Linq.Enumerable.Select(statistics.AtomEnergies, e => (e + statistics.MeanEnergy) / statistics.Scale)]);");
    }
}
