using System.Text.Json;
using E3Gen;

namespace Potential.Conversion;

/// <summary>
/// Data sets in the JSON of the project mlearn (Y. Zuo et al., J. Phys. Chem. A 2020, 124, 731): a list of structures as pymatgen writes them, with an energy (eV), forces (eV/Å) and
/// perhaps <c>virial_stress</c> in kbar, positive under compression as VASP prints it. The order of its components is not the same in all groups of its data sets (docs/potentials.md).
/// </summary>
internal static class MlearnFile
{
    /// <summary>1 eV/Å³ in kbar: the elementary charge in coulombs, by 10⁻³⁰ m³, in units of 10⁸ Pa.</summary>
    private const double KilobarsOfElectronvoltByCubicAngstrom = 1602.176634;

    /// <summary>That of its silicon: groups from molecular dynamics and of surfaces are in LAMMPS's order, strained crystals in VASP's.</summary>
    public const string UsualStressOrder = "lammps,Elastic=vasp";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="order">Which component is which.</param>
    /// <returns>
    /// Structures with energy, forces and stress (eV/Å³, with ASE's sign: positive under tension); a group becomes <c>config_type</c>, and a description stays one.
    /// </returns>
    /// <exception cref="InvalidDataException">The file is not of this kind; the message names the file, the entry (from 0), the value and what was expected.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<Atoms> Read(string path, StressOrder order)
    {
        using FileStream file = File.OpenRead(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(file);
            JsonPlace[] entries = new JsonPlace(document.RootElement, path).Items("structures with outputs");
            return [.. entries.Select((entry, i) => Structure(new JsonPlace(entry.Value, $"{path}, entry {i}"), order))];
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is no JSON: {error.Message}", error);
        }
    }

    private static Atoms Structure(JsonPlace entry, StressOrder order)
    {
        JsonPlace structure = entry.Member("structure"), outputs = entry.Member("outputs");
        JsonPlace[] sites = structure.Member("sites").Items("sites");
        Atoms atoms = Crystal(structure.Member("lattice"), sites, entry.Document);
        atoms.Info["energy"] = new InfoValue(outputs.Member("energy").Number());
        double[] forces = [.. outputs.Member("forces").Items("a force for each site", sites.Length).SelectMany(f => f.Numbers(3, "x, y and z"))];
        atoms.Columns["forces"] = new AtomColumn(forces, 3);
        string? group = entry.FindMember("group")?.Text();
        if (outputs.FindMember("virial_stress") is { } printed)
        {
            double[] six = [.. printed.Numbers(6, "the components of a symmetric matrix").Select(kilobars => -kilobars / KilobarsOfElectronvoltByCubicAngstrom)];
            atoms.Info["stress"] = new InfoValue(order.Matrix(six, group), columns: 3);
        }

        if (group is not null) atoms.Info["config_type"] = new InfoValue(group);
        if (entry.FindMember("description") is { } description) atoms.Info["description"] = new InfoValue(description.Text());
        return atoms;
    }

    private static Atoms Crystal(JsonPlace lattice, JsonPlace[] sites, string where)
    {
        double[] cell = [.. lattice.Member("matrix").Items("lattice vectors", 3).SelectMany(v => v.Numbers(3, "x, y and z"))];
        JsonPlace[]? periodic = lattice.FindMember("pbc")?.Items("true or false for each lattice vector", 3);
        try
        {
            return new Atoms(
                [.. sites.Select(Element)],
                [.. sites.SelectMany(site => site.Member("xyz").Numbers(3, "x, y and z in Å"))],
                cell,
                periodic is null ? null : (periodic[0].Logical(), periodic[1].Logical(), periodic[2].Logical()));
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"{where}: {error.Message}", error);
        }
    }

    /// <summary>The atomic number of a site.</summary>
    private static int Element(JsonPlace site)
    {
        JsonPlace species = site.Member("species").Items("one element: sites shared by several have no definite energy", 1)[0];
        if (species.FindMember("occu") is { } occupation && occupation.Number() != 1) throw occupation.Wrong($"is {occupation.Number()}; only sites that are wholly occupied have a definite energy");
        JsonPlace element = species.Member("element");
        int number = ElementSymbols.AtomicNumber(element.Text());
        return number > 0 ? number : throw element.Wrong($"is '{element.Text()}', which is no element; expected a symbol such as Si");
    }
}
