using System.Runtime.InteropServices;
using System.Text.Json;

namespace WaterDensity.Files;

internal sealed class TensorFile
{
    private readonly Dictionary<string, (string Type, byte[] Bytes)> tensors = [];
    public Dictionary<string, string> Metadata { get; } = [];

    public static TensorFile Read(string path)
    {
        byte[] all = File.ReadAllBytes(path);
        int n = (int)BitConverter.ToInt64(all, 0);
        var file = new TensorFile();
        using JsonDocument header = JsonDocument.Parse(all.AsMemory(8, n));
        foreach (JsonProperty p in header.RootElement.EnumerateObject())
        {
            if (p.Name == "__metadata__")
            {
                foreach (JsonProperty m in p.Value.EnumerateObject())
                    file.Metadata[m.Name] = m.Value.GetString()!;
                continue;
            }
            JsonElement o = p.Value.GetProperty("data_offsets");
            file.tensors[p.Name] = (p.Value.GetProperty("dtype").GetString()!, all[(8 + n + o[0].GetInt32())..(8 + n + o[1].GetInt32())]);
        }
        return file;
    }

    public double[] Doubles(string name) => MemoryMarshal.Cast<byte, double>(tensors[name].Bytes).ToArray();

    public int[] Integers(string name) => tensors[name].Type == "I64"
        ? [.. MemoryMarshal.Cast<byte, long>(tensors[name].Bytes).ToArray().Select(v => (int)v)]
        : MemoryMarshal.Cast<byte, int>(tensors[name].Bytes).ToArray();
}
