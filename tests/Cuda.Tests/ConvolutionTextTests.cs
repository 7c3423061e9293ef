using System.Runtime.InteropServices;
using E3Gen.Kernels;

namespace E3Gen.Cuda.Tests;

/// <summary>The text of convolutions, compiled for the host: every number is written once, none depends on the order of blocks and lanes, and all are what the definition says.</summary>
public sealed class ConvolutionTextTests
{
    /// <summary>
    /// A slot of 4 lanes, whole warps, a part of a second one, single copies, nine parts; both layouts, copies of y, paths without weights, segments that nothing reads or reaches.
    /// </summary>
    public static TheoryData<string, string> Cases => new()
    {
        { "few", "float" }, { "few", "double" }, { "many", "float" }, { "uneven", "double" }, { "single", "double" }, { "257", "float" },
    };

    [HostTheory]
    [MemberData(nameof(Cases))]
    public void Numbers_are_those_of_the_definition(string name, string type)
    {
        var program = Program(name);
        var text = new ConvolutionText(program, "convolution");
        using var host = HostCompiler.Compile(Source(text, program, type));
        // No node, one, about a warp of them, and one at which very many edges arrive.
        int[] graphs = name is "few" or "single" ? [0, 1, 31, 32, 33] : [5];
        foreach (int nodes in graphs)
        {
            Check(host, new ConvolutionCase(program, nodes, mostEdges: 6, seed: nodes), type, $"{nodes} nodes");
        }

        if (name == "few" && type == "double")
        {
            Check(host, new ConvolutionCase(program, nodes: 2, mostEdges: 1000, seed: 5), type, "a skewed graph");
        }
    }

