using E3Gen.Potentials.Tests.Support;
using Potential.Models;
using TorchSharp;

namespace E3Gen.Potentials.Tests.Files;

public class PotentialFileTests
{
    [Fact]
    public void WhatIsNoPotentialIsRefused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Of("a.safetensors");
        Assert.Throws<FileNotFoundException>(() => PotentialFile.ReadDescription(path));
        using torch.Tensor tensor = torch.ones(2);
        Safetensors.Save(path, [("a", tensor)]);
        Assert.Contains("does not say its format", Assert.Throws<InvalidDataException>(() => PotentialFile.ReadDescription(path)).Message, StringComparison.Ordinal);
        Safetensors.Save(path, [("a", tensor)], new Dictionary<string, string> { ["format"] = "e3gen-potential-1", ["model"] = "m", ["species"] = "H", ["cutoff"] = "x", ["dtype"] = "float32", ["energy_unit"] = "eV", ["length_unit"] = "Å" });
        Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => PotentialFile.ReadDescription(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownModelsAreNamed()
    {
        using var folder = new TemporaryFolder();
        using var potential = new PairPotential(Samples.Species);
        PotentialFile.Save(folder.Of("model.safetensors"), potential, PotentialFile.Describe(potential, "mine", null));
        Assert.Contains("no model 'mine'", Assert.Throws<ArgumentException>(() => SavedPotential.Load(folder.Path)).Message, StringComparison.Ordinal);
        IPotential loaded = PotentialFile.Load(folder.Of("model.safetensors"), d => new PairPotential(d.Species, d.Cutoff, strength: 7));
        Assert.Equal(1, ((torch.nn.Module)loaded).parameters().Single().item<double>());
    }
}
