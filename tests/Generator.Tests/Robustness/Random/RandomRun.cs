using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Generator.Tests.Robustness.Random;

/// <summary>Runs accepted modules and measures how equivariant they are.</summary>
internal static class RandomRun
{
    private const double Tolerance = 1e-10;
    private const int Nodes = 6;

    /// <summary>Measures everything that is known of the accepted modules: operations, networks, and those forwards that E3Gen says are equivariant.</summary>
    /// <returns>How many functions were measured, and what is wrong.</returns>
    public static (int Count, List<string> Failures) Measure(Batch batch)
    {
        using var image = new MemoryStream();
        var result = batch.Accepted().Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        var context = new AssemblyLoadContext("random modules", isCollectible: true);
        image.Position = 0;
        var types = context.LoadFromStream(image).GetTypes();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var graph = Graph.FromEdges(tensor(new long[] { 0, 1, 2, 3, 3, 0, 2, 5, 4 }), tensor(new long[] { 1, 0, 1, 1, 0, 3, 3, 4, 5 }), Nodes);
        using var complete = Complete(Nodes);
        int count = 0;
        var failures = new List<string>();
        for (int m = 0; m < batch.Modules.Count; m++)
        {
            if (!batch.IsAccepted(m) || Type(types, m) is not { IsAbstract: false } type)
            {
                continue;
            }

            using var module = Create(type, () => batch.Describe(m));
            module.to(ScalarType.Float64);
            foreach (var (name, function, inputs, output) in Functions(batch, m, module, graph))
            {
                var (error, report) = Error(function, inputs, name == "network" ? complete : graph, output);
                if (name == "forward" && batch.Modules[m].IsDoubtful && !double.IsFinite(error))
                {
                    continue; // shapes that do not fit, numbers out of range: TorchSharp says so
                }

                count++;
                if (!(error < Tolerance))
                {
                    failures.Add($"{name}: {report}\n{batch.Describe(m)}");
                }
            }
        }

        context.Unload();
        return (count, failures);
    }

    /// <summary>What is accepted can be made; where not, says of what.</summary>
    private static nn.Module Create(Type type, Func<string> describe)
    {
        try
        {
            return (nn.Module)Activator.CreateInstance(type)!;
        }
        catch (TargetInvocationException exception)
        {
            throw new InvalidOperationException($"{exception.InnerException}\n\n{describe()}", exception);
        }
    }

    /// <summary>The error, and what to say about it; not finite where the function throws or yields such numbers.</summary>
    private static (double Error, string Report) Error(Func<Tensor[], Graph, Tensor> function, EquivariantInput[] inputs, Graph graph, Irreps output)
    {
        try
        {
            var report = Equivariance.Measure(function, inputs, graph, output, rotations: 1);
            return (report.Error, report.ToString());
        }
        catch (Exception exception) when (exception is TargetInvocationException or ExternalException or ArgumentException or NullReferenceException)
        {
            return (double.PositiveInfinity, (exception.InnerException ?? exception).ToString());
        }
    }

    private static IEnumerable<(string Name, Func<Tensor[], Graph, Tensor> Function, EquivariantInput[] Inputs, Irreps Output)> Functions(Batch batch, int number, nn.Module module, Graph graph)
    {
        var random = batch.Modules[number];
        foreach (var operation in random.Operations)
        {
            var method = module.GetType().GetMethod(operation.Name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!;
            bool takesGraph = operation.Arguments.Any(a => a.Irreps is null);
            var inputs = operation.Arguments.Where(a => a.Irreps is not null).Select(a => Input(a, graph)).ToArray();
            yield return ($"operation '{operation.Name}'", (x, g) => (Tensor)method.Invoke(module, takesGraph ? [.. x, g] : [.. x])!, inputs, operation.Output);
        }

        if (random.Forward is var (input, output) && batch.IsVerified(number))
        {
            var forward = (nn.Module<Tensor, Tensor>)module;
            yield return ("forward", (x, _) => forward.call(x[0].clone()), [EquivariantInput.Random(input, Nodes)], output);
        }

        if (random.Network is var (nodes, attributes, result))
        {
            var method = module.GetType().GetMethod("forward")!;
            var features = new[] { nodes, attributes }.Where(i => i is not null).Select(i => EquivariantInput.Random(i!, Nodes));
            EquivariantInput[] inputs = [EquivariantInput.Points(Points()), .. features];
            yield return ("network", (x, g) => Alive((Tensor)method.Invoke(module, [.. x, g])!, result), inputs, result);
        }
    }

    /// <summary>
    /// Throws where an irrep of the result is zero: then it says nothing about equivariance, and should have been reported as out of reach.
    /// </summary>
    private static Tensor Alive(Tensor result, Irreps irreps)
    {
        foreach (var (entry, slice) in irreps.Zip(irreps.Slices))
        {
            if (slice.Length > 0 && !(result.narrow(-1, slice.Offset, slice.Length).abs().max().item<double>() > 1e-9))
            {
                throw new ArgumentException($"{entry} is zero.");
            }
        }

        return result;
    }

    /// <summary>Points in no plane, closer to each other than any cutoff radius.</summary>
    private static Tensor Points() =>
        nn.functional.normalize(randn(Nodes, 3, dtype: ScalarType.Float64)).mul(0.9).add(randn(1, 3, dtype: ScalarType.Float64));

    /// <summary>An edge from every node to every other, in both directions.</summary>
    private static Graph Complete(int nodes)
    {
        var edges = Enumerable.Range(0, nodes * nodes).Select(i => (From: i / nodes, To: i % nodes)).Where(e => e.From != e.To).ToList();
        return Graph.FromEdges(tensor(edges.Select(e => (long)e.From).ToArray()), tensor(edges.Select(e => (long)e.To).ToArray()), nodes);
    }

    private static EquivariantInput Input(RandomArgument argument, Graph graph) => argument.Rows switch
    {
        RandomRows.Nodes => EquivariantInput.Random(argument.Irreps!, Nodes),
        RandomRows.Edges => EquivariantInput.Random(argument.Irreps!, graph.EdgeCount),
        _ => EquivariantInput.Invariant(randn(argument.Irreps!.Dim, dtype: ScalarType.Float64)),
    };

    private static Type? Type(Type[] types, int number) => types.FirstOrDefault(
        t => t.FullName!.Contains(RandomModule.NumberOf(number)) && t.GetCustomAttributes().Any(a => a is EquivariantModuleAttribute or MessagePassingNetworkAttribute));
}
