using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Potentials;

/// <summary>What holds for every potential, whatever its weights.</summary>
public sealed class PotentialTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public PotentialTests() => manual_seed(3);

    public void Dispose() => _scope.Dispose();

    /// <summary>Only what the parity of NequIP's without parity does not promise is left out.</summary>
    public static TheoryData<string> Models => ["mace_a", "mace_b", "mace_c", "mace_d", "nequip_a"];

    [Theory]
    [MemberData(nameof(Models))]
    public void EnergiesAreInvariantAndForcesCovariant(string model)
    {
        var (potential, positions, species) = Make(model);
        using var graph = Graph.FromPositions(positions, potential.Cutoff);
        using PotentialResult result = potential.Evaluate(positions, species, graph);
        Tensor rotation = -O3.RandomRotation(dtype: ScalarType.Float64), moved = positions.matmul(rotation.t()) + 1.5;
        using var other = Graph.FromPositions(moved, potential.Cutoff);
        using PotentialResult turned = potential.Evaluate(moved, species, other);
        Near.Equal(result.AtomEnergies, turned.AtomEnergies, 1e-10);
        Near.Equal(result.Forces!.matmul(rotation.t()), turned.Forces!, 1e-9);
    }

    /// <summary>Mirror images are the same only for those with parity.</summary>
    [Fact]
    public void WithoutParityOnlyRotationsAreASymmetry()
    {
        var (potential, positions, species) = Make("nequip_b");
        Assert.True(Difference(O3.RandomRotation(dtype: ScalarType.Float64)) < 1e-10);
        Assert.True(Difference(-eye(3, dtype: ScalarType.Float64)) > 1e-6);

        double Difference(Tensor rotation)
        {
            Tensor moved = positions.matmul(rotation.t());
            using Graph graph = Graph.FromPositions(positions, potential.Cutoff), other = Graph.FromPositions(moved, potential.Cutoff);
            return (potential.forward(positions, species, graph) - potential.forward(moved, species, other)).abs().max().item<double>();
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void WeightsSurviveAFile(string model)
    {
        var (potential, positions, species) = Make(model);
        using var folder = new TemporaryFolder();
        string path = folder.File("potential.safetensors");
        Safetensors.SaveModule((nn.Module)potential, path);
        var (other, _, _) = Make(model);
        using var graph = Graph.FromPositions(positions, potential.Cutoff);
        Assert.NotEqual(Sum(potential), Sum(other));
        ModuleWeights.Load((nn.Module)other, path);
        Assert.Equal(Sum(potential), Sum(other));

        double Sum(IPotential p) => p.forward(positions, species, graph).sum().item<double>();
    }

    /// <summary>Weights of another cutoff or of other elements would fit, but mean something else.</summary>
    [Fact]
    public void WeightsOfAnotherPotentialAreRefused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("potential.safetensors");
        Safetensors.SaveModule(new MaceD(["H", "O"]), path);
        var error = Assert.Throws<InvalidDataException>(() => ModuleWeights.Load(new MaceD(["H", "C"]), path));
        Assert.Contains("made for another module: 'atomic_numbers' is 1, 8 in the file and 1, 6 in the declaration of the class", error.Message);
        ModuleWeights.Load(new MaceD(["H", "O"]), path);
    }

    /// <summary>What another class computes with the same weights is told apart by numbers that are saved beside them.</summary>
    [Fact]
    public void WeightsOfAnotherDeclarationAreRefused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("potential.safetensors");
        Safetensors.SaveModule(new PlainMace(), path);
        Assert.Contains("missing from the file: 'pair_repulsion_fn.", Assert.Throws<InvalidDataException>(() => ModuleWeights.Load(new RepulsiveMace(), path)).Message);
        Safetensors.SaveModule(new NequipB(["H"]), path);
        Assert.Contains("'declared.cutoff' is 4.4 in the file and 3", Assert.Throws<InvalidDataException>(() => ModuleWeights.Load(new NequipB(["H"], cutoff: 3), path)).Message);
    }

    /// <summary>Programs of MACE write numbers of each head, [1, elements], and NequIP writes empty scales where there are none.</summary>
    [Fact]
    public void NumbersOfADataSetLoadInTheShapesThatTheyAreWrittenIn()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("potential.safetensors");
        var mace = new MaceA();
        Dictionary<string, Tensor> state = mace.state_dict();
        state["atomic_energies_fn.atomic_energies"] = tensor(new[,] { { -1.0, -2, -3 } });
        state["scale_shift.scale"] = tensor(new[] { 2.0 });
        foreach ((string name, double[] values) in ((IStateConstants)mace).StateConstants.Where(c => !c.Key.StartsWith("declared.", StringComparison.Ordinal))) state[name] = tensor(values);
        Safetensors.Save(path, state);
        ModuleWeights.Load(mace, path);
        Assert.Equal([-1.0, -2, -3], mace.get_buffer("atomic_energies_fn.atomic_energies")!.data<double>().ToArray());
        Assert.Equal(2, mace.get_buffer("scale_shift.scale")!.item<double>());

        var nequip = new NequipA();
        state = nequip.state_dict();
        state["model.model.func.per_species_rescale.scales"] = zeros(0);
        Safetensors.Save(path, state);
        nequip.get_buffer("model.model.func.per_species_rescale.scales")!.fill_(7);
        ModuleWeights.Load(nequip, path);
        Assert.Equal([1.0, 1, 1], nequip.get_buffer("model.model.func.per_species_rescale.scales")!.data<double>().ToArray());

        state = mace.state_dict();
        state["atomic_energies_fn.atomic_energies"] = zeros(2, 3);
        Safetensors.Save(path, state);
        Assert.Contains("does not fit: 'atomic_energies_fn.atomic_energies'", Assert.Throws<InvalidDataException>(() => ModuleWeights.Load(mace, path)).Message);
    }

    /// <summary>Whatever else the class registers, its parts are.</summary>
    [Fact]
    public void APotentialMayRegisterPartsOfItsOwn()
    {
        var potential = new OwnParts();
        Assert.Equal(1, potential.Calls);
        Assert.Equal(new NequipB(["H"]).parameters().Count(), potential.parameters().Count());
    }

    [Fact]
    public void AdaptedPotentialsGiveTheEnergiesOfTheAtoms()
    {
        var potential = new NequipB(["H", "O"]);
        potential.Adapt(Statistics("H", "O"));
        var mace = new MaceA();
        mace.Adapt(Statistics("H", "C", "O"));
        // An atom by itself: no message reaches it, but its own features give some energy.
        Assert.Equal(12, potential.get_buffer("statistics.avg_num_neighbors")!.item<double>());
        Assert.Equal(2.5, mace.get_buffer("scale_shift.scale")!.item<double>());
        Assert.Equal([-10.0, -11, -12], mace.get_buffer("atomic_energies_fn.atomic_energies")!.data<double>().ToArray());
        Assert.Throws<ArgumentException>(() => mace.Adapt(Statistics("H", "O", "C")));
        Assert.Throws<ArgumentException>(() => mace.Adapt(Statistics("H")));
        // Divisors: data without pairs, or without anything to scale.
        foreach (double none in new[] { 0, -1, double.NaN, double.PositiveInfinity })
        {
            string said = FormattableString.Invariant($"is {none}, and ");
            Assert.Contains(said + "NequipB divides", Assert.Throws<ArgumentException>(() => potential.Adapt(Statistics("H", "O") with { Neighbors = none })).Message);
            Assert.Contains(said + "NequipB divides", Assert.Throws<ArgumentException>(() => potential.Adapt(Statistics("H", "O") with { Scale = none })).Message);
            Assert.Contains(said + "MaceA divides", Assert.Throws<ArgumentException>(() => mace.Adapt(Statistics("H", "C", "O") with { Neighbors = none })).Message);
        }

        Assert.Equal(12, potential.get_buffer("statistics.avg_num_neighbors")!.item<double>());

        static DatasetStatistics Statistics(params string[] species) => new()
        {
            Species = species,
            AtomEnergies = [.. species.Select((_, i) => -10.0 - i)],
            MeanEnergy = -0.5,
            Scale = 2.5,
            Neighbors = 12,
        };
    }

    [Fact]
    public void BadArgumentsAreSaidByName()
    {
        var (potential, positions, species) = Make("nequip_b");
        using var graph = Graph.FromPositions(positions, potential.Cutoff);
        Assert.Contains("species 8, but the species are 0 to 3 (H, N, O, S)", Assert.Throws<ArgumentException>(() => potential.forward(positions, species + 8, graph)).Message);
        Assert.Throws<ArgumentException>(() => potential.forward(positions.narrow(0, 0, 3), species.narrow(0, 0, 3), graph));
        Assert.Throws<ArgumentException>(() => potential.forward(positions.to(ScalarType.Float32), species, graph));
        Assert.Throws<ArgumentException>(() => potential.forward(positions, positions, graph));
        Assert.Throws<ArgumentNullException>(() => potential.forward(positions, species, null!));
        Assert.Contains("no chemical element", Assert.Throws<ArgumentException>(() => new NequipB(["Hx"])).Message);
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => new NequipB(["H", "H"])).Message);
        Assert.Throws<ArgumentException>(() => new NequipB([]));
        Assert.Throws<ArgumentNullException>(() => potential.SpeciesOf((Tensor)null!));
        Assert.Contains("whole numbers", Assert.Throws<ArgumentException>(() => potential.SpeciesOf(tensor([1.5, 8]))).Message);
        Assert.Contains("4294967297 is not of an element", Assert.Throws<ArgumentException>(() => potential.SpeciesOf(tensor([4294967297L]))).Message);
        var iron = new Atoms([26, 26], [0, 0, 0, 2, 0, 0]);
        Assert.Contains("atom 0 is Fe; the potential knows H, N, O, S", Assert.Throws<ArgumentException>(() => potential.Evaluate([iron], ScalarType.Float64)).Message);
    }

    /// <summary>Inside of inference_mode there are energies, but no derivatives; no_grad allows both.</summary>
    [Fact]
    public void InferenceModeHasEnergiesOnly()
    {
        var (potential, positions, species) = Make("nequip_b");
        using var graph = Graph.FromPositions(positions, potential.Cutoff);
        using PotentialResult expected = potential.Evaluate(positions, species, graph);
        using (no_grad())
        {
            using PotentialResult same = potential.Evaluate(positions, species, graph);
            Near.Equal(expected.Forces!, same.Forces!, 1e-12);
        }

        using (inference_mode())
        {
            using PotentialResult energies = potential.Evaluate(positions, species, graph, forces: false);
            Near.Equal(expected.AtomEnergies, energies.AtomEnergies, 1e-12);
            foreach (var (forces, virials, differentiable) in new[] { (true, false, false), (false, true, false), (false, false, true) })
                Assert.Contains("inference_mode() forbids", Assert.Throws<InvalidOperationException>(() => potential.Evaluate(positions, species, graph, forces, virials, differentiable)).Message);
        }
    }

    /// <summary>Where nobody is near, an energy has no slope, and nothing fails.</summary>
    [Fact]
    public void LoneAtomsHaveNoForces()
    {
        var (potential, _, _) = Make("mace_d");
        using PotentialResult result = potential.Evaluate([new Atoms([1], [0, 0, 0]), new Atoms([8], [9, 9, 9])], ScalarType.Float64, virials: true);
        Assert.Equal(0, result.Forces!.abs().max().item<double>());
        Assert.Equal(0, result.Virials!.abs().max().item<double>());
        Assert.Equal([2L], result.Energies.shape);
    }

    [Fact]
    public void RepulsionIsThatOfTheFormula()
    {
        Tensor positions = tensor(new double[,] { { 0, 0, 0 }, { 0.7, 0, 0 } });
        using var graph = Graph.FromPositions(positions, 2);
        Tensor energies = PairRepulsion.Of(Tensor(0.7, 0.7), tensor(new long[] { 1, 8 }), graph, 5);
        double a = 0.4543 * 0.529 / (1 + Math.Pow(8, 0.3)), y = 0.7 / a, x = 0.7 / (0.31 + 0.66);
        double phi = (0.1818 * Math.Exp(-3.2 * y)) + (0.5099 * Math.Exp(-0.9423 * y)) + (0.2802 * Math.Exp(-0.4028 * y)) + (0.02817 * Math.Exp(-0.2016 * y));
        double cutoff = 1 - (21 * Math.Pow(x, 5)) + (35 * Math.Pow(x, 6)) - (15 * Math.Pow(x, 7));
        Assert.Equal(0.5 * 14.3996 * 8 / 0.7 * phi * cutoff, energies[0].item<double>(), 1e-12);

        static Tensor Tensor(params double[] values) => tensor(values);
    }

    private static (IPotential Potential, Tensor Positions, Tensor Species) Make(string model)
    {
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
        Tensor grid = cartesian_prod(arange(2), arange(2), arange(2)).to(ScalarType.Float64) * 1.7;
        return ((IPotential)potential, grid + (rand(8, 3, dtype: ScalarType.Float64) * 0.5), arange(8).fmod(3));
    }
}
