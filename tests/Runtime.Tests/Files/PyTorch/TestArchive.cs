using System.IO.Compression;
using System.Text;

namespace E3Gen.Runtime.Tests.Files.PyTorch;

/// <summary>Archives with pickles that torch.save does not write. Texts stand for their Latin-1 bytes.</summary>
internal static class TestArchive
{
    public static byte[] Of(string pickle, params (string Name, byte[] Content)[] records) => Of(Bytes(pickle), records);

    public static byte[] Of(byte[] pickle, params (string Name, byte[] Content)[] records)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in records.Prepend(("data.pkl", pickle)))
            {
                using Stream entry = archive.CreateEntry("archive/" + name, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }
        return bytes.ToArray();
    }

    /// <summary>A pickle of a dictionary {"w": value}.</summary>
    public static string Dictionary(string value) => $"\u0080\u0002}}{Text("w")}{value}s.";

    public static string Text(string text) => $"X{UInt32(text.Length)}{text}";

    public static string Integer(long number) => number is >= int.MinValue and <= int.MaxValue
        ? $"J{UInt32((int)number)}"
        : $"\u008a\b{Encoding.Latin1.GetString(BitConverter.GetBytes(number))}";

    public static string Tuple(params long[] numbers) => $"({string.Concat(numbers.Select(Integer))}t";

    /// <summary>A float32 tensor as torch.save describes it.</summary>
    public static string Tensor(long[] shape, long[] strides, long offset, long count, string key = "0", string kind = "torch\nFloatStorage") =>
        $"ctorch._utils\n_rebuild_tensor_v2\n({Storage(count, key, kind)}{Integer(offset)}{Tuple(shape)}{Tuple(strides)}\u0089ccollections\nOrderedDict\n)RtR";

    public static string Storage(long count, string key = "0", string kind = "torch\nFloatStorage") =>
        $"({Text("storage")}c{kind}\n{Text(key)}{Text("cpu")}{Integer(count)}tQ";

    private static string UInt32(int number) => Encoding.Latin1.GetString(BitConverter.GetBytes(number));

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
