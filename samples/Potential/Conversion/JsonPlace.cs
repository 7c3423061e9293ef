using System.Text.Json;

namespace Potential.Conversion;

/// <summary>A value in a JSON document that knows where it stands, so that messages can say so.</summary>
/// <param name="Value">The value.</param>
/// <param name="Document">The file, and the entry of its list.</param>
/// <param name="Path">Names and indices that lead from there to the value, such as <c>outputs.forces[5]</c>.</param>
internal readonly record struct JsonPlace(JsonElement Value, string Document, string Path = "")
{
    /// <summary>A member of an object.</summary>
    /// <exception cref="InvalidDataException">There is none, or this is no object.</exception>
    public JsonPlace Member(string name) => FindMember(name) ?? throw Wrong($"has no '{name}'");

    /// <summary>A member of an object; null where there is none or where it is null.</summary>
    /// <exception cref="InvalidDataException">This is no object.</exception>
    public JsonPlace? FindMember(string name)
    {
        if (Value.ValueKind != JsonValueKind.Object) throw Unlike("an object");
        return Value.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null
            ? this with { Value = member, Path = Path.Length == 0 ? name : $"{Path}.{name}" }
            : null;
    }

    /// <summary>The elements of a list.</summary>
    /// <exception cref="InvalidDataException">This is no list, or one of another length.</exception>
    public JsonPlace[] Items(string what, int? count = null)
    {
        if (Value.ValueKind != JsonValueKind.Array) throw Unlike($"a list of {what}");
        if (count is not null && Value.GetArrayLength() != count) throw Wrong($"has {Value.GetArrayLength()} elements; expected {count}, {what}");
        JsonPlace list = this;
        return [.. Value.EnumerateArray().Select((item, i) => list with { Value = item, Path = $"{list.Path}[{i}]" })];
    }

    /// <summary>A list of numbers.</summary>
    /// <exception cref="InvalidDataException">This is no list, one of another length, or has what is no finite number.</exception>
    public double[] Numbers(int count, string what) => [.. Items(what, count).Select(item => item.Number())];

    /// <exception cref="InvalidDataException">This is no finite number.</exception>
    public double Number() => Value.ValueKind == JsonValueKind.Number && Value.TryGetDouble(out double number) && double.IsFinite(number) ? number : throw Unlike("a finite number");

    /// <exception cref="InvalidDataException">This is neither true nor false.</exception>
    public bool Logical() => Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? Value.GetBoolean() : throw Unlike("true or false");

    /// <exception cref="InvalidDataException">This is no text.</exception>
    public string Text() => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Unlike("a text");

    /// <summary>An error about this value.</summary>
    /// <param name="problem">What it does or is, after its name.</param>
    public InvalidDataException Wrong(string problem) => new($"{Document}: {(Path.Length == 0 ? "it" : Path)} {problem}.");

    private InvalidDataException Unlike(string expected)
    {
        string text = Value.GetRawText();
        return Wrong($"is {(text.Length > 40 ? text[..40] + "…" : text)}; expected {expected}");
    }
}
