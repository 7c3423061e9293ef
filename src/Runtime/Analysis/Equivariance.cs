using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// Measures whether a function is equivariant: whether f(D_in·x) = D_out·f(x) for rotations, inversion and, where positions are among the
/// arguments, translations. Random numbers come from a seed, so results are reproducible. Modules are called in their current mode: switch to
/// <c>eval()</c> first if training mode differs. A function that draws from torch's generator on the CPU (dropout in training) draws the same in every call; one that draws on a GPU
/// must be measured in evaluation mode, and what changes from call to call for other reasons is no function. Measure in float64, which separates small errors from rounding.
/// </summary>
public static class Equivariance
{
    /// <summary>Results smaller than this are compared absolutely.</summary>
    private const double LeastScale = 1e-3;

    /// <summary>
    /// The error of a function of features, with normal random arguments of a few rows: in the type and on the device of the module that the
    /// function belongs to or calls, in float64 where it has none.
    /// </summary>
    /// <param name="f">The function: tensors [rows, input] → [rows or fewer, output].</param>
    /// <param name="inputs">Irreps of the arguments.</param>
    /// <param name="output">Irreps of the result.</param>
    /// <returns>The largest error; see <see cref="EquivarianceReport.Error"/>.</returns>
    /// <exception cref="ArgumentException">The result has not the dimension of the output irreps.</exception>
    public static double Error(Func<Tensor[], Tensor> f, Irreps[] inputs, Irreps output) => Measure(f, Random(f, inputs), output).Error;

    /// <summary>The error of a module of features, with normal random arguments in the type and on the device of its parameters.</summary>
    /// <param name="module">The module: [rows, input] → [rows, output].</param>
    /// <param name="input">Irreps of the argument.</param>
    /// <param name="output">Irreps of the result.</param>
    /// <returns>The largest error; see <see cref="EquivarianceReport.Error"/>.</returns>
    /// <exception cref="ArgumentException">The result has not the dimension of the output irreps.</exception>
    public static double Error(nn.Module<Tensor, Tensor> module, Irreps input, Irreps output) => Measure(module, input, output).Error;

    /// <summary>
    /// The error of a module of positions, which are taken in the type of its parameters. The graph keeps its edges, since distances do not change; its periodic shifts rotate.
    /// </summary>
    /// <param name="module">The module: positions [N, 3] and a graph → [N or graphs, output].</param>
    /// <param name="positions">Positions of the graph's nodes, [N, 3].</param>
    /// <param name="graph">The graph.</param>
    /// <param name="output">Irreps of the result.</param>
    /// <returns>The largest error; see <see cref="EquivarianceReport.Error"/>.</returns>
    /// <exception cref="ArgumentException">The result has not the dimension of the output irreps.</exception>
    public static double Error(nn.Module<Tensor, Graph, Tensor> module, Tensor positions, Graph graph, Irreps output) =>
        Measure(module, positions, graph, output).Error;

    /// <summary>
    /// The error of a module of positions and node features, which are taken in the type of its parameters. The graph keeps its edges, since distances do not change; its periodic shifts
    /// rotate.
    /// </summary>
    /// <param name="module">The module: positions [N, 3], nodes [N, nodeIrreps] and a graph → [N or graphs, output].</param>
    /// <param name="positions">Positions of the graph's nodes, [N, 3].</param>
    /// <param name="nodes">Features of the nodes, [N, nodeIrreps].</param>
    /// <param name="nodeIrreps">Irreps of the features.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="output">Irreps of the result.</param>
    /// <returns>The largest error; see <see cref="EquivarianceReport.Error"/>.</returns>
    /// <exception cref="ArgumentException">A last axis has not the dimension of its irreps.</exception>
    public static double Error(
        nn.Module<Tensor, Tensor, Graph, Tensor> module, Tensor positions, Tensor nodes, Irreps nodeIrreps, Graph graph, Irreps output) =>
        Measure(module, positions, nodes, nodeIrreps, graph, output).Error;

