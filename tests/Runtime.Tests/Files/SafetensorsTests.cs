using System.Buffers.Binary;
using System.Text;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Files;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    public static TheoryData<ScalarType> Types =>
    [
        ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64,
        ScalarType.Int32, ScalarType.Int16, ScalarType.Int8, ScalarType.Byte, ScalarType.Bool, ScalarType.ComplexFloat32,
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public void EveryTypeSurvivesTheRoundTrip(ScalarType type)
    {
        Tensor saved = arange(24, dtype: ScalarType.Float64).remainder(type == ScalarType.Bool ? 2 : 24).reshape(2, 3, 4).to_type(type);
        Safetensors.Save(_folder.File("x"), [("x", saved)]);
        using SafetensorsFile file = Safetensors.Read(_folder.File("x"));
        Tensor loaded = file["x"];
        Assert.Equal(type, loaded.dtype);
        Assert.Equal(saved.shape, loaded.shape);
        Assert.True(loaded.equal(saved).all().item<bool>());
        Assert.Equal(24 * saved.ElementSize, file.Entries["x"].Length);
    }

    [Fact]
    public void ScalarsEmptyTensorsViewsAndTextsSurviveTheRoundTrip()
    {
        Tensor matrix = arange(6, dtype: ScalarType.Float32).reshape(2, 3);
        var metadata = new Dictionary<string, string> { ["kind"] = "test", ["näme \"quoted\"\n"] = "wért" };
        (string, Tensor)[] tensors =
            [("tiny", ones(1, dtype: ScalarType.Bool)), ("scalar", tensor(2.5)), ("none", zeros(0, 7)), ("transposed", matrix.t()), ("ключ", matrix)];
        Safetensors.Save(_folder.File("x"), tensors, metadata);

        using SafetensorsFile file = Safetensors.Read(_folder.File("x"));
        Assert.Equal(metadata, file.Metadata);
        Assert.Equal(["scalar", "none", "transposed", "ключ", "tiny"], file.Names);
        Assert.Equal(2.5, file["scalar"].item<double>());
        Assert.Equal([], file["scalar"].shape);
        Assert.Equal([0, 7], file["none"].shape);
        Assert.Equal([0f, 3, 1, 4, 2, 5], file["transposed"].data<float>().ToArray());
        Assert.Equal([0f, 1, 2, 3, 4, 5], file["ключ"].data<float>().ToArray());
    }

    /// <summary>Views that only say that signs are to be changed: the numbers in memory are not those of the tensor.</summary>
    [Fact]
    public void ConjugatesAreWrittenWithTheirNumbers()
    {
        Tensor conjugate = complex(tensor(new float[] { 1, 2 }), tensor(new float[] { 3, -4 })).conj();
        (string, Tensor)[] tensors = [("conjugate", conjugate), ("imaginary", conjugate.imag)];
        Safetensors.Save(_folder.File("x"), tensors);
        using SafetensorsFile file = Safetensors.Read(_folder.File("x"));
        Assert.Equal([-3f, 4], file["imaginary"].data<float>().ToArray());
        Assert.Equal([-3f, 4], file["conjugate"].imag.contiguous().data<float>().ToArray());
        Assert.Equal([1f, 2], file["conjugate"].real.contiguous().data<float>().ToArray());
    }

    [Fact]
    public void DataStartsAlignedAndHeaderIsPaddedWithSpaces()
    {
        for (int n = 1; n <= 9; n++)
        {
            Safetensors.Save(_folder.File("x"), [(new string('a', n), ones(2, dtype: ScalarType.Float64))]);
            byte[] bytes = File.ReadAllBytes(_folder.File("x"));
            int header = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
            Assert.Equal(0, header % 8);
            Assert.Equal(bytes.Length, 8 + header + 16);
            string json = Encoding.UTF8.GetString(bytes, 8, header);
            Assert.StartsWith("{", json);
            Assert.EndsWith("}", json.TrimEnd(' '));
        }
    }

    [Fact]
    public void ReferenceFileOfE3nnReads()
    {
        SafetensorsFile layers = Reference.Layers;
        Assert.Equal("0.5.6", layers.Metadata["e3nn_version"]);
        Assert.Equal(1.6791767923989418, layers.Get("normalize2mom", "cst")[0].item<double>());
        Assert.Equal([10, 16], layers.Get("fc.silu", "layer0.weight").shape);
    }

    [Fact]
    public void ExistingFileIsReplacedOnlyByACompleteOne()
    {
        Safetensors.Save(_folder.File("x"), [("a", ones(3))]);
        Assert.Throws<ArgumentException>(() => Safetensors.Save(_folder.File("x"), [("b", zeros(3)), ("b", zeros(3))]));
        Assert.Throws<ArgumentException>(() => Safetensors.Save(_folder.File("x"), [("c", zeros(3, dtype: ScalarType.ComplexFloat64))]));
        Assert.Throws<ArgumentException>(() => Safetensors.Save(_folder.File("x"), [("__metadata__", zeros(3))]));
        using (SafetensorsFile file = Safetensors.Read(_folder.File("x"))) Assert.Equal(["a"], file.Names);
        Safetensors.Save(_folder.File("x"), new Dictionary<string, Tensor> { ["d"] = ones(3) });
        using (SafetensorsFile file = Safetensors.Read(_folder.File("x"))) Assert.Equal(["d"], file.Names);
        Assert.Equal(["x"], _folder.Files);
    }

    [Fact]
    public void NothingIsLeftBehindWhenWritingFails()
    {
        // A meta tensor has a type and a shape but no data: it fails only after the header has been written.
        Tensor empty = ones(3, device: new Device(DeviceType.META));
        Assert.ThrowsAny<Exception>(() => Safetensors.Save(_folder.File("x"), [("a", ones(3)), ("b", empty)]));
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void UnknownNamesAreNamed()
    {
        Safetensors.Save(_folder.File("x"), [("weight", ones(3))]);
        using SafetensorsFile file = Safetensors.Read(_folder.File("x"));
        var error = Assert.Throws<KeyNotFoundException>(() => file["bias"]);
        Assert.Contains("'bias'", error.Message);
        Assert.Contains("'weight'", error.Message);
    }

    [Theory]
    [InlineData("U64", 8)]
    [InlineData("U32", 4)]
    [InlineData("U16", 2)]
    [InlineData("F8_E4M3", 1)]
    [InlineData("F8_E5M2", 1)]
    [InlineData("F8_E8M0", 1)]
    [InlineData("F8_E4M3FNUZ", 1)]
    [InlineData("F8_E5M2FNUZ", 1)]
    [InlineData("F6_E2M3", 0.75)]
    [InlineData("F6_E3M2", 0.75)]
    [InlineData("F4", 0.5)]
    public void TypesThatCannotBeReadAreErrorsOnlyWhereAsked(string type, double size)
    {
        int bytes = (int)(8 * size);
        Write($$$"""{"odd":{"dtype":"{{{type}}}","shape":[2,4],"data_offsets":[0,{{{bytes}}}]},"a":{"dtype":"F32","shape":[1],"data_offsets":[{{{bytes}}},{{{bytes + 4}}}]}}""", bytes + 4);
        using SafetensorsFile file = Safetensors.Read(_folder.File("x"));
        Assert.Equal(["odd", "a"], file.Names);
        Assert.Equal((type, false, (ScalarType?)null), (file.Entries["odd"].TypeName, file.Entries["odd"].IsReadable, file.Entries["odd"].DType));
        Assert.Equal(("F32", true, (ScalarType?)ScalarType.Float32), (file.Entries["a"].TypeName, file.Entries["a"].IsReadable, file.Entries["a"].DType));
        Assert.Equal(0, file["a"].item<float>());
        Assert.Contains($"'odd' has dtype {type}, which TorchSharp does not have", Assert.Throws<InvalidDataException>(() => file["odd"]).Message);
    }

    [Fact]
    public void MetadataMayBeNull()
    {
        Write("""{"__metadata__":null,"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4);
        using SafetensorsFile file = Safetensors.Read(_folder.File("x"));
        Assert.Empty(file.Metadata);
        Assert.Equal(["a"], file.Names);
    }

    private void Write(string json, int dataLength)
    {
        byte[] header = Encoding.UTF8.GetBytes(json);
        File.WriteAllBytes(_folder.File("x"), [.. BitConverter.GetBytes((long)header.Length), .. header, .. new byte[dataLength]]);
    }

    [Fact]
    public void TensorsOutliveTheFileAndBelongToTheCallersScope()
    {
        Safetensors.Save(_folder.File("x"), [("a", ones(3)), ("flags", ones(3, dtype: ScalarType.Bool))]);
        Tensor kept, freed;
        using (SafetensorsFile file = Safetensors.Read(_folder.File("x")))
        {
            kept = file["flags"];
            using (NewDisposeScope()) freed = file["a"];
        }
        Assert.True(freed.IsInvalid);
        Assert.Equal(3, kept.sum().item<long>());
    }
}
