using System.Globalization;
using E3Gen;
using WaterDensity.Systems;

namespace WaterDensity.Files;

/// <summary>Reads water from an xyz file, plain or extended (docs/extxyz.md): Å, one structure a file.</summary>
internal static class WaterFile
{
    /// <summary>Closer atoms than this (Å) are a broken file, not a molecule.</summary>
    private const double SmallestDistance = 0.3;

    /// <summary>
    /// The network knows open clusters only. Molecules of a periodic frame are brought into its cell and made whole, and what they are then is an open cluster:
    /// atoms at the cell's faces have lost the neighbours beyond them.
    /// </summary>
    /// <returns>The molecules, and whether they come from a periodic frame.</returns>
    /// <exception cref="InvalidDataException">Names the file and what is wrong with it.</exception>
    public static (Molecule Molecule, bool WasPeriodic) Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file {path}.", path);
        Atoms[] frames = [.. ExtendedXyz.Read(path).Take(2)];
        if (frames is not [{ Count: > 0 } atoms])
            throw new InvalidDataException($"{path} has {(frames.Length > 1 ? "several structures" : "no atoms")}; expected one structure of water molecules.");
        int foreign = Array.FindIndex(atoms.AtomicNumbers, z => z is not (1 or 8));
        if (foreign >= 0)
            throw new InvalidDataException($"{atoms.Origin}: atom {foreign} (from 0) is {atoms.SymbolOf(foreign)}; the network has learned from water, only H and O are allowed.");
        RequireRoom(atoms);
        Atoms whole = atoms.Wrap().Unwrap();
        return (new Molecule([.. whole.AtomicNumbers.Select(Molecule.SpeciesOf)], Frame.FromLaboratory(whole.Positions)), atoms.IsPeriodic);
    }

    private static void RequireRoom(Atoms atoms)
    {
        using Graph graph = atoms.ToGraph(SmallestDistance, TorchSharp.torch.ScalarType.Float64);
        if (graph.EdgeCount == 0)
            return;
        using TorchSharp.torch.Tensor positions = atoms.PositionTensor(TorchSharp.torch.ScalarType.Float64), vectors = graph.EdgeVectors(positions);
        double[] first = [.. vectors.data<double>().Take(3)];
        double distance = Math.Sqrt(first.Sum(x => x * x));
        throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
            $"{atoms.Origin}: atoms {graph.Destination.data<long>()[0]} and {graph.Source.data<long>()[0]} (from 0) are {distance:F3} Å apart; coordinates are in Å."));
    }
}
