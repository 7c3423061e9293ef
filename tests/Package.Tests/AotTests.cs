using Xunit.Abstractions;

namespace E3Gen.Package.Tests;

/// <summary>A program that is compiled ahead of time has no fields to reflect over; its modules train and change their type all the same.</summary>
[Collection(Installed.Name)]
public sealed class AotTests(InstalledPackage package, ITestOutputHelper log)
{
    private const string Program = """
        using System;
        using System.Linq;
        using E3Gen;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;

        random.manual_seed(1);
        var network = new Network();
        var layer = new Layer();
        Console.WriteLine(network.named_parameters().Count() + ": " + string.Join(", ", network.named_parameters().Take(3).Select(p => p.name)));
        layer.get_parameter("Mix.weight").requires_grad = false;
        network.to(ScalarType.Float64);
        layer.to(ScalarType.Float64);
        Console.WriteLine(string.Join(", ", layer.named_parameters().Select(p => $"{p.name} {p.parameter.dtype} {p.parameter.requires_grad}").Order(StringComparer.Ordinal)));

        var positions = randn(5, 3, dtype: ScalarType.Float64);
        var graph = Graph.FromPositions(positions, cutoff: 10);
        var optimizer = optim.Adam(network.parameters(), 0.01);
        double first = 0, last = 0;
        for (int step = 0; step < 30; step++)
        {
            optimizer.zero_grad();
            var loss = layer.forward(network.forward(positions, graph)).square().mean();
            loss.backward();
            optimizer.step();
            last = loss.item<double>();
            first = step == 0 ? last : first;
        }

        Console.WriteLine($"trained {last < first}");

        [MessagePassingNetwork(Hidden = "8x0e + 4x1o", Output = "2x0e + 1o", EdgeHarmonics = "0e + 1o", Layers = 1, MaxRadius = 10)]
        public sealed partial class Network;

        [EquivariantModule]
        public sealed partial class Layer : nn.Module<Tensor, Tensor>
        {
            private readonly Linear _own = nn.Linear(2, 1);
            private Parameter _scale = nn.Parameter(ones(1));

            [Linear("2x0e + 1o", "4x0e + 1o")]
            private partial Tensor Mix(Tensor x);

            [return: Irreps("4x0e + 1o")]
            public override Tensor forward([Irreps("2x0e + 1o")] Tensor x) => Mix(x) * _scale;
        }
        """;

    [Fact]
    public void Trains_without_reflection()
    {
        // The linker is the one thing that a .NET SDK does not bring along.
        string? linker = OperatingSystem.IsLinux() ? new[] { "clang", "gcc" }.FirstOrDefault(OnPath) : null;
        if (linker is null)
        {
            log.WriteLine("Not run: there is no clang or gcc here to link with.");
            return;
        }

        var (code, output) = package.Publish("Ahead", Program, "-p:PublishAot=true", $"-p:CppCompilerAndLinker={linker}");
        if (code != 0 && output.Contains("ilcompiler", StringComparison.OrdinalIgnoreCase) && output.Contains("NU1"))
        {
            log.WriteLine($"Not run: the compiler cannot be had here.\n{output}");
            return;
        }

        Assert.True(code == 0, output);
        Assert.True(output.Contains("trained True"), output);
        Assert.Contains("10: layers.0.first.sc.weight, layers.0.first.lin1.weight, layers.0.first.fc.layer0.weight", output);
        Assert.Contains("Mix.weight Float64 False, _own.bias Float64 True, _own.weight Float64 True, _scale Float64 True", output);
    }

    private static bool OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
