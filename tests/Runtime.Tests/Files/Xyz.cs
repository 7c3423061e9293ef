using System.Text;

namespace E3Gen.Runtime.Tests.Files;

/// <summary>Texts as xyz files.</summary>
internal static class Xyz
{
    public static Atoms[] Read(string text, string name = "test.xyz") => Read(Encoding.UTF8.GetBytes(text), name);

    public static Atoms[] Read(byte[] bytes, string name = "test.xyz")
    {
        using var stream = new MemoryStream(bytes);
        return [.. ExtendedXyz.Read(stream, name)];
    }

    /// <summary>One atom of hydrogen under a comment.</summary>
    public static Atoms OfComment(string comment) => Assert.Single(Read($"1\n{comment}\nH 0 0 0\n"));

    public static string Refused(string text) => Assert.Throws<InvalidDataException>(() => Read(text)).Message;
}
