using System.Text.Json;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Potentials;

/// <summary>State dicts of MACE and NequIP load under their own keys, and give what those projects give: energies, forces, virials, stress and the features of every layer.</summary>
public sealed class ReferencePotentialTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    private static readonly string[] Names = ["mace_a", "mace_b", "mace_c", "mace_d", "nequip_a", "nequip_b"];

    public static TheoryData<string> Models => [.. Names];

    public static TheoryData<string, string> Cases => Pairs((_, _) => true);

    /// <summary>NequIP's batches were stored without features.</summary>
    public static TheoryData<string, string> CasesWithFeatures => Pairs((model, graph) => graph != "batch" || !model.StartsWith("nequip", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public void EnergiesForcesAndStressAgree(string model, string graph)
    {
        IPotential potential = Load(model);
        var (positions, species, edges, cell, _) = Structures(model, graph);
        using PotentialResult result = potential.Evaluate(positions, species, edges, virials: true);
        Near.Equal(Out("node_energy"), result.AtomEnergies, 1e-10, "energies of the atoms");
        Near.Equal(Out("energy"), result.Energies, 1e-10, "energies");
        Near.Equal(Out("forces"), result.Forces!, 1e-10, "forces");
        string virials = model.StartsWith("mace", StringComparison.Ordinal) ? "virials" : "virial";
        if (Has($"{graph}/out/{virials}")) Near.Equal(Out(virials), result.Virials!, 1e-10, "virials");
        if (Has($"{graph}/out/stress")) Near.Equal(Out("stress"), result.Stress(cell!), 1e-10, "stress");

        bool Has(string key) => Reference.File(model).Entries.ContainsKey(key);

        Tensor Out(string name)
        {
            Tensor value = Reference.File(model).Get($"{graph}/out/{name}");
            return name is "node_energy" or "energy" ? value.view(-1) : value;
        }
    }

    [Theory]
    [MemberData(nameof(CasesWithFeatures))]
    public void FeaturesOfEveryLayerAgree(string model, string graph)
    {
        IPotential potential = Load(model);
        var (positions, species, edges, _, _) = Structures(model, graph);
        Tensor[] features = potential switch
        {
            MaceA p => p.Features(positions, species, edges),
            MaceB p => p.Features(positions, species, edges),
            MaceC p => p.Features(positions, species, edges),
            MaceD p => p.Features(positions, species, edges),
            NequipA p => p.Features(positions, species, edges),
            NequipB p => p.Features(positions, species, edges),
            _ => throw new InvalidOperationException(model),
        };
        SafetensorsFile file = Reference.File(model);
        int compared = 0;
        for (int i = 0; i < features.Length; i++)
        {
            string[] names = [$"{graph}/mid/product{i}/node_feats", $"{graph}/mid/layer{i}/node_feats"];
            foreach (string name in names.Where(file.Entries.ContainsKey))
            {
                Near.Equal(file.Get(name), features[i], 1e-10, name);
                compared++;
            }
        }

        if (file.Entries.ContainsKey($"{graph}/out/node_feats"))
        {
            Near.Equal(file.Get($"{graph}/out/node_feats"), cat(features, 1), 1e-10, "all features");
            compared = features.Length;
        }

        Assert.Equal(features.Length, compared);
    }

    /// <summary>In float32, too, energies of some thousand eV have the digits that matter. Both take the same positions, which float32 rounds.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void SinglePrecisionKeepsTheDigitsOfEnergies(string model)
    {
        var (positions, species, edges, _, _) = Structures(model, "molecule");
        Tensor rounded = positions.to(ScalarType.Float32);
        using PotentialResult expected = Load(model).Evaluate(rounded.to(ScalarType.Float64), species, edges, forces: false);
        IPotential single = Load(model);
        ((nn.Module)single).to(ScalarType.Float32);
        using PotentialResult actual = single.Evaluate(rounded, species, edges, forces: false);
        double error = (actual.Energies - expected.Energies).abs().max().item<double>();
        Assert.True(error < 2e-5, $"an error of {error}");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void GradientsOfTheParametersAgree(string model)
    {
        IPotential potential = Load(model);
        var (positions, species, edges, _, _) = Structures(model, "molecule");
        SafetensorsFile file = Reference.File(model);
        using PotentialResult result = potential.Evaluate(positions, species, edges, differentiable: true);
        (string Name, TorchSharp.Modules.Parameter Parameter)[] parameters = [.. ((nn.Module)potential).named_parameters().Select(p => (p.name, p.parameter))];
        Tensor[] all = [.. parameters.Select(p => (Tensor)p.Parameter)];
        Check("molecule/grad_energy", result.Energies.sum());
        Check("molecule/grad_force_loss", (result.Forces! * file.Get("molecule/force_cotangent")).sum());

        void Check(string prefix, Tensor loss)
        {
            IList<Tensor> gradients = autograd.grad([loss], all, retain_graph: true, allow_unused: true);
            int compared = 0;
            foreach (((string name, _), Tensor gradient) in parameters.Zip(gradients))
            {
                if (!file.Entries.ContainsKey($"{prefix}/{name}")) continue;
                Tensor expected = file.Get($"{prefix}/{name}");
                compared++;
                if (gradient is null) Assert.Equal(0, expected.abs().max().item<double>());
                else Near.Equal(expected, gradient, 1e-8, $"{prefix}/{name}");
            }

            Assert.Equal(file.Entries.Keys.Count(k => k.StartsWith(prefix + "/", StringComparison.Ordinal)), compared);
        }
    }

    private static TheoryData<string, string> Pairs(Func<string, string, bool> wanted)
    {
        var data = new TheoryData<string, string>();
        foreach (string model in Names)
        {
            foreach (string graph in new[] { "molecule", "periodic", "batch" }.Where(g => wanted(model, g))) data.Add(model, graph);
        }

        return data;
    }

    private static IPotential Load(string model)
    {
        JsonElement config = JsonDocument.Parse(Reference.File(model).Metadata["config"]).RootElement;
        nn.Module potential = model switch
        {
            "mace_a" => new MaceA(),
            "mace_b" => new MaceB(),
            "mace_c" => new MaceC(),
            "mace_d" => new MaceD(["H", "N", "O", "S"]),
            "nequip_a" => new NequipA(),
            _ => new NequipB(["H", "N", "O", "S"]),
        };
        potential.to(ScalarType.Float64);
        // Numbers that these projects keep beside the state dict.
        if (potential is MaceD or NequipB) potential.get_buffer("statistics.avg_num_neighbors")!.fill_(config.GetProperty("avg_num_neighbors").GetDouble());
        LoadReport report = ModuleWeights.Load(potential, Path.Combine(AppContext.BaseDirectory, "ReferenceData", model + ".safetensors"), new LoadOptions
        {
            Rename = key => key.StartsWith("state/", StringComparison.Ordinal) ? key.Contains(".sparse_", StringComparison.Ordinal) ? null : key["state/".Length..] : null,
            Strict = potential is not (MaceD or NequipB),
        });
        Assert.Empty(report.Unexpected);
        Assert.Equal(potential is MaceD or NequipB ? ["statistics.avg_num_neighbors"] : [], report.Missing);
        return (IPotential)potential;
    }

    /// <summary>Structures of a reference file. MACE's edges go from row 0 to row 1, NequIP's from row 1 to row 0.</summary>
    private static (Tensor Positions, Tensor Species, Graph Graph, Tensor? Cell, Tensor? Batch) Structures(string model, string graph)
    {
        SafetensorsFile file = Reference.File(model);
        Tensor In(string name) => file.Get($"{graph}/in/{name}");
        Tensor? Find(string name) => file.Entries.ContainsKey($"{graph}/in/{name}") ? In(name) : null;
        bool isMace = model.StartsWith("mace", StringComparison.Ordinal);
        Tensor edges = In("edge_index"), positions = In("positions");
        Tensor source = edges[isMace ? 0 : 1], destination = edges[isMace ? 1 : 0];
        Tensor? cell = Find("cell"), units = Find("unit_shifts"), batch = Find("batch"), shifts = null;
        if (cell is not null && units is not null)
        {
            Tensor cells = batch is null ? cell.view(-1, 3, 3)[0].expand(units.size(0), 3, 3) : cell.view(-1, 3, 3).index_select(0, batch.index_select(0, destination));
            shifts = units.unsqueeze(1).matmul(cells).squeeze(1);
            // r = pos[1] − pos[0] + shift: MACE's points to the destination, ours to the source.
            shifts = isMace ? -shifts : shifts;
        }

        return (positions, In("species_index"), Graph.FromEdges(source, destination, positions.size(0), batch, shifts), cell?.view(-1, 3, 3), batch);
    }
}
