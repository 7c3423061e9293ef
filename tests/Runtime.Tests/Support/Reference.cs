using System.Text.Json;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Support;

/// <summary>Numbers computed with e3nn; keys are <c>case/field</c>. The files in tests/ReferenceData are copied beside the tests.</summary>
public static class Reference
{
    private static readonly Dictionary<string, SafetensorsFile> Open = [];

    public static SafetensorsFile File(string name)
    {
        lock (Open)
        {
            if (!Open.TryGetValue(name, out SafetensorsFile? file))
                Open[name] = file = Safetensors.Read(Path.Combine(AppContext.BaseDirectory, "ReferenceData", name + ".safetensors"));
            return file;
        }
    }

    public static SafetensorsFile Layers => File("layers");

    /// <summary>The JSON that describes a case: class, arguments, irreps.</summary>
    public static JsonElement Case(this SafetensorsFile file, string name) => JsonDocument.Parse(file.Metadata["case." + name]).RootElement;

    public static string[] CaseNames(this SafetensorsFile file) => JsonSerializer.Deserialize<string[]>(file.Metadata["cases"])!;

    public static Tensor Get(this SafetensorsFile file, string name, string field) => file.Get($"{name}/{field}");
}
