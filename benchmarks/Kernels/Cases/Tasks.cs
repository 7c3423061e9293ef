using E3Gen.Benchmarks.Kernels.Contestants;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Cases;

/// <summary>The tasks that cases are made of.</summary>
internal static class Tasks
{
    private const double LearningRate = 1e-4;

    /// <summary>Forward alone, and forward and backward to every input and parameter.</summary>
    /// <param name="inputs">Of the function.</param>
    /// <param name="columns">Columns of the result.</param>
    /// <param name="rows">Rows of the result.</param>
    /// <param name="flops">Of forward.</param>
    /// <param name="passes">Forward and backward together, in forwards: one more for every factor of a product.</param>
    public static MeasuredTask[] Operation(Tensor[] inputs, long rows, long columns, double flops, int passes)
    {
        double read = 4.0 * inputs.Sum(t => t.numel()), written = 4.0 * rows * columns;
        return
        [
            Forward(inputs, flops, read + written),
            Backward(inputs, randn(rows, columns), passes * flops, 3 * read + 2 * written),
        ];
    }

    /// <summary>As in training on forces: the gradients of all inputs, their mean square, and its gradients by all inputs and the cotangent.</summary>
    /// <param name="inputs">Of the function.</param>
    /// <param name="columns">Columns of the result.</param>
    /// <param name="rows">Rows of the result.</param>
    public static MeasuredTask DoubleBackward(Tensor[] inputs, long rows, long columns)
    {
        Tensor weights = randn(rows, columns);
        return new(TaskNames.DoubleBackward, 0, 0, contestant => () =>
        {
            Clear(contestant);
            Tensor[] leaves = [.. inputs.Select(t => t.detach().requires_grad_(true))];
            Tensor cotangent = weights.detach().requires_grad_(true);
            Tensor[] gradients = [.. autograd.grad([contestant.Forward(leaves)], leaves, [cotangent], retain_graph: true, create_graph: true)];
            gradients.Select(g => g.square().mean()).Aggregate((a, b) => a + b).backward();
            return [.. gradients.Select(g => g.detach()), .. leaves.Select(t => t.grad!), cotangent.grad!];
        });
    }

    /// <summary>The result alone, without gradients.</summary>
    public static MeasuredTask Forward(Tensor[] inputs, double flops = 0, double bytes = 0) => new(TaskNames.Forward, flops, bytes, contestant => () =>
    {
        using var noGradients = no_grad();
        return [contestant.Forward(inputs)];
    });

    /// <summary>The output, its mean squared error, gradients of all parameters, a step of Adam.</summary>
    public static MeasuredTask TrainingStep(Tensor[] inputs, Tensor target) => new(TaskNames.TrainingStep, 0, 0, contestant =>
    {
        var optimizer = optim.Adam(contestant.Parameters.Values, lr: LearningRate);
        return () =>
        {
            optimizer.zero_grad();
            Tensor output = contestant.Forward(inputs);
            nn.functional.mse_loss(output, target).backward();
            Tensor[] results = [output.detach(), .. Gradients(contestant).Select(g => g.clone())];
            optimizer.step();
            return results;
        };
    });

    /// <summary>Energies, forces as their gradient by positions (the first input), the forces' error and its gradient by all parameters.</summary>
    public static MeasuredTask ForceStep(Tensor[] inputs, Tensor target) => new(TaskNames.ForceStep, 0, 0, contestant => () =>
    {
        Clear(contestant);
        Tensor positions = inputs[0].detach().requires_grad_(true);
        Tensor energy = contestant.Forward([positions, .. inputs.Skip(1)]).sum();
        Tensor forces = autograd.grad([energy], [positions], retain_graph: true, create_graph: true)[0];
        nn.functional.mse_loss(forces, target).backward();
        return [forces.detach(), .. Gradients(contestant)];
    });

    private static MeasuredTask Backward(Tensor[] inputs, Tensor cotangent, double flops, double bytes) => new(TaskNames.Backward, flops, bytes, contestant => () =>
    {
        Clear(contestant);
        Tensor[] leaves = [.. inputs.Select(t => t.detach().requires_grad_(true))];
        Tensor output = contestant.Forward(leaves);
        autograd.backward([output], [cotangent]);
        return [output.detach(), .. leaves.Select(t => t.grad!), .. Gradients(contestant)];
    });

    private static void Clear(Contestant contestant)
    {
        foreach (Tensor parameter in contestant.Parameters.Values)
            parameter.grad = null;
    }

    private static IEnumerable<Tensor> Gradients(Contestant contestant) =>
        contestant.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Value.grad ?? zeros_like(p.Value));
}
