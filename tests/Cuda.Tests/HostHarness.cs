using System.Runtime.InteropServices;
using System.Text;

namespace E3Gen.Cuda.Tests;

/// <summary>
/// Runs the kernels of an operation on the host: what they write holds NaN before, and blocks and lanes in the opposite order must give the same bits.
/// </summary>
internal sealed class HostHarness : IDisposable
{
    private readonly DeviceProgram _program;
    private readonly HostProgram _host;
    private readonly string[] _sizes;
    private readonly bool _countsWrites;

    /// <param name="program">The operation.</param>
    /// <param name="change">Changes the text, to see that a fault is found.</param>
    /// <param name="countsWrites">Return how often each number was written, instead of the number; in one order, without the address sanitizer.</param>
    public HostHarness(DeviceProgram program, Func<string, string>? change = null, bool countsWrites = false)
    {
        (_program, _countsWrites) = (program, countsWrites);
        _sizes = [.. program.Operands.Select(o => o.Rows).Concat(Procedures.SelectMany(p => p.Launches).SelectMany(l => l.Arguments).Where(IsSize)).Distinct()];
        string text = change is null ? program.Source : change(program.Source);
        _host = HostCompiler.Compile(Source(program with { Source = countsWrites ? WriteCounts.Text(text) : text }), sanitizes: !countsWrites);
    }

    private bool IsSize(string argument) => _program.Operands.All(o => o.Name != argument);

    private (string Name, IReadOnlyList<Launch> Launches)[] Procedures => ProceduresOf(_program);

    private static (string Name, IReadOnlyList<Launch> Launches)[] ProceduresOf(DeviceProgram program) =>
        [("forward", program.Forward), ("gradient", program.Gradient), ("jvp", program.Jvp), ("gradient_jvp", program.GradientJvp)];

    /// <summary>What the procedures write: "z" and "gx" of values, "z'" and "gx'" of derivatives in the direction.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="numbers">Arguments, tangents and the arriving cotangent.</param>
    /// <param name="indices">Indices.</param>
    public Dictionary<string, double[]> Run(IReadOnlyDictionary<string, long> sizes, IReadOnlyDictionary<string, double[]> numbers, IReadOnlyDictionary<string, long[]>? indices = null)
    {
        using var input = new MemoryStream();
        input.Write(MemoryMarshal.AsBytes<long>([.. _sizes.Select(s => sizes[s])]));
        foreach (var operand in Read)
        {
            byte[] bytes = operand.Role == Role.Index ? MemoryMarshal.AsBytes<long>(indices![operand.Name]).ToArray() : Storage.Bytes(_program.Type, numbers[operand.Name]);
            Assert.Equal(operand.Count(sizes) * (operand.Role == Role.Index ? 8 : Storage.Size(_program.Type)), bytes.Length);
            input.Write(bytes);
        }

        byte[] result = _host.Run(input.ToArray(), reversed: false);
        Assert.True(_countsWrites || result.AsSpan().SequenceEqual(_host.Run(input.ToArray(), reversed: true)), "The order of blocks and lanes changes a result.");
        double[] all = Storage.Numbers(_program.Type, result);
        var results = new Dictionary<string, double[]>();
        int start = 0;
        foreach (var (name, launches) in Procedures)
        {
            foreach (var operand in _program.Taken(launches, Role.Result))
            {
                int count = (int)operand.Count(sizes);
                results.Add(operand.Name + (name.EndsWith("jvp", StringComparison.Ordinal) ? "'" : ""), all[start..(start + count)]);
                start += count;
            }
        }

        Assert.Equal(all.Length, start);
        return results;
    }

    public void Dispose() => _host.Dispose();

    private IEnumerable<Operand> Read => _program.Operands.Where(o => o.Role is Role.Input or Role.Tangent or Role.Arriving or Role.Index);

    private string Source(DeviceProgram program)
    {
        var main = new StringBuilder();
        foreach (string size in _sizes)
        {
            main.Append($"    long long {size} = read<long long>(file, 1)[0];\n");
        }

        string Count(Operand operand) => $"({operand.Rows} + {operand.More}) * {operand.Columns}LL";
        foreach (var operand in Read)
        {
            main.Append($"    auto {operand.Name} = read<{(operand.Role == Role.Index ? "long long" : "S")}>(file, {Count(operand)});\n");
        }

        main.Append("    fclose(file);\n    file = fopen(arguments[2], \"wb\");\n");
        foreach (var (name, launches) in ProceduresOf(program))
        {
            main.Append($"    {{ // {name}\n");
            foreach (var operand in program.Taken(launches, Role.Result))
            {
                main.Append($"        std::vector<S> {operand.Name}({Count(operand)}, S({(operand.IsPartial ? "0.0f" : "NAN")}));\n");
            }

            foreach (var operand in program.Taken(launches, Role.Scratch))
            {
                main.Append($"        std::vector<T> {operand.Name}({Count(operand)}, T(NAN));\n");
            }

            foreach (var launch in launches)
            {
                string arguments = string.Join(", ", launch.Arguments.Select(a => IsSize(a) ? a : a + ".data()"));
                main.Append($"        launch(({launch.Rows} * {launch.PerRow} + {Launch.BlockSize - 1}) / {Launch.BlockSize}, {Launch.BlockSize}, [&] {{ {launch.Kernel}({arguments}); }});\n");
            }

            foreach (var operand in program.Taken(launches, Role.Result))
            {
                main.Append($"        write(file, {operand.Name});\n");
            }

            main.Append("    }\n");
        }

        return $$"""
            #include "host_device.h"
            #include <cmath>
            #include <cstring>
            {{program.Source}}
            int main(int, char** arguments)
            {
                reversed_order = strlen(arguments[3]) > 0;
                FILE* file = fopen(arguments[1], "rb");
            {{main}}
                fclose(file);
            }
            """;
    }
}