    /// <summary>Throws if a function of features is not equivariant.</summary>
    /// <param name="f">The function: tensors [rows, input] → [rows or fewer, output].</param>
    /// <param name="inputs">Irreps of the arguments.</param>
    /// <param name="output">Irreps of the result.</param>
    /// <param name="tolerance">Allowed error; <see cref="EquivarianceReport.DefaultTolerance"/> where null.</param>
    /// <exception cref="EquivarianceException">It is not; the message says for which transformation and which output irrep.</exception>
    /// <exception cref="ArgumentException">The result has not the dimension of the output irreps.</exception>
    public static void Assert(Func<Tensor[], Tensor> f, Irreps[] inputs, Irreps output, double? tolerance = null) =>
        Measure(f, Random(f, inputs), output).Assert(tolerance);

    /// <summary>Throws if a module of features is not equivariant.</summary>
    /// <param name="module">The module: [rows, input] → [rows, output].</param>
    /// <param name="input">Irreps of the argument.</param>
    /// <param name="output">Irreps of the result.</param>
    /// <param name="tolerance">Allowed error; <see cref="EquivarianceReport.DefaultTolerance"/> where null.</param>
    /// <exception cref="EquivarianceException">It is not; the message says for which transformation and which output irrep.</exception>
    /// <exception cref="ArgumentException">The result has not the dimension of the output irreps.</exception>
    public static void Assert(nn.Module<Tensor, Tensor> module, Irreps input, Irreps output, double? tolerance = null) =>
        Measure(module, input, output).Assert(tolerance);

    /// <summary>Throws if a module of positions is not equivariant.</summary>
    /// <param name="module">The module: positions [N, 3] and a graph → [N or graphs, output].</param>
    /// <param name="positions">Positions of the graph's nodes, [N, 3].</param>
    /// <param name="graph">The graph.</param>
    /// <param name="output">Irreps of the result.</param>
    /// <param name="tolerance">Allowed error; <see cref="EquivarianceReport.DefaultTolerance"/> where null.</param>
    /// <exception cref="EquivarianceException">It is not; the message says for which transformation and which output irrep.</exception>
    /// <exception cref="ArgumentException">The result has not the dimension of the output irreps.</exception>
    public static void Assert(
        nn.Module<Tensor, Graph, Tensor> module, Tensor positions, Graph graph, Irreps output, double? tolerance = null) =>
        Measure(module, positions, graph, output).Assert(tolerance);

    /// <summary>Throws if a module of positions and node features is not equivariant.</summary>
    /// <param name="module">The module: positions [N, 3], nodes [N, nodeIrreps] and a graph → [N or graphs, output].</param>
    /// <param name="positions">Positions of the graph's nodes, [N, 3].</param>
    /// <param name="nodes">Features of the nodes, [N, nodeIrreps].</param>
    /// <param name="nodeIrreps">Irreps of the features.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="output">Irreps of the result.</param>
    /// <param name="tolerance">Allowed error; <see cref="EquivarianceReport.DefaultTolerance"/> where null.</param>
    /// <exception cref="EquivarianceException">It is not; the message says for which transformation and which output irrep.</exception>
    /// <exception cref="ArgumentException">A last axis has not the dimension of its irreps.</exception>
    public static void Assert(
        nn.Module<Tensor, Tensor, Graph, Tensor> module,
        Tensor positions,
        Tensor nodes,
        Irreps nodeIrreps,
        Graph graph,
        Irreps output,
        double? tolerance = null) =>
        Measure(module, positions, nodes, nodeIrreps, graph, output).Assert(tolerance);

    /// <summary>Measures any function of tensors.</summary>
    /// <param name="f">The function; its result is [..., output].</param>
    /// <param name="inputs">Its arguments, and how transformations act on each.</param>
    /// <param name="output">Irreps of the result.</param>
    /// <param name="rotations">How many random rotations to try, each without and with inversion.</param>
    /// <param name="seed">Seed of the random numbers.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="ArgumentException">The result has not the dimension of the output irreps.</exception>
    public static EquivarianceReport Measure(
        Func<Tensor[], Tensor> f, EquivariantInput[] inputs, Irreps output, int rotations = 4, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(f);
        return Measure((values, _) => f(values), inputs, output, rotations, seed);
    }

