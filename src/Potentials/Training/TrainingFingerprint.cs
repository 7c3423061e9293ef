using System.Globalization;
using System.Security.Cryptography;

namespace E3Gen.Potentials;

/// <summary>What must be the same for a training to go on exactly: the potential, the data, and what orders the steps.</summary>
internal static class TrainingFingerprint
{
    /// <summary>By name, in the order in which differences are reported.</summary>
    public static Dictionary<string, string> Of(IPotential potential, TrainingData data, TrainingOptions options, long parameters)
    {
        var values = new Dictionary<string, string>
        {
            ["potential"] = potential.GetType().Name,
            ["species"] = string.Join(" ", potential.Species),
            ["cutoff"] = Text([potential.Cutoff]),
            ["seed"] = FormattableString.Invariant($"{options.Seed}"),
            ["batch_size"] = FormattableString.Invariant($"{options.BatchSize}"),
            ["structures"] = FormattableString.Invariant($"{data.Training.Count} + {data.Validation.Count}"),
            ["parameters"] = FormattableString.Invariant($"{parameters}"),
            // Least squares differ in the last digits.
            ["E0"] = $"{string.Join(" ", data.References.Species)}: {string.Join(" ", data.References.Values.Select(e => e.ToString("G9", CultureInfo.InvariantCulture)))}",
            ["training_data_sha256"] = Hash(data.Training),
            ["validation_data_sha256"] = Hash(data.Validation),
        };
        if (potential is not IStateConstants constants) return values;
        foreach ((string name, double[] numbers) in constants.StateConstants.OrderBy(c => c.Key, StringComparer.Ordinal)) values[$"constant {name}"] = Text(numbers);
        return values;
    }

    private static string Text(IEnumerable<double> numbers) => string.Join(" ", numbers.Select(n => n.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>Of all that a loss is made of: elements, positions, cells, targets and weights.</summary>
    private static string Hash(IReadOnlyList<LabelledStructure> structures)
    {
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        using (var writer = new BinaryWriter(stream))
        {
            foreach (LabelledStructure structure in structures) Write(writer, structure);
        }

        return Convert.ToHexStringLower(hash.Hash!);
    }

    private static void Write(BinaryWriter writer, LabelledStructure structure)
    {
        Atoms atoms = structure.Atoms;
        writer.Write(atoms.Count);
        foreach (int number in atoms.AtomicNumbers) writer.Write(number);
        (bool a, bool b, bool c) = atoms.Periodic;
        foreach (bool periodic in new[] { a, b, c }) writer.Write(periodic);
        foreach (IReadOnlyList<double>? numbers in new[] { atoms.Positions, atoms.Cell, structure.Energy is { } energy ? [energy] : null, structure.Forces, structure.Stress, [structure.Weight] })
        {
            writer.Write(numbers?.Count ?? -1);
            foreach (double number in numbers ?? []) writer.Write(number);
        }
    }
}
