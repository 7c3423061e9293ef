using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using WaterDensity.Density;
using WaterDensity.Systems;

namespace WaterDensity.Pages;

/// <summary>
/// A page in HTML that shows a predicted density in three dimensions; everything it needs is in it. The template and the scripts are files in
/// the folder viewer, resources of this program.
/// </summary>
/// <param name="Name">What the density is of, as people call it; any text.</param>
/// <param name="Electrons">∫ρ of the prediction.</param>
/// <param name="Error">ε_ρ, null where no reference is known.</param>
/// <param name="Level">Electronic-structure method that the network learned.</param>
internal sealed partial record DensityPage(
    string Name, Molecule Molecule, double Electrons, double? Error, string Level, DensityFields Fields)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Samples what the page shows.</summary>
    /// <param name="reference">Coefficients of the ab-initio density and how far the prediction is from it, or null.</param>
    public static DensityPage Of(
        string name, Molecule molecule, AuxiliaryBasis basis, string level, double[] prediction, (double[] Coefficients, double Error)? reference)
        => new(name, molecule, Moments.Electrons(basis, molecule.Species, prediction), reference?.Error, level,
            DensityFields.Sample(basis, molecule, prediction, reference?.Coefficients));

    public void Save(string path) => File.WriteAllText(path, Write());

    /// <summary>
    /// The template with its placeholders filled in one pass, so that nothing filled in is taken for a placeholder. Names become HTML text;
    /// JSON has no &lt; that could end its element, for the serializer escapes it.
    /// </summary>
    public string Write() => Placeholder().Replace(Resource("page.html"), match => match.Groups[1].Value switch
    {
        "title" => Text($"Predicted electron density of {Name}"),
        "facts" => string.Concat(Facts().Select(f => $"<div><dt>{f.Term}</dt><dd>{Text(f.Value)}</dd></div>")),
        "about" => Text($"Learned from {Level} densities, fitted with atom-centred Gaussians up to l = 4. Axes as in the xyz and cube files; "
            + $"isosurfaces on a grid of {Invariant($"{Fields.Grid.Spacing:0.00}")} bohr."),
        "data" => Data(),
        var file => file.EndsWith(".txt", StringComparison.Ordinal) ? Text(Resource(file)) : Resource(file),
    });

    /// <summary>Terms in HTML, values in plain text.</summary>
    private IEnumerable<(string Term, string Value)> Facts()
    {
        int oxygens = Molecule.Species.Count(z => z == 1), hydrogens = Molecule.Atoms - oxygens;
        yield return ("Molecule", hydrogens != 2 * oxygens ? $"H{Subscript(hydrogens)}O{Subscript(oxygens)}"
            : oxygens == 1 ? "H₂O" : $"(H₂O){Subscript(oxygens)}");
        yield return ("Electrons", Invariant($"{Electrons:0.0000}"));
        yield return ("Error ε<sub>ρ</sub> = ∫|ρ − ρ<sub>ref</sub>| / ∫ρ<sub>ref</sub>",
            Error is { } error ? Invariant($"{100 * error:0.00} %") : "unknown, no reference");
    }

    private string Data() => JsonSerializer.Serialize(new
    {
        Symbols = Molecule.Species.Select(z => z == 0 ? "H" : "O"),
        Positions = Frame.ToLaboratory(Molecule.PositionsInBohr()),
        Fields.Grid.Origin,
        Fields.Grid.Counts,
        Fields.Grid.Spacing,
        Fields = new
        {
            IsolatedAtoms = PackedField.Pack(Fields.IsolatedAtoms),
            Deformation = Fields.Deformation.Select(PackedField.Pack),
            Error = Fields.Error?.Select(PackedField.Pack),
        },
    }, Json);

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Subscript(int n)
        => n == 1 ? "" : string.Concat(n.ToString(CultureInfo.InvariantCulture).Select(digit => (char)('₀' + digit - '0')));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string Resource(string name)
    {
        using Stream stream = typeof(DensityPage).Assembly.GetManifestResourceStream(name)!;
        return new StreamReader(stream).ReadToEnd();
    }

    [GeneratedRegex(@"\{\{([\w.-]+)\}\}")]
    private static partial Regex Placeholder();
}