    /// <summary>
    /// Measures any function of tensors and a graph. The graph keeps its edges, since distances do not change; its periodic shifts rotate.
    /// </summary>
    /// <param name="f">The function; its result is [..., output].</param>
    /// <param name="inputs">Its arguments, and how transformations act on each.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="output">Irreps of the result.</param>
    /// <param name="rotations">How many random rotations to try, each without and with inversion.</param>
    /// <param name="seed">Seed of the random numbers.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="ArgumentException">The result has not the dimension of the output irreps.</exception>
    public static EquivarianceReport Measure(
        Func<Tensor[], Graph, Tensor> f, EquivariantInput[] inputs, Graph graph, Irreps output, int rotations = 4, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(graph);
        return Measure(
            (values, transformation) =>
            {
                using Graph moved = transformation.Move(graph);
                return f(values, moved);
            },
            inputs,
            output,
            rotations,
            seed);
    }

    private static EquivarianceReport Measure(nn.Module<Tensor, Tensor> module, Irreps input, Irreps output)
    {
        ArgumentNullException.ThrowIfNull(module);
        return Measure(x => module.call(x[0]), [EquivariantInput.Random(input, module)], output);
    }

    private static EquivarianceReport Measure(nn.Module<Tensor, Graph, Tensor> module, Tensor positions, Graph graph, Irreps output)
    {
        ArgumentNullException.ThrowIfNull(module);
        return Measure((x, g) => module.call(x[0], g), [EquivariantInput.Points(InTypeOf(module, positions))], graph, output);
    }

    private static EquivarianceReport Measure(
        nn.Module<Tensor, Tensor, Graph, Tensor> module, Tensor positions, Tensor nodes, Irreps nodeIrreps, Graph graph, Irreps output)
    {
        ArgumentNullException.ThrowIfNull(module);
        EquivariantInput[] inputs = [EquivariantInput.Points(InTypeOf(module, positions)), EquivariantInput.Features(InTypeOf(module, nodes), nodeIrreps)];
        return Measure((x, g) => module.call(x[0], x[1], g), inputs, graph, output);
    }

    private static EquivarianceReport Measure(
        Func<Tensor[], Transformation, Tensor> f, EquivariantInput[] inputs, Irreps output, int rotations, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rotations, 1);
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        List<Transformation> transformations = Transformation.Sample(rotations, inputs.Any(i => i.IsPoints), generator);
        Tensor[] values = [.. inputs.Select(i => i.Draw(generator))];

        Tensor drawing = get_rng_state();
        Tensor reference = f(values, transformations[0]).detach();
        bool draws = drawing.ne(get_rng_state()).any().item<bool>();
        EquivariantInput.RequireColumns(reference, output.Dim, $"the result, {output}", nameof(output));
        double scale = reference.numel() == 0 ? 1 : Math.Max(Largest(reference), LeastScale);
        var report = new EquivarianceReport(output, reference.dtype);
        foreach (Transformation transformation in transformations)
        {
            using var inner = NewDisposeScope();
            Tensor[] moved = [.. inputs.Select((input, i) => input.Transform(values[i], transformation))];
            if (draws) set_rng_state(drawing);
            Tensor difference = f(moved, transformation).detach().sub(transformation.Act(output, reference));
            for (int block = 0; block < output.Count; block++)
            {
                IrrepsSlice columns = output.Slices[block];
                Tensor part = difference.narrow(-1, columns.Offset, columns.Length);
                if (part.numel() > 0) report.Add(transformation, block, Largest(part) / scale);
            }
        }
        return report;
    }

    private static EquivariantInput[] Random(Func<Tensor[], Tensor> f, Irreps[] inputs)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(inputs);
        nn.Module? module = CalledModule.Of(f);
        return [.. inputs.Select(i => module is null ? EquivariantInput.Random(i) : EquivariantInput.Random(i, module))];
    }

    private static Tensor InTypeOf(nn.Module module, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return module.parameters().FirstOrDefault() is { } parameter && value.is_floating_point() ? value.to(parameter.dtype) : value;
    }

    /// <summary>The largest absolute value; NaN if there is one.</summary>
    private static double Largest(Tensor x) => x.abs().max().to(ScalarType.Float64).item<double>();
}
