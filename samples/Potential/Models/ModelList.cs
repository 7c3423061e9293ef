using System.CommandLine;
using E3Gen;
using E3Gen.Potentials;

namespace Potential.Models;

/// <summary>A class of potentials that can be trained by name.</summary>
/// <param name="Name">What --model names it.</param>
/// <param name="Description">A line for people.</param>
/// <param name="Create">Makes one with new weights, of the elements given by their symbols, with a cutoff radius.</param>
internal sealed record ModelEntry(string Name, string Description, Func<IReadOnlyList<string>, double, IPotential> Create);

/// <summary>The potentials that this program knows. A class of your own is one more line.</summary>
internal static class ModelList
{
    public static IReadOnlyList<ModelEntry> All { get; } =
    [
        new("mace-small", "MACE, 32x0e + 32x1o, two layers, products of two messages with l ≤ 2", (species, cutoff) => new SmallMace(species, cutoff)),
        new("mace-medium", "MACE, 64x0e + 64x1o, two layers, products of three messages with l ≤ 3", (species, cutoff) => new MediumMace(species, cutoff)),
        new("mace-large", "MACE, 64x0e + 64x1o + 64x2e, two layers, products of three messages with l ≤ 3", (species, cutoff) => new LargeMace(species, cutoff)),
        new("nequip-small", "NequIP, 16 features of each irrep with l ≤ 2, three layers", (species, cutoff) => new SmallNequip(species, cutoff)),
        new("nequip-medium", "NequIP, 32 features of each irrep with l ≤ 2, four layers", (species, cutoff) => new MediumNequip(species, cutoff)),
        new("local", "strictly local, as Allegro: pairs with tensors of l ≤ 2, two layers; a class of its own (Models/LocalPotential.cs)", (species, cutoff) => new LocalPotential(species, cutoff)),
        new("gated", "gated convolutions as in NequIP, three layers, l ≤ 2; a class of its own (Models/GatedPotential.cs)", (species, cutoff) => new GatedPotential(species, cutoff)),
    ];

    /// <summary>The option that names one.</summary>
    public static Option<string> Option() => new("--model", "-m")
    {
        Description = $"What to train: {string.Join("; ", All.Select(m => $"{m.Name} ({m.Description})"))}.",
        HelpName = "name",
        DefaultValueFactory = _ => All[0].Name,
    };

    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static ModelEntry Find(string name) => All.FirstOrDefault(m => m.Name == name)
        ?? throw new ArgumentException($"There is no model '{name}'; there are {string.Join(", ", All.Select(m => m.Name))}. A class of your own is a line in Models/ModelList.cs.");

    /// <summary>Makes the potential that a file describes; the weights are new.</summary>
    public static IPotential Create(PotentialDescription description) => Find(description.Model).Create(description.Species, description.Cutoff);
}
