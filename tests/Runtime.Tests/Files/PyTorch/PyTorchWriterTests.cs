using System.IO.Compression;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Files.PyTorch;

public sealed class PyTorchWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    private static readonly ScalarType[] AllTypes =
    [
        ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64, ScalarType.Int32, ScalarType.Int16,
        ScalarType.Int8, ScalarType.Byte, ScalarType.Bool, ScalarType.ComplexFloat32, ScalarType.ComplexFloat64,
    ];

    public static TheoryData<ScalarType> Types => [.. AllTypes];

    private static Tensor Example(ScalarType type) => arange(24, dtype: ScalarType.Float64).remainder(type == ScalarType.Bool ? 2 : 24).reshape(2, 3, 4).to_type(type);

    [Theory]
    [MemberData(nameof(Types))]
    public void EveryTypeSurvivesTheRoundTrip(ScalarType type)
    {
        Tensor saved = Example(type);
        PyTorchFile.Save(_folder.File("x"), [("x", saved)]);
        using PyTorchFile file = PyTorchFile.Read(_folder.File("x"));
        Tensor loaded = file["x"];
        Assert.Equal(type, loaded.dtype);
        Assert.Equal(saved.shape, loaded.shape);
        Assert.True(loaded.equal(saved).all().item<bool>());
    }

    [Fact]
    public void ScalarsEmptyTensorsViewsAndNamesSurviveTheRoundTrip()
    {
        Tensor matrix = arange(6, dtype: ScalarType.Float32).reshape(2, 3);
        (string, Tensor)[] tensors = [("scalar", tensor(2.5)), ("none", zeros(0, 7)), ("transposed", matrix.t()), ("ключ", matrix), ("many", zeros(300, 70_000, dtype: ScalarType.Int8))];
        PyTorchFile.Save(_folder.File("x"), tensors);
        using PyTorchFile file = PyTorchFile.Read(_folder.File("x"));
        Assert.Equal(["scalar", "none", "transposed", "ключ", "many"], file.StateDict().Keys);
        Assert.Equal(2.5, file["scalar"].item<double>());
        Assert.Equal([0, 7], file["none"].shape);
        Assert.Equal([0f, 3, 1, 4, 2, 5], file["transposed"].data<float>().ToArray());
        Assert.Equal([300, 70_000], file["many"].shape);
    }

    /// <summary>Views that only say that signs are to be changed: the numbers in memory are not those of the tensor.</summary>
    [Fact]
    public void ConjugatesAreWrittenWithTheirNumbers()
    {
        Tensor conjugate = complex(tensor(new float[] { 1, 2 }), tensor(new float[] { 3, -4 })).conj();
        (string, Tensor)[] tensors = [("conjugate", conjugate), ("imaginary", conjugate.imag)];
        PyTorchFile.Save(_folder.File("x"), tensors);
        using PyTorchFile file = PyTorchFile.Read(_folder.File("x"));
        Assert.Equal([-3f, 4], file["imaginary"].data<float>().ToArray());
        Assert.Equal([-3f, 4], file["conjugate"].imag.contiguous().data<float>().ToArray());
        Assert.Equal([1f, 2], file["conjugate"].real.contiguous().data<float>().ToArray());
    }

    /// <summary>Another reader of zip archives accepts it, and checks the checksums; every record begins at a multiple of 64 bytes, as torch's do.</summary>
    [Fact]
    public void TheArchiveIsAsTorchWritesIt()
    {
        PyTorchFile.Save(_folder.File("x"), [("a", arange(5)), ("b", ones(3))]);
        using ZipArchive archive = ZipFile.OpenRead(_folder.File("x"));
        Assert.Equal(
            ["data.pkl", ".format_version", ".storage_alignment", "byteorder", "data/0", "data/1", "version", ".data/serialization_id"],
            archive.Entries.Select(e => e.FullName["archive/".Length..]));
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            Assert.Equal(entry.Length, entry.CompressedLength);
            using var content = new MemoryStream();
            using (Stream stream = entry.Open()) stream.CopyTo(content);
            Assert.Equal(entry.Crc32, Crc32.Append(0, content.ToArray()));
        }
        using (var reader = new StreamReader(archive.GetEntry("archive/byteorder")!.Open())) Assert.Equal("little", reader.ReadToEnd());
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(_folder.File("x"));
        Assert.All(ZipDirectory.Read(file).Values, record => Assert.Equal(0, record.Start % 64));
    }

    /// <summary>
    /// libtorch's own functions load what was saved here and save it again, which is read here. They exist in C++ only, and are called as its compiler
    /// would on this platform; an exception of theirs would end the process.
    /// </summary>
    [Fact]
    public void LibtorchReadsAndWritesTheSame()
    {
        if (!OperatingSystem.IsLinux() || System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture != System.Runtime.InteropServices.Architecture.X64) return;
        Dictionary<string, Tensor> saved = AllTypes.ToDictionary(type => $"tensor {type}", Example);
        saved["scalar"] = tensor(2.5);
        saved["none"] = zeros(0, 7);
        saved["transposed"] = arange(6, dtype: ScalarType.Float32).reshape(2, 3).t();
        PyTorchFile.Save(_folder.File("ours"), saved);
        File.WriteAllBytes(_folder.File("libtorch's"), Libtorch.LoadAndSave(File.ReadAllBytes(_folder.File("ours"))));

        using PyTorchFile file = PyTorchFile.Read(_folder.File("libtorch's"));
        Assert.Equal(saved.Keys, file.StateDict().Keys);
        foreach ((string name, Tensor tensor) in saved)
        {
            Assert.Equal(tensor.dtype, file[name].dtype);
            Assert.Equal(tensor.shape, file[name].shape);
            Assert.True(file[name].equal(tensor).all().item<bool>(), name);
        }
    }

    [Fact]
    public void ModulesSurviveTheRoundTrip()
    {
        using var saved = nn.Linear(3, 4);
        using var loaded = nn.Linear(3, 4);
        PyTorchFile.SaveModule(saved, _folder.File("x"));
        LoadReport report = ModuleWeights.Load(loaded, _folder.File("x"));
        Assert.Equal(["weight", "bias"], report.Loaded.Keys);
        Assert.True(saved.weight.equal(loaded.weight!).all().item<bool>());
        Assert.True(loaded.weight!.requires_grad);
    }

    [Fact]
    public void ExistingFileIsReplacedOnlyByACompleteOne()
    {
        PyTorchFile.Save(_folder.File("x"), [("a", ones(3))]);
        Assert.Throws<ArgumentException>(() => PyTorchFile.Save(_folder.File("x"), [("b", zeros(3)), ("b", zeros(3))]));
        Assert.ThrowsAny<Exception>(() => PyTorchFile.Save(_folder.File("x"), [("b", zeros(3, device: new Device(DeviceType.META)))]));
        using (PyTorchFile file = PyTorchFile.Read(_folder.File("x"))) Assert.Equal(["a"], file.Names);
        PyTorchFile.Save(_folder.File("x"), new Dictionary<string, Tensor> { ["d"] = ones(3) });
        using (PyTorchFile file = PyTorchFile.Read(_folder.File("x"))) Assert.Equal(["d"], file.Names);
        Assert.Equal(["x"], _folder.Files);
    }
}
