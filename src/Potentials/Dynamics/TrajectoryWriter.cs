using System.Globalization;
using System.Text;

namespace E3Gen.Potentials;

/// <summary>
/// Writes what a simulation does into a folder: <c>trajectory.xyz</c>, frames of <see cref="Simulation.Frame"/> in extended xyz, and <c>energies.csv</c> with the columns
/// <c>step, time_fs, potential_eV, kinetic_eV, total_eV, total_eV_per_atom, temperature_K</c>. Each is on disk when <see cref="Write"/> returns.
/// </summary>
public sealed class TrajectoryWriter : IDisposable
{
    private const string Header = "step,time_fs,potential_eV,kinetic_eV,total_eV,total_eV_per_atom,temperature_K";

    private readonly ExtendedXyzWriter _frames;
    private readonly StreamWriter _energies;

    /// <summary>Opens both files.</summary>
    /// <param name="folder">The folder; made if there is none.</param>
    /// <param name="append">Whether to go on after what they have; if not, they are replaced.</param>
    /// <exception cref="InvalidDataException">The trajectory to go on with ends inside a frame; see <see cref="Repair"/>.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public TrajectoryWriter(string folder, bool append = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        _frames = new ExtendedXyzWriter(FramesIn(folder), append);
        try
        {
            string path = EnergiesIn(folder);
            bool begins = !append || !File.Exists(path) || new FileInfo(path).Length == 0;
            _energies = new StreamWriter(path, append) { NewLine = "\n", AutoFlush = true };
            if (begins) _energies.WriteLine(Header);
        }
        catch
        {
            _frames.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Takes away what a killed simulation left half: the last frame if it ends early, a row of energies that does, and rows of steps after the last frame. To be called before the last frame is read
    /// to go on from. Files that are whole, and energies beside a
    /// trajectory of another program, are not touched.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="InvalidDataException">The trajectory is malformed elsewhere than at its end.</exception>
    public static void Repair(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!File.Exists(FramesIn(folder))) return;
        CompleteFrames.Keep(FramesIn(folder));
        if (!File.Exists(EnergiesIn(folder))) return;
        Atoms? frame = ExtendedXyz.Read(FramesIn(folder)).LastOrDefault();
        if (frame is not null && !StoredMotion.IsOurs(frame)) return;
        long last = frame is null ? -1 : StoredMotion.Clock(frame).Step;
        string text = File.ReadAllText(EnergiesIn(folder));
        IEnumerable<string> kept = NumberTable.CompleteLines(text)
            .Where(l => l == Header || long.TryParse(l.Split(',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long step) && step <= last);
        string whole = string.Concat(kept.Select(l => l + "\n"));
        if (whole != text) AtomicFile.Write(EnergiesIn(folder), stream => stream.Write(Encoding.UTF8.GetBytes(whole)));
    }

    /// <summary>Takes the last frame and its row of energies away: that of a run's last step, for example, where a longer run would have none.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="InvalidDataException">The trajectory is malformed.</exception>
    public static void RemoveLast(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!File.Exists(FramesIn(folder))) return;
        CompleteFrames.Keep(FramesIn(folder), butLast: true);
        Repair(folder);
    }

    /// <summary>Reads the energies of a folder back.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The columns by name, such as <c>total_eV</c>.</returns>
    /// <exception cref="FileNotFoundException">There are none.</exception>
    /// <exception cref="InvalidDataException">They are not as this class writes them.</exception>
    public static IReadOnlyDictionary<string, double[]> ReadEnergies(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return NumberTable.Read(EnergiesIn(folder), Header);
    }

    /// <summary>Path of the frames in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The path.</returns>
    public static string FramesIn(string folder) => Path.Combine(folder, "trajectory.xyz");

    /// <summary>Path of the energies in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The path.</returns>
    public static string EnergiesIn(string folder) => Path.Combine(folder, "energies.csv");

    /// <summary>Writes a row and a frame.</summary>
    /// <param name="simulation">The simulation.</param>
    public void Write(Simulation simulation)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        Simulation s = simulation;
        // The row first: of one without a frame, Repair knows what to do.
        _energies.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{s.Step},{s.Time},{s.PotentialEnergy},{s.KineticEnergy},{s.TotalEnergy},{s.TotalEnergy / s.Count},{s.Temperature}"));
        _frames.Write(s.Frame());
    }

    /// <summary>Closes both files.</summary>
    public void Dispose()
    {
        _frames.Dispose();
        _energies.Dispose();
    }
}
