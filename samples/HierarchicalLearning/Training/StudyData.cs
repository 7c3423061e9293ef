using HierarchicalLearning.Runs;
using HierarchicalLearning.Targets;
using WaterDensity.Density;
using WaterDensity.Learning;
using WaterDensity.Systems;
using static TorchSharp.torch;

namespace HierarchicalLearning.Training;

/// <summary>The shipped densities, prepared once for all runs of a process, on whichever threads they are.</summary>
internal sealed class StudyData
{
    private readonly TargetScaling _scaling;
    private readonly WaterSystem[] _training;
    private readonly Dictionary<int, PreparedMolecule> _molecules = [];
    private readonly Dictionary<(TargetMetric, TargetUnits), TargetVariables> _variables = [];

    public StudyData()
    {
        Dataset = WaterDataset.Load();
        _training = [.. Dataset.Of(Split.Train)];
        _scaling = TargetScaling.Fit(Dataset.Basis, _training);
        Blocks = new DegreeBlocks(Dataset.Basis);
    }

    public WaterDataset Dataset { get; }

    public DegreeBlocks Blocks { get; }

    public TargetVariables Variables(RunSpec spec)
    {
        lock (_variables)
        {
            if (!_variables.TryGetValue((spec.Metric, spec.Units), out TargetVariables? variables))
            {
                variables = new TargetVariables(spec.Metric, spec.Units, _scaling, Blocks, _training);
                _variables.Add((spec.Metric, spec.Units), variables);
            }
            return variables;
        }
    }

    public PreparedMolecule Prepare(WaterSystem system)
    {
        lock (_molecules)
        {
            if (!_molecules.TryGetValue(system.Index, out PreparedMolecule? molecule))
            {
                molecule = new PreparedMolecule(system, _scaling, Networks.Common.Cutoff);
                _molecules.Add(system.Index, molecule);
            }
            return molecule;
        }
    }

    /// <summary>What a run is trained on.</summary>
    public Example[] TrainingSet(RunSpec spec)
    {
        WaterSystem[] systems = [.. _training.Where(s => s.Waters <= spec.LargestWaters)];
        if (spec.Systems > systems.Length)
            throw new ArgumentException($"{spec.Key()} asks for {spec.Systems} training systems of up to {spec.LargestWaters} waters; there are {systems.Length}.");
        new Random(spec.Seed).Shuffle(systems);
        Example[] examples = [.. (spec.Systems == 0 ? systems : systems.Take(spec.Systems)).Select(s => ExampleOf(s, spec))];
        return spec.Labels == Labels.True ? examples : WithRandomLabels(examples, spec.Seed);
    }

    /// <summary>Unseen systems: those that fulfil a condition and are not in the training split.</summary>
    public Example[] Unseen(RunSpec spec, Func<WaterSystem, bool> condition)
        => [.. Dataset.Of(Split.Test).Where(condition).Select(s => ExampleOf(s, spec))];

    /// <summary>Systems to watch a training with, apart from those that final errors are of.</summary>
    public Example[] Validation(RunSpec spec) => [.. Dataset.Of(Split.Validation).Select(s => ExampleOf(s, spec))];

    private Example ExampleOf(WaterSystem system, RunSpec spec) => new(system, Prepare(system), Variables(spec).Of(system));

    /// <summary>The targets of the set's atoms change places, within each species.</summary>
    private static Example[] WithRandomLabels(Example[] examples, int seed)
    {
        using var scope = NewDisposeScope();
        Tensor targets = cat([.. examples.Select(e => e.Target)]);
        int[] species = [.. examples.SelectMany(e => e.System.Species)];
        var source = new long[species.Length];
        var random = new Random(seed);
        for (int z = 0; z < AuxiliaryBasis.SpeciesCount; z++)
        {
            int[] atoms = [.. Enumerable.Range(0, species.Length).Where(i => species[i] == z)], shuffled = [.. atoms];
            random.Shuffle(shuffled);
            for (int i = 0; i < atoms.Length; i++)
                source[atoms[i]] = shuffled[i];
        }
        Tensor permuted = targets.index_select(0, tensor(source));
        var result = new Example[examples.Length];
        for (int i = 0, first = 0; i < examples.Length; first += examples[i].System.Atoms, i++)
            result[i] = examples[i] with { Target = permuted.narrow(0, first, examples[i].System.Atoms).clone().DetachFromDisposeScope() };
        return result;
    }
}
