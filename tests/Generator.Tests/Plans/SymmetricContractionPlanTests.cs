using System.Text.Json;
using E3Gen.Generator.Planning;
using E3Gen.Polynomials;
using E3Gen.Tests;

namespace E3Gen.Generator.Tests.Plans;

/// <summary>Planned symmetric contractions give MACE's numbers, in MACE's basis and order of weights.</summary>
public class SymmetricContractionPlanTests
{
    private static readonly ReferenceFile File = new("mace_symmetric_contraction");

    public static TheoryData<string> Cases => [.. JsonSerializer.Deserialize<string[]>(File.Metadata("cases"))!];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_gradients(string name)
    {
        var description = JsonDocument.Parse(File.Metadata($"case.{name}")).RootElement;
        Irreps input = description.GetProperty("irreps_in").GetString()!, output = description.GetProperty("irreps_out").GetString()!;
        var plan = SymmetricContractionPlanner.Plan(input, output, description.GetProperty("correlation").GetInt32(), Layout.MulIr);
        var gradient = plan.Polynomial.Gradient(0, 1).Collect();
        long[] species = File.Longs($"{name}/species_index");
        int copies = input[0].Multiplicity, rows = species.Length;
        double[] x = File.Doubles($"{name}/x"), cotangent = File.Doubles($"{name}/cotangent");
        string[] blocks = [.. plan.Blocks.Select(b => $"contractions.{b.Output}.{WeightsOf(description, b)}")];

        var actual = new List<double>();
        var gradX = new List<double>();
        var gradW = blocks.ToDictionary(b => b, b => new double[File.Doubles($"{name}/state/{b}").Length]);
        for (int row = 0; row < rows; row++)
        {
            double[] features = Irreps(x, input, copies, row);
            double[] weights = [.. plan.Blocks.Zip(blocks).SelectMany(b => Slice(File.Doubles($"{name}/state/{b.Second}"), species[row], b.First.Count * copies))];
            actual.AddRange(plan.Polynomial.Evaluate([features, weights])[0]);
            int columns = plan.Polynomial.Outputs[0].Dimension;
            var gradients = gradient.Evaluate([features, weights, cotangent[(row * columns)..((row + 1) * columns)]]);
            gradX.AddRange(Channels(gradients[0], input, copies));
            int first = 0;
            foreach (var (block, key) in plan.Blocks.Zip(blocks))
            {
                int length = block.Count * copies;
                for (int i = 0; i < length; i++)
                {
                    gradW[key][(species[row] * length) + i] += gradients[1][first + i];
                }

                first += length;
            }
        }

        Rows.AssertClose(File.Doubles($"{name}/out"), [.. actual], 1e-12, "out");
        Rows.AssertClose(File.Doubles($"{name}/grad_x"), [.. gradX], 1e-12, "grad_x");
        Assert.All(blocks, b => Rows.AssertClose(File.Doubles($"{name}/grad/{b}"), gradW[b], 1e-12, b));
    }

    [Fact]
    public void Paths_are_named_and_ordered_as_MACE_does()
    {
        var labels = JsonDocument.Parse(File.Metadata("U_path_labels")).RootElement;
        var checkedLabels = 0;
        foreach (var property in labels.EnumerateObject())
        {
            string[] parts = property.Name.Split(' '); // "1x0e+1x1o nu=3 -> 0e"
            var trees = CouplingTree.To(parts[0], Irrep.Parse(parts[3]), int.Parse(parts[1][3..]), filtered: parts[1] == "nu=4");
            Assert.Equal(property.Value.EnumerateArray().Select(l => l.GetString()), trees.Select(t => t.Name));
            checkedLabels += trees.Count;
        }

        Assert.True(checkedLabels > 200);
    }

    /// <summary>MACE's name of a block: the highest degree first, then those below it by number.</summary>
    private static string WeightsOf(JsonElement description, ContractionBlock block)
    {
        int correlation = description.GetProperty("correlation").GetInt32();
        return block.Degree == correlation ? "weights_max" : $"weights.{correlation - block.Degree - 1}";
    }

    private static double[] Slice(double[] all, long element, int length) => all[((int)element * length)..(((int)element + 1) * length)];

    /// <summary>A row [channel, all components] as irreps.</summary>
    private static double[] Irreps(double[] x, Irreps irreps, int copies, int row)
    {
        int components = irreps.Sum(e => e.Irrep.Dim), first = 0;
        var result = new List<double>();
        foreach (var entry in irreps)
        {
            for (int u = 0; u < copies; u++)
            {
                int start = (((row * copies) + u) * components) + first;
                result.AddRange(x[start..(start + entry.Irrep.Dim)]);
            }

            first += entry.Irrep.Dim;
        }

        return [.. result];
    }

    private static double[] Channels(double[] row, Irreps irreps, int copies)
    {
        var result = new List<double>();
        for (int u = 0; u < copies; u++)
        {
            int offset = 0;
            foreach (var entry in irreps)
            {
                result.AddRange(row[(offset + (u * entry.Irrep.Dim))..(offset + ((u + 1) * entry.Irrep.Dim))]);
                offset += entry.Dim;
            }
        }

        return [.. result];
    }
}