    private static void Check(HostProgram host, ConvolutionCase data, string type, string graph)
    {
        byte[] input = Bytes(data, type), result = host.Run(input, reversed: false);
        Assert.True(result.AsSpan().SequenceEqual(host.Run(input, reversed: true)), $"The order of blocks and lanes changes a result of {graph}.");
        double[] numbers = type == "float" ? [.. MemoryMarshal.Cast<byte, float>(result).ToArray().Select(f => (double)f)] : MemoryMarshal.Cast<byte, double>(result).ToArray();
        int start = 0;
        (string, double[])[] parts =
        [
            ("z", data.Z), ("gx", data.Gx), ("gy", data.Gy), ("gw", data.Gw),
            ("z'", data.Jvp), ("gx'", data.GxJvp), ("gy'", data.GyJvp), ("gw'", data.GwJvp),
        ];
        foreach (var (what, expected) in parts)
        {
            double[] actual = numbers[start..(start + expected.Length)];
            start += expected.Length;
            double size = Math.Sqrt(expected.Sum(v => v * v)), error = Math.Sqrt(expected.Zip(actual, (a, b) => (a - b) * (a - b)).Sum());
            Assert.True(error <= (type == "float" ? 1e-6 : 1e-12) * size, $"{what} of {graph} is off by {error / size:E1}"); // not a number where nothing was written
        }

        Assert.Equal(numbers.Length, start);
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
        string source = Source(new ConvolutionText(program, "convolution"), program, "double"), bound = "if (n >= nodes) return;";
        Assert.Contains(bound, source);
        using var host = HostCompiler.Compile(source.Replace(bound, ""));
        var error = Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => host.Run(Bytes(data, "double"), reversed: false));
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
        "257" => new(name, [(257, 0), (1, 1)], [(1, 1)], 258, [(257, 1), (1, 0)], new(Coupling(0, 1, 1), 0, 0, 0, 1.0, 0), new(Coupling(1, 1, 0), 1, 0, 1, 1.0, 257)),
        _ => new(name, [(1, 3), (1, 1)], [(1, 3)], 1, [(1, 4), (1, 0)], new ProductPath(Coupling(3, 3, 4), 0, 0, 0, 1.0, 0)),
    };

    private static Coupling Coupling(int l1, int l2, int l3) =>
        new(l1, l2, l3, [.. Wigner3j.Nonzero(l1, l2, l3).Select(t => (t.I, t.J, t.K, t.Value.ToDouble()))]);

    /// <summary>The text, and a program that launches its kernels: what is to be written holds no number before.</summary>
    private static string Source(ConvolutionText text, ChannelwiseProgram program, string type)
    {
        string inputs = "x.data(), y.data(), w.data()", tangents = "ax.data(), ay.data(), aw.data()", edges = "offsets.data(), source.data()";
        bool takesAll = program.Paths.Sum(p => p.Weight < 0 ? 0 : program.X[p.Input].Copies) == program.WeightCount;
        return $$"""
            #include "host_device.h"
            #include <cmath>
            #include <cstring>
            {{Prelude.Text}}
            {{text.Write(type)}}
            typedef std::vector<T> Numbers;
            static const double empty = NAN, unused = {{(takesAll ? "NAN" : "0")}}; // weights that no path takes keep what is there

            int main(int, char** arguments)
            {
                reversed_order = strlen(arguments[3]) > 0;
                FILE* file = fopen(arguments[1], "rb");
                auto counts = read<long long>(file, 2);
                long long nodes = counts[0], edges = counts[1], columns = {{text.XColumns}};
                auto offsets = read<long long>(file, nodes + 1), source = read<long long>(file, edges), sourceOffsets = read<long long>(file, nodes + 1), edge = read<long long>(file, edges);
                auto x = read<T>(file, nodes * columns), y = read<T>(file, edges * {{program.Columns}}), w = read<T>(file, edges * {{program.WeightCount}}), g = read<T>(file, nodes * {{text.ZColumns}});
                auto ax = read<T>(file, x.size()), ay = read<T>(file, y.size()), aw = read<T>(file, w.size());
                fclose(file);

                file = fopen(arguments[2], "wb");
                long blocks = (nodes * {{text.Parts * text.SlotLanes}} + {{ConvolutionText.BlockSize - 1}}) / {{ConvolutionText.BlockSize}};
                for (int derivative = 0; derivative < 2; derivative++)
                {
                    Numbers z(g.size(), empty), gx(x.size(), empty), gy(y.size(), empty), gw(w.size(), unused), message(edges * columns, empty), parts({{text.Parts}} * y.size(), empty);
                    launch(blocks, {{ConvolutionText.BlockSize}}, [&] {
                        if (derivative) convolution_jvp({{inputs}}, {{tangents}}, z.data(), {{edges}}, nodes);
                        else convolution_forward({{inputs}}, z.data(), {{edges}}, nodes);
                    });
                    launch(blocks, {{ConvolutionText.BlockSize}}, [&] {
                        if (derivative) convolution_gradient_jvp({{inputs}}, {{tangents}}, g.data(), message.data(), parts.data(), gw.data(), {{edges}}, nodes, edges);
                        else convolution_gradient({{inputs}}, g.data(), message.data(), parts.data(), gw.data(), {{edges}}, nodes, edges);
                    });
                    launch((gx.size() + 127) / 128, 128, [&] { convolution_sum(message.data(), gx.data(), sourceOffsets.data(), edge.data(), nodes); });
                    launch((gy.size() + 127) / 128, 128, [&] { convolution_parts(parts.data(), gy.data(), gy.size()); });
                    write(file, z); write(file, gx); write(file, gy); write(file, gw);
                }

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
            .. Indices([data.Nodes, data.Edges]), .. Indices(data.Offsets), .. Indices(data.Source), .. Indices(data.SourceOffsets), .. Indices(data.Edge),
            .. Floats(data.X), .. Floats(data.Y), .. Floats(data.W), .. Floats(data.G),
            .. Floats(data.Ax), .. Floats(data.Ay), .. Floats(data.Aw),
        ];
    }
}
