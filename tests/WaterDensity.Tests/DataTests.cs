using WaterDensity.Density;
using WaterDensity.Systems;

namespace WaterDensity.Tests;

/// <summary>The shipped files hold what data/README.md says.</summary>
public class DataTests
{
    [Theory]
    [InlineData(WaterDataset.DefaultFile, 743, 5562)]
    [InlineData("data/water_pbe0_def2-tzvp.safetensors", 119, -1)]
    public void EveryMoleculeHasItsElectrons(string file, int systems, int atoms)
    {
        WaterDataset dataset = WaterDataset.Load(Path.Combine(AppContext.BaseDirectory, file));
        Assert.Equal(systems, dataset.Systems.Count);
        if (atoms > 0)
            Assert.Equal(atoms, dataset.Systems.Sum(s => s.Atoms));
        foreach (WaterSystem system in dataset.Systems)
        {
            Assert.Equal(10 * system.Waters, system.Electrons);
            Assert.Equal(system.Electrons, Moments.Electrons(dataset.Basis, system.Species, system.Coefficients), 1e-9);
        }
    }

    [Fact]
    public void IsolatedAtomsAreNeutralAndSpherical()
    {
        for (int species = 0; species < AuxiliaryBasis.SpeciesCount; species++)
        {
            double[] atom = Shared.Basis.IsolatedCoefficients[species];
            Assert.Equal(Molecule.AtomicNumber(species), Moments.Electrons(Shared.Basis, [species], atom), 1e-9);
            Assert.All(atom[AuxiliaryBasis.Multiplicities[0]..], c => Assert.Equal(0, c));
        }
    }

    [Fact]
    public void PaddingIsZero()
    {
        Assert.Equal([16, 70], Shared.Basis.Mask.Select(m => m.Count(used => used)));
        foreach (WaterSystem system in Shared.Dataset.Systems)
        {
            for (int i = 0; i < system.Coefficients.Length; i++)
            {
                if (!Shared.Basis.Mask[system.Species[i / AuxiliaryBasis.Columns]][i % AuxiliaryBasis.Columns])
                    Assert.Equal(0, system.Coefficients[i]);
            }
        }
    }

    [Fact]
    public void LargeClustersAreForTestsOnly()
    {
        Assert.Equal([1, 2, 3, 4], Shared.Dataset.Of(Split.Train).Select(s => s.Waters).Distinct().Order());
        Assert.Equal([160, 155, 173, 85], Shared.Dataset.Of(Split.Train).GroupBy(s => s.Waters).OrderBy(g => g.Key).Select(g => g.Count()));
        Assert.Equal([20, 35, 17, 10, 20, 15, 8],
            Shared.Dataset.Of(Split.Test).GroupBy(s => s.Waters).OrderBy(g => g.Key).Select(g => g.Count()));
    }

    /// <summary>
    /// The file's dipoles were computed from the same densities by another program (with a value of the bohr that differs in the ninth
    /// digit).
    /// </summary>
    [Fact]
    public void DipolesOfTheDensitiesAreThoseOfTheFile()
    {
        foreach (WaterSystem system in Shared.Dataset.Systems)
        {
            double[] dipole = Moments.Dipole(Shared.Basis, system, system.Coefficients);
            for (int axis = 0; axis < 3; axis++)
                Assert.Equal(system.Dipole[axis], dipole[axis], 1e-6);
        }
    }

    [Fact]
    public void OtherFilesAreRefused()
    {
        string path = Path.GetTempFileName();
        try
        {
            E3Gen.Safetensors.Save(path, new Dictionary<string, TorchSharp.torch.Tensor> { ["x"] = TorchSharp.torch.ones(3) });
            Assert.Contains("water-density-1", Assert.Throws<InvalidDataException>(() => WaterDataset.Load(path)).Message);
        }
        finally
        {
            File.Delete(path);
        }
        Assert.Throws<FileNotFoundException>(() => WaterDataset.Load("no-such-file.safetensors"));
    }
}
