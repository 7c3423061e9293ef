using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Potential.Models;

namespace Potential.Commands;

/// <summary>The file of a potential, known again by what is in it: two good trainings may differ by less in a structure's energy than two machines do.</summary>
/// <param name="Path">Where it was.</param>
/// <param name="Sha256">SHA-256 of its content, in lower hexadecimal digits.</param>
internal sealed record ModelFile(string Path, string Sha256)
{
    [JsonIgnore]
    public bool IsSound => Sha256.Length == 2 * SHA256.HashSizeInBytes && Sha256.All(char.IsAsciiHexDigitLower);

    /// <param name="path">The file, or the folder of a training.</param>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static ModelFile Of(string path)
    {
        string file = SavedPotential.FileOf(path);
        if (!File.Exists(file)) throw new FileNotFoundException($"There is no potential {file}; train one first.", file);
        using FileStream content = File.OpenRead(file);
        return new ModelFile(file, Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    public override string ToString() => $"{Path} (SHA-256 {Sha256[..12]}…)";
}
