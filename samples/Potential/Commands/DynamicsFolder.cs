using E3Gen;
using E3Gen.Potentials;

namespace Potential.Commands;

/// <summary>Where a run of dynamics writes, and what its files are called.</summary>
internal sealed class DynamicsFolder(string path)
{
    public string Path { get; } = path;

    public string Frames => TrajectoryWriter.FramesIn(Path);

    public string Energies => TrajectoryWriter.EnergiesIn(Path);

    public string Settings => Of("settings.json");

    public string Distribution => Of("rdf.csv");

    /// <summary>Of both formats, without <c>.png</c> and <c>.svg</c>.</summary>
    public string Plot => Of("dynamics");

    /// <summary>What an earlier run has left; null for nothing.</summary>
    public string? Motion => new[] { Frames, Energies }.FirstOrDefault(File.Exists);

    /// <summary>Takes an earlier run away, its settings first: nothing is taken for a part of another run, whenever this is killed.</summary>
    public void Clear()
    {
        foreach (string file in new[] { Settings, Frames, Energies, Distribution, Plot + ".png", Plot + ".svg" }) File.Delete(file);
    }

    /// <summary>What the run in this folder is.</summary>
    /// <exception cref="ArgumentException">There is none that could go on.</exception>
    public DynamicsSettings Begun()
    {
        if (!File.Exists(Frames)) throw new ArgumentException($"There is no {Frames} to go on with. Begin with --structure, without --resume.");
        if (File.Exists(Settings)) return DynamicsSettings.Load(Settings);
        throw new ArgumentException($"There is no {Settings}, which would say how the motion in {Frames} was made: another program or an older version wrote it. {Elsewhere}");
    }

    /// <summary>The frame to go on from. What a killed run left half is taken away.</summary>
    /// <exception cref="InvalidDataException">There is no whole frame, or the energies are not those of the frames since the start.</exception>
    public Atoms LastFrame()
    {
        TrajectoryWriter.Repair(Path);
        Atoms last = ExtendedXyz.Read(Frames).LastOrDefault() ?? throw new InvalidDataException($"{Frames} has no whole frame to go on from. Begin again with --overwrite.");
        double[] steps = [.. TrajectoryWriter.ReadEnergies(Path)["step"]];
        if (steps is [0, ..] && last.Info.TryGetValue("step", out InfoValue? step) && step.ToString() == FormattableString.Invariant($"{steps[^1]}")) return last;
        throw new InvalidDataException($"{Energies} does not have the energies of the frames in {Frames} from step 0 to the last one. {Elsewhere}");
    }

    private string Elsewhere => $"Begin a run of its own with its last frame: --structure {Frames}@-1 and another --out.";

    private string Of(string name) => System.IO.Path.Combine(Path, name);
}
