using System.Runtime.InteropServices;
using E3Gen.Kernels;

namespace E3Gen.Cuda.Tests;

/// <summary>The text of convolutions, compiled for the host: every number is written once, none depends on the order of blocks and lanes, and all are what the definition says.</summary>
public sealed class ConvolutionTextTests
{
    /// <summary>A slot of 4 lanes, whole warps, a part of a second one, single copies; both layouts, copies of y, paths without weights, segments that nothing reads or reaches.</summary>
    public static TheoryData<string, string> Cases => new()
    {
        { "few", "float" }, { "few", "double" }, { "many", "float" }, { "uneven", "double" }, { "single", "double" },
    };

    [HostTheory]
    [MemberData(nameof(Cases))]
    public void Numbers_are_those_of_the_definition(string name, string type)
    {
        var program = Program(name);
        var text = new ConvolutionText(program, "convolution");
        var data = new ConvolutionCase(program, nodes: name == "many" ? 7 : 19, mostEdges: 6, seed: 5);
        byte[][] results = HostCompiler.Run(Source(text, data, program, type), Bytes(data, type), false, true);
        Assert.True(results[0].AsSpan().SequenceEqual(results[1]), "The order of blocks and lanes changes a result.");
        double[] numbers = type == "float" ? [.. MemoryMarshal.Cast<byte, float>(results[0]).ToArray().Select(f => (double)f)] : MemoryMarshal.Cast<byte, double>(results[0]).ToArray();
        int start = 0;
        foreach (var (what, expected) in new[] { ("z", data.Z), ("gx", data.Gx), ("gy", data.Gy), ("gw", data.Gw),
            ("z'", data.Jvp), ("gx'", data.GxJvp), ("gy'", data.GyJvp), ("gw'", data.GwJvp) })
        {
            double[] actual = numbers[start..(start + expected.Length)];
            start += expected.Length;
            double size = Math.Sqrt(expected.Sum(v => v * v)), error = Math.Sqrt(expected.Zip(actual, (a, b) => (a - b) * (a - b)).Sum());
            Assert.True(error <= (type == "float" ? 1e-6 : 1e-12) * size, $"{what} is off by {error / size:E1}"); // not a number where nothing was written
        }
    }

    /// <summary>Numbers of a lane are registers: an array that a compiler cannot resolve would lie in memory and cost more than all else.</summary>
    [DeviceTheory]
    [MemberData(nameof(Cases))]
    public void Nothing_lies_in_local_memory(string name, string type)
    {
        string ptx = DeviceCompiler.ToPtx(Prelude.Text + new ConvolutionText(Program(name), "convolution").Write(type));
        Assert.Contains(".entry convolution_gradient", ptx);
        Assert.DoesNotContain("ld.local", ptx);
        Assert.DoesNotContain("st.local", ptx);
    }

