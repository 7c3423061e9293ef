using E3Gen;
using E3Gen.Potentials;
using static TorchSharp.torch;

namespace Potential.Models;

/// <summary>Potentials that a training has written.</summary>
internal static class SavedPotential
{
    /// <summary>The file that a path means: itself, or the potential in a folder of a training.</summary>
    public static string FileOf(string path) => Directory.Exists(path) ? new Commands.TrainingFolder(path).Model : path;

    /// <summary>Loads the potential of a file, or of the folder of a training.</summary>
    public static IPotential Load(string path, Device? device = null) => PotentialFile.Load(FileOf(path), ModelList.Create, device);
}
