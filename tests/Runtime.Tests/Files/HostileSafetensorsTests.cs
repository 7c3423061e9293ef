using System.Buffers.Binary;
using System.Text;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Files;

/// <summary>Files that lie. Each must be refused with <see cref="InvalidDataException"/>, whatever is wrong with it.</summary>
public sealed class HostileSafetensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""[]""", 0, "JSON Array")]
    [InlineData("""42""", 0, "JSON Number")]
    [InlineData("""{"a":""", 0, "not valid JSON")]
    [InlineData("""{} x""", 0, "not valid JSON")]
    [InlineData("", 0, "not valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "Duplicate")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "Duplicate")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"\u0061":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "Duplicate")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "not valid")]
    [InlineData("""{"__metadata__":[]}""", 0, "__metadata__ is a JSON Array")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "entry 'a' is a JSON Number")]
    [InlineData("""{"a":7}""", 0, "'a' is described by a JSON Number")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4, "no text field 'dtype'")]
    [InlineData("""{"a":{"dtype":3,"shape":[1],"data_offsets":[0,4]}}""", 4, "no text field 'dtype'")]
    [InlineData("""{"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}""", 4, "dtype 'F31'; known are F64")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "no list 'shape'")]
    [InlineData("""{"a":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""", 4, "no list 'shape'")]
    [InlineData("""{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4, "\"1\" in 'shape'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "1.5 in 'shape'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "-1 in 'shape'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}""", 4, "99999999999999999999 in 'shape'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}""", 4, "more than 2^63 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,9223372036854775807,9223372036854775807],"data_offsets":[0,0]}}""", 0, "more than 2^63 bytes")]
    [InlineData("""{"a":{"dtype":"F64","shape":[1000000000000],"data_offsets":[0,8]}}""", 8, "takes 8000000000000 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"offsets":[0,4]}}""", 4, "unknown field 'offsets'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "no list 'data_offsets'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "1 data_offsets instead of 2")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "run backwards")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 4, "-4 in 'data_offsets'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,9223372036854775807]}}""", 4, "only 4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 4, "only 4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "takes 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "inside the tensor before it")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "inside the tensor before it")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "leaving a hole from 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "leaving a hole from 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "1 more follow")]
    [InlineData("""{}""", 3, "3 more follow")]
    [InlineData("""{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,2]}}""", 2, "elements of 4 bits, which is not a whole number of bytes")]
    [InlineData("""{"a":{"dtype":"F6_E2M3","shape":[4],"data_offsets":[0,4]}}""", 4, "takes 3 bytes")]
    [InlineData("""{"a":{"dtype":"u8","shape":[4],"data_offsets":[0,4]}}""", 4, "dtype 'u8'; known are F64")]
    public void LyingHeadersAreRefused(string json, int dataLength, string because) =>
        AssertRefused(Compose((ulong)Encoding.UTF8.GetByteCount(json), Encoding.UTF8.GetBytes(json), dataLength), because);

    [Fact]
    public void TooManyAxesAreRefused() =>
        LyingHeadersAreRefused($$$"""{"a":{"dtype":"F32","shape":[{{{string.Join(",", Enumerable.Repeat(1, 65))}}}],"data_offsets":[0,4]}}""", 4, "65 axes");

    [Theory]
    [InlineData(3UL, "only 2 follow")]
    [InlineData(1UL << 40, "only 2 follow")]
    [InlineData(ulong.MaxValue, "only 2 follow")]
    [InlineData(1UL << 63, "only 2 follow")]
    public void HeaderLengthsBeyondTheFileAreRefused(ulong length, string because) =>
        AssertRefused(Compose(length, "{}"u8.ToArray(), 0), because);

    [Fact]
    public void HugeHeadersAreRefusedBeforeTheyAreRead()
    {
        string path = _folder.File("sparse");
        using (FileStream stream = File.Create(path))
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, 1L << 40);
            stream.Write(length);
            stream.SetLength(8 + (1L << 40));   // a sparse file: takes no space on disk
        }
        var error = Assert.Throws<InvalidDataException>(() => Safetensors.Read(path));
        Assert.Contains("the format allows 100000000", error.Message);
    }

    [Fact]
    public void InvalidUtf8IsRefused() => AssertRefused(Compose(9, [.. "{\"a"u8, 0xff, .. "\":{}}"u8], 0), "not UTF-8");

    [Fact]
    public void BoolsOtherThanZeroAndOneAreRefused()
    {
        byte[] json = """{"a":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}}"""u8.ToArray();
        byte[] bytes = Compose((ulong)json.Length, json, 2);
        bytes[^1] = 2;
        File.WriteAllBytes(_folder.File("x"), bytes);
        using SafetensorsFile file = Safetensors.Read(_folder.File("x"));
        Assert.Contains("neither 0 nor 1", Assert.Throws<InvalidDataException>(() => file["a"]).Message);
    }

    [Fact]
    public void CuttingTheFileAfterItWasOpenedIsNoticed()
    {
        string path = _folder.File("x");
        using var scope = NewDisposeScope();
        Safetensors.Save(path, [("a", ones(100_000))]);
        using SafetensorsFile file = Safetensors.Read(path);
        using (var other = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite)) other.SetLength(other.Length - 4);
        Assert.Contains("ends inside the data of tensor 'a'", Assert.Throws<InvalidDataException>(() => file["a"]).Message);
    }

    [Fact]
    public void EveryTruncationIsRefused()
    {
        byte[] whole = SmallFile();
        for (int length = 0; length < whole.Length; length++)
            Assert.False(Loads(whole[..length]), $"a file cut to {length} of {whole.Length} bytes was accepted");
        Assert.True(Loads(whole));
    }

    [Fact]
    public void EveryFlippedBitLoadsOrIsRefused()
    {
        byte[] whole = SmallFile();
        int refused = 0, tried = 0;
        for (int at = 0; at < whole.Length; at++)
        {
            for (int bit = 0; bit < 8; bit++, tried++)
            {
                byte[] damaged = [.. whole];
                damaged[at] ^= (byte)(1 << bit);
                if (!Loads(damaged)) refused++;
            }
        }
        Assert.InRange(refused, tried / 4, tried - 1);
    }

    /// <summary>True if the file and every tensor in it load, false if it is refused; any other exception fails the test.</summary>
    private bool Loads(byte[] bytes)
    {
        string path = _folder.File("fuzz");
        File.WriteAllBytes(path, bytes);
        using var scope = NewDisposeScope();
        try
        {
            using SafetensorsFile file = Safetensors.Read(path);
            foreach (string name in file.Names) _ = file[name];
            return true;
        }
        catch (InvalidDataException error)
        {
            Assert.Contains(path, error.Message);
            return false;
        }
    }

    private byte[] SmallFile()
    {
        using var scope = NewDisposeScope();
        var metadata = new Dictionary<string, string> { ["kind"] = "t" };
        Tensor a = arange(2, dtype: ScalarType.Float32), flag = ones(1, dtype: ScalarType.Bool), none = zeros(0, 2);
        Safetensors.Save(_folder.File("small"), [("a", a), ("flag", flag), ("none", none)], metadata);
        return File.ReadAllBytes(_folder.File("small"));
    }

    private static byte[] Compose(ulong length, byte[] json, int dataLength)
    {
        byte[] bytes = new byte[8 + json.Length + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        json.CopyTo(bytes, 8);
        return bytes;
    }

    private void AssertRefused(byte[] bytes, string because)
    {
        string path = _folder.File("hostile");
        File.WriteAllBytes(path, bytes);
        var error = Assert.Throws<InvalidDataException>(() => Safetensors.Read(path));
        Assert.Contains(path, error.Message);
        Assert.Contains(because, error.Message);
    }
}
