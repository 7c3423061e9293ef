using System.Globalization;

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
    /// <exception cref="InvalidDataException">The trajectory to go on with ends inside a frame.</exception>
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

    /// <summary>Path of the frames in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The path.</returns>
    public static string FramesIn(string folder) => Path.Combine(folder, "trajectory.xyz");

    /// <summary>Path of the energies in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The path.</returns>
    public static string EnergiesIn(string folder) => Path.Combine(folder, "energies.csv");

    /// <summary>Writes a frame and a row.</summary>
    /// <param name="simulation">The simulation.</param>
    public void Write(Simulation simulation)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        _frames.Write(simulation.Frame());
        Simulation s = simulation;
        _energies.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{s.Step},{s.Time},{s.PotentialEnergy},{s.KineticEnergy},{s.TotalEnergy},{s.TotalEnergy / s.Count},{s.Temperature}"));
    }

    /// <summary>Closes both files.</summary>
    public void Dispose()
    {
        _frames.Dispose();
        _energies.Dispose();
    }
}
