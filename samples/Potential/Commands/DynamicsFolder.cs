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

    /// <summary>The first of the files that a run would replace: an earlier run's, or somebody else's of the same name. Null for none.</summary>
    public string? ExistingFile => Files.FirstOrDefault(File.Exists);

    /// <summary>All that a run writes; first what it would be gone on from.</summary>
    private string[] Files => [Frames, Energies, Settings, Distribution, Plot + ".png", Plot + ".svg"];

    private string Elsewhere => $"Begin a run of its own with its last frame, --structure {Frames}@-1 and another --out, or begin anew with --overwrite.";

    /// <summary>Takes an earlier run away, its frames first: whenever this is killed, nothing is left that is gone on from.</summary>
    public void Clear()
    {
        foreach (string file in Files) File.Delete(file);
    }

    /// <summary>What the run in this folder is.</summary>
    /// <exception cref="ArgumentException">Nothing says what it is.</exception>
    /// <exception cref="InvalidDataException">What says it is damaged.</exception>
    public DynamicsSettings Begun()
    {
        if (File.Exists(Settings)) return Advise(() => DynamicsSettings.Load(Settings));
        throw new ArgumentException($"There is no {Settings}, which would say how the motion in {Frames} was made: another program or an older version wrote it. {Elsewhere}");
    }

    /// <summary>The frame to go on from. What a killed run left half is taken away.</summary>
    /// <exception cref="InvalidDataException">There is no whole frame, or the energies are not those of the frames since the start.</exception>
    public Atoms LastFrame()
    {
        TrajectoryWriter.Repair(Path);
        Atoms last = ExtendedXyz.Read(Frames).LastOrDefault()
            ?? throw new InvalidDataException($"{Frames} has no whole frame to go on from. Begin anew with --overwrite, or name another folder with --out.");
        if (!File.Exists(Energies)) throw new InvalidDataException($"There is no {Energies}, which would have the energies of the frames in {Frames}. {Elsewhere}");
        double[] steps = Advise(() => TrajectoryWriter.ReadEnergies(Path))["step"];
        if (steps is [0, ..] && last.Info.TryGetValue("step", out InfoValue? step) && step.ToString() == FormattableString.Invariant($"{steps[^1]}")) return last;
        throw new InvalidDataException($"{Energies} does not have the energies of the frames in {Frames} from step 0 to the last one. {Elsewhere}");
    }

    private T Advise<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{error.Message} {Elsewhere}", error);
        }
    }

    private string Of(string name) => System.IO.Path.Combine(Path, name);
}
