using E3Gen.Runtime.Tests.Files.PyTorch;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Files;

/// <summary>A file of another format gets a sentence that says what it is.</summary>
public sealed class FileKindTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<byte[], string> Others => new()
    {
        { [0x89, .. "HDF\r\n"u8, 0x1a, 10, 0, 0, 0, 0], "an HDF5 file" },
        { [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0], "compressed with gzip" },
        { [0x93, .. "NUMPY"u8, 1, 0, 0x76, 0, .. "{'descr'"u8], "a NumPy array" },
        { [.. "GGUF"u8, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0], "a GGUF file" },
        { [.. "version https://git-lfs.github.com/spec/v1\noid sha256:"u8], "git lfs pull" },
        { [.. "<!DOCTYPE html><html>"u8], "a web page" },
        { [0x80, 4, 0x95, 0, 0, 0, 0, 0, 0, 0, 0], "a Python pickle" },
        { [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, .. ".\u0080"u8], "before torch 1.6" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void OtherFormatsAreNamed(byte[] bytes, string what)
    {
        File.WriteAllBytes(_folder.File("x"), bytes);
        using var module = nn.Linear(1, 1);
        Assert.Contains(what, Assert.Throws<InvalidDataException>(() => Safetensors.Read(_folder.File("x"))).Message);
        Assert.Contains(what, Assert.Throws<InvalidDataException>(() => PyTorchFile.Read(_folder.File("x"))).Message);
        Assert.Contains(what, Assert.Throws<InvalidDataException>(() => ModuleWeights.Load(module, _folder.File("x"))).Message);
    }

    [Fact]
    public void EachReaderNamesTheOther()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("call PyTorchFile.Read", Assert.Throws<InvalidDataException>(() => Safetensors.Read(Fixtures.PathOf("training"))).Message);
        Safetensors.Save(_folder.File("x"), [("a", ones(3))]);
        Assert.Contains("call Safetensors.Read", Assert.Throws<InvalidDataException>(() => PyTorchFile.Read(_folder.File("x"))).Message);
    }
}
