using System.Numerics;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Files.PyTorch;

public sealed class PyTorchFileTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    private static PyTorchFile Open(string name, bool skipUnknown = false) => PyTorchFile.Read(Fixtures.PathOf(name), skipUnknown);

    private static double[] Numbers(Tensor tensor) => tensor.to_type(ScalarType.Float64).flatten().data<double>().ToArray();

    private static InvalidDataException Refused(string name, params string[] because)
    {
        var error = Assert.Throws<InvalidDataException>(() => Open(name));
        Assert.All(because, text => Assert.Contains(text, error.Message));
        Assert.Contains(Fixtures.PathOf(name), error.Message);
        return error;
    }

    [Theory]
    [InlineData("float64", ScalarType.Float64)]
    [InlineData("float32", ScalarType.Float32)]
    [InlineData("float16", ScalarType.Float16)]
    [InlineData("bfloat16", ScalarType.BFloat16)]
    [InlineData("int64", ScalarType.Int64)]
    [InlineData("int32", ScalarType.Int32)]
    [InlineData("int16", ScalarType.Int16)]
    [InlineData("int8", ScalarType.Int8)]
    [InlineData("uint8", ScalarType.Byte)]
    public void EveryTypeReads(string name, ScalarType type)
    {
        using PyTorchFile file = Open("types");
        Tensor read = file[name];
        Assert.Equal(type, read.dtype);
        Assert.Equal(type, file.Entries[name].DType);
        Assert.Equal([2, 3], read.shape);
        Assert.Equal([0, 1, 2, 3, 4, 5], Numbers(read));
    }

    [Fact]
    public void BoolsComplexNumbersScalarsAndEmptyTensorsRead()
    {
        using PyTorchFile file = Open("types");
        Assert.Equal([false, true, false, true, false, true], file["bool"].data<bool>().ToArray());
        Assert.Equal(new Complex(4, -4), file["complex64"].to_type(ScalarType.ComplexFloat64)[1, 1].item<Complex>());
        Assert.Equal(2.5, file["scalar"].item<double>());
        Assert.Equal([], file["scalar"].shape);
        Assert.Equal([0, 7], file["none"].shape);
    }

    [Fact]
    public void ViewsAndSharedStoragesComeOutRight()
    {
        using PyTorchFile file = Open("views");
        Assert.Equal([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11], Numbers(file["transposed"]));
        Assert.Equal([2, 6, 10], Numbers(file["column"]));
        Assert.Equal([5, 6, 9, 10], Numbers(file["block"]));
        Assert.Equal([7, 7, 7, 7, 7, 7], Numbers(file["expanded"]));
        Assert.Equal([0, 1, 2, 1, 2, 3, 2, 3, 4], Numbers(file["windows"])[..9]);
        Assert.Equal(file.Entries["matrix"].Storage, file.Entries["tied"].Storage);
        Assert.True(file["transposed"].is_contiguous());

        Tensor first = file["matrix"], second = file["tied"];
        first.zero_();
        Assert.Equal(66, second.sum().item<float>());
    }

    [Theory]
    [InlineData("training")]
    [InlineData("training_protocol3")]
    [InlineData("training_protocol4")]
    [InlineData("training_protocol5")]
    public void ValuesOfATrainingRead(string name)
    {
        using PyTorchFile file = Open(name);
        var values = Assert.IsAssignableFrom<IReadOnlyDictionary<object, object?>>(file.Value);
        Assert.Equal(12L, values["epoch"]);
        Assert.Equal(3_000_000_000L, values["step"]);
        Assert.Equal(0.25, values["loss"]);
        Assert.Null(values["best"]);
        Assert.Equal(false, values["done"]);
        Assert.Equal("größer", values["note"]);
        Assert.Equal(BigInteger.Pow(2, 70), values["seed"]);
        Assert.Equal([0, 255], Assert.IsType<byte[]>(values["raw"]));
        Assert.Equal(new Complex(1, 2), values["z"]);
        Assert.Equal([4L, 3L], Assert.IsAssignableFrom<IReadOnlyList<object?>>(values["shape"]));
        Assert.Equal("cuda:1", values["device"]);
        Assert.Equal("torch.float32", Assert.IsType<PyTorchObject>(values["dtype"]).Name);
        Assert.Equal([1L, 2L], Assert.IsAssignableFrom<IReadOnlySet<object>>(values["names"]).Order());
        Assert.Equal(2L, Assert.IsAssignableFrom<IReadOnlyDictionary<object, object?>>(values["counts"])["a"]);
        Assert.Equal([1L, 2L], Assert.IsAssignableFrom<IReadOnlyList<object?>>(Assert.IsAssignableFrom<IReadOnlyDictionary<object, object?>>(values["groups"])["x"]));
        Assert.Equal(["epoch", "step", "loss", "best", "done"], values.Keys.Take(5));

        Assert.Equal(["model/first.weight", "model/first.bias", "optimizer/state/0/step", "optimizer/state/0/exp_avg", "callbacks/Best/score"], file.Names);
        Assert.Equal(["model"], file.Sections);
        Assert.Equal(["first.weight", "first.bias"], file.StateDict().Keys);
        Assert.Equal(["0/step", "0/exp_avg"], file.StateDict("optimizer/state").Keys);
        Assert.Equal(3, file.Get(file.StateDict("optimizer/state/0")["step"]).item<float>());
        Assert.Contains("no section 'state_dict'. Sections: 'model' (2 tensors)", Assert.Throws<InvalidDataException>(() => file.StateDict("state_dict")).Message);
    }

    [Fact]
    public void SeveralStateDictsAreListed()
    {
        using PyTorchFile file = Open("two_sections");
        var error = Assert.Throws<InvalidDataException>(() => file.StateDict());
        Assert.Contains("several state dicts; choose one as section", error.Message);
        Assert.Contains("'model' (2 tensors), 'ema' (1 tensors)", error.Message);
        Assert.Equal(["first.weight"], file.StateDict("ema").Keys);
    }

    [Fact]
    public void ATensorAloneHasANameButIsNoStateDict()
    {
        using PyTorchFile file = Open("tensor");
        Assert.Equal([1, 2, 3], Numbers(file["tensor"]));
        Assert.Equal([1, 2, 3], Numbers(file.Get((PyTorchEntry)file.Value!)));
        Assert.Contains("no state dict", Assert.Throws<InvalidDataException>(() => file.StateDict()).Message);
    }

    [Fact]
    public void ObjectsOfUnknownClassesAreRefusedByName()
    {
        Refused("arguments", "'argparse.Namespace'", "skipUnknown: true", "SkipUnknown of LoadOptions");
        Refused("module", "'mymodels.Network'");
    }

    [Fact]
    public void UnknownObjectsBecomePlaceholders()
    {
        using PyTorchFile file = Open("arguments", skipUnknown: true);
        var arguments = Assert.IsType<PyTorchObject>(((IReadOnlyDictionary<object, object?>)file.Value!)["args"]);
        Assert.Equal("argparse.Namespace", arguments.Name);
        Assert.Equal(0.1, Assert.IsAssignableFrom<IReadOnlyDictionary<object, object?>>(arguments.State)["lr"]);
        Assert.Equal(["first.weight", "first.bias"], file.StateDict().Keys);
    }

    [Fact]
    public void CallsAreNeverExecuted()
    {
        string executed = Path.Combine(Environment.CurrentDirectory, "executed.txt");
        Refused("attack", ".system'");
        using PyTorchFile file = Open("attack", skipUnknown: true);
        var attack = Assert.IsType<PyTorchObject>(((IReadOnlyDictionary<object, object?>)file.Value!)["attack"]);
        Assert.Equal(["echo executed > executed.txt"], attack.Arguments);
        Assert.False(File.Exists(executed));
    }

    [Fact]
    public void APickledModuleGivesItsStateDict()
    {
        using PyTorchFile file = Open("module", skipUnknown: true);
        Assert.True(((PyTorchObject)file.Value!).IsModule);
        Assert.Equal(["steps", "first.weight", "first.bias", "blocks.0.weight"], file.StateDict().Keys);   // without the transient buffer
        Assert.Equal(file.Entries["first.weight"].Storage, file.Entries["blocks.0.weight"].Storage);
        Assert.Equal(5, file["steps"].item<long>());
        Assert.Equal([0.5, 1.5, 2.5, 3.5], Numbers(file["first.bias"]));
    }

    [Fact]
    public void TypesThatCannotBeReadAreNamedOnlyWhereAsked()
    {
        using PyTorchFile file = Open("float8");
        Assert.Equal(12, file["first.weight"].numel());
        Assert.Null(file.Entries["scale"].DType);
        Assert.Contains("type float8_e4m3fn, which TorchSharp does not have", Assert.Throws<InvalidDataException>(() => file["scale"]).Message);
    }

    [Fact]
    public void WhatWouldReadWronglyIsRefused()
    {
        Refused("conjugated", "lazily conjugated");
        Refused("big_endian", "byte order is 'big'");
        Refused("compressed", "is compressed (method 8)");
        Refused("legacy", "before torch 1.6", "torch.save(torch.load(");
    }

    [Fact]
    public void UnknownNamesAndTensorsOfOtherFilesAreErrors()
    {
        using PyTorchFile file = Open("views"), other = Open("tensor");
        var error = Assert.Throws<KeyNotFoundException>(() => file["bias"]);
        Assert.Contains("'bias'", error.Message);
        Assert.Contains("'transposed'", error.Message);
        Assert.Throws<ArgumentException>(() => other.Get(file.Entries["matrix"]));
    }

    [Fact]
    public void TensorsOutliveTheFileAndBelongToTheCallersScope()
    {
        Tensor kept, freed;
        using (PyTorchFile file = Open("types"))
        {
            kept = file["bool"];
            using (NewDisposeScope()) freed = file["float32"];
        }
        Assert.True(freed.IsInvalid);
        Assert.Equal(3, kept.sum().item<long>());
    }

    [Fact]
    public void DamagedDataAreFoundByTheirChecksum()
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = File.ReadAllBytes(Fixtures.PathOf("tensor"));
        int at = bytes.AsSpan().IndexOf("\u0001\0\0\0\0\0\0\0\u0002\0\0\0"u8);
        bytes[at] = 9;
        File.WriteAllBytes(folder.File("x"), bytes);
        using PyTorchFile file = PyTorchFile.Read(folder.File("x"));
        Assert.Contains("'tensor/data/0' is damaged: the checksum is", Assert.Throws<InvalidDataException>(() => file["tensor"]).Message);
    }
}