    /// <summary>The check that the tests above rest on: a lane that writes beyond the last node is found.</summary>
    [HostFact]
    public void A_missing_bound_is_found()
    {
        var program = Program("few");
        var data = new ConvolutionCase(program, nodes: 19, mostEdges: 6, seed: 5);
        string source = Source(new ConvolutionText(program, "convolution"), data, program, "double"), bound = "if (n >= nodes) return;";
        Assert.Contains(bound, source);
        var error = Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => HostCompiler.Run(source.Replace(bound, ""), Bytes(data, "double"), false));
        Assert.Contains("AddressSanitizer", error.Message);
    }

    private static ChannelwiseProgram Program(string name) => name switch
    {
        "few" => new(name, [(3, 0), (4, 1), (2, 2)], [(1, 0), (2, 1), (1, 2)], 40, [(3, 0), (4, 1), (4, 2), (2, 1), (4, 0)],
            new(Coupling(0, 0, 0), 0, 0, 0, 1.0, 0), new(Coupling(1, 1, 2), 1, 1, 2, 0.7, 3), new(Coupling(1, 0, 1), 1, 0, 1, 1.5, 11), new(Coupling(2, 1, 1), 2, 1, 3, 1.0)),
        "many" => new(name, [(64, 0), (64, 1), (64, 2)], [(1, 0), (1, 1), (1, 2)], 320, [(64, 0), (64, 1), (64, 2), (64, 1), (64, 2)],
            new(Coupling(0, 0, 0), 0, 0, 0, 1.0, 0), new(Coupling(1, 1, 1), 1, 1, 1, 0.7, 64), new(Coupling(1, 1, 2), 1, 1, 2, 1.5, 128), new(Coupling(2, 2, 1), 2, 2, 3, 1.1, 192), new(Coupling(2, 2, 2), 2, 2, 4, 1.2, 256))
        { InputLayout = Layout.IrMul, OutputLayout = Layout.IrMul },
        "uneven" => new(name, [(40, 1), (33, 1), (1, 2)], [(1, 1), (1, 2)], 200, [(40, 1), (33, 1), (1, 2), (40, 0)],
            new(Coupling(1, 1, 1), 0, 0, 0, 0.5, 0), new(Coupling(1, 2, 1), 1, 1, 1, 0.7, 40), new(Coupling(2, 2, 2), 2, 1, 2, 1.5, 73), new(Coupling(1, 1, 0), 0, 0, 3, 1.0, 74))
        { InputLayout = Layout.IrMul, OutputLayout = Layout.IrMul, OutputRuns = [2, 1, 1] },
        _ => new(name, [(1, 3), (1, 1)], [(1, 3)], 1, [(1, 4), (1, 0)], new ProductPath(Coupling(3, 3, 4), 0, 0, 0, 1.0, 0)),
    };

    private static Coupling Coupling(int l1, int l2, int l3) =>
        new(l1, l2, l3, [.. Wigner3j.Nonzero(l1, l2, l3).Select(t => (t.I, t.J, t.K, t.Value.ToDouble()))]);

    /// <summary>The text, and a program that launches its kernels: what is to be written holds no number before.</summary>
    private static string Source(ConvolutionText text, ConvolutionCase data, ChannelwiseProgram program, string type)
    {
        string V = $"std::vector<{type}>";
        return $$"""
            #include "host_device.h"
            #include <cmath>
            {{Prelude.Text}}
            {{text.Write(type)}}
            int main(int, char** arguments)
            {
                FILE* file = fopen(arguments[1], "rb");
                long nodes = {{data.Nodes}}, edges = {{data.Edges}};
                auto offsets = read<long long>(file, nodes + 1), source = read<long long>(file, edges), sourceOffsets = read<long long>(file, nodes + 1), edge = read<long long>(file, edges);
                auto x = read<{{type}}>(file, {{data.X.Length}}), y = read<{{type}}>(file, {{data.Y.Length}}), w = read<{{type}}>(file, {{data.W.Length}}), g = read<{{type}}>(file, {{data.G.Length}});
                auto ax = read<{{type}}>(file, {{data.X.Length}}), ay = read<{{type}}>(file, {{data.Y.Length}}), aw = read<{{type}}>(file, {{data.W.Length}});
                fclose(file);
                double unused = {{(program.Paths.Sum(p => p.Weight < 0 ? 0 : program.X[p.Input].Copies) == program.WeightCount ? "NAN" : "0")}}; // weights that no path takes
                {{V}} z(g.size(), NAN), gx(x.size(), NAN), gy(y.size(), NAN), gw(w.size(), unused);
                {{V}} message(edges * {{data.XColumns}}, NAN), parts({{text.Parts}} * y.size(), NAN);
                launch({{text.Blocks(data.Nodes)}}, {{ConvolutionText.BlockSize}}, [&] { convolution_forward(x.data(), y.data(), w.data(), z.data(), offsets.data(), source.data(), nodes); });
                launch({{text.Blocks(data.Nodes)}}, {{ConvolutionText.BlockSize}}, [&] { convolution_gradient(x.data(), y.data(), w.data(), g.data(), message.data(), parts.data(), gw.data(), offsets.data(), source.data(), nodes, edges); });
                launch((nodes * {{data.XColumns}} + 127) / 128, 128, [&] { convolution_sum(message.data(), gx.data(), sourceOffsets.data(), edge.data(), nodes); });
                launch((y.size() + 127) / 128, 128, [&] { convolution_parts(parts.data(), gy.data(), y.size()); });
                file = fopen(arguments[2], "wb");
                write(file, z); write(file, gx); write(file, gy); write(file, gw);
                z.assign(z.size(), NAN); gx.assign(gx.size(), NAN); gy.assign(gy.size(), NAN); message.assign(message.size(), NAN); parts.assign(parts.size(), NAN); if (std::isnan(unused)) gw.assign(gw.size(), NAN);
                launch({{text.Blocks(data.Nodes)}}, {{ConvolutionText.BlockSize}}, [&] { convolution_jvp(x.data(), y.data(), w.data(), ax.data(), ay.data(), aw.data(), z.data(), offsets.data(), source.data(), nodes); });
                launch({{text.Blocks(data.Nodes)}}, {{ConvolutionText.BlockSize}}, [&] { convolution_gradient_jvp(x.data(), y.data(), w.data(), ax.data(), ay.data(), aw.data(), g.data(), message.data(), parts.data(), gw.data(), offsets.data(), source.data(), nodes, edges); });
                launch((nodes * {{data.XColumns}} + 127) / 128, 128, [&] { convolution_sum(message.data(), gx.data(), sourceOffsets.data(), edge.data(), nodes); });
                launch((y.size() + 127) / 128, 128, [&] { convolution_parts(parts.data(), gy.data(), y.size()); });
                write(file, z); write(file, gx); write(file, gy); write(file, gw);
                fclose(file);
            }
            """;
    }

    private static byte[] Bytes(ConvolutionCase data, string type)
    {
        byte[] Floats(double[] values) => type == "float"
            ? MemoryMarshal.AsBytes<float>(Array.ConvertAll(values, v => (float)v)).ToArray()
            : MemoryMarshal.AsBytes<double>(values).ToArray();
        byte[] Indices(long[] values) => MemoryMarshal.AsBytes<long>(values).ToArray();
        return
        [
            .. Indices(data.Offsets), .. Indices(data.Source), .. Indices(data.SourceOffsets), .. Indices(data.Edge),
            .. Floats(data.X), .. Floats(data.Y), .. Floats(data.W), .. Floats(data.G),
            .. Floats(data.Ax), .. Floats(data.Ay), .. Floats(data.Aw),
        ];
    }
}
