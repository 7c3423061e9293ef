using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>Predicts many structures, several at a time.</summary>
public static class Predictor
{
    /// <summary>Energies, forces and stresses of structures; a module is in evaluation mode meanwhile.</summary>
    /// <param name="potential">The potential. Number type and device are those of its parameters; float64 on the CPU where it has none.</param>
    /// <param name="structures">The structures.</param>
    /// <param name="batchSize">Structures that are computed together.</param>
    /// <param name="stresses">Stresses of all periodic structures; else only next to those that have one to compare with.</param>
    /// <returns>A prediction for each structure, in their order.</returns>
    /// <exception cref="ArgumentException">The potential does not know an element, or its numbers are neither float32 nor float64.</exception>
    public static IEnumerable<Prediction> Predict(IPotential potential, IReadOnlyList<LabelledStructure> structures, int batchSize = 16, bool stresses = false)
    {
        (ScalarType dtype, Device device) = PotentialNumbers.Of(potential);
        ArgumentNullException.ThrowIfNull(structures);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return Batches();

        IEnumerable<Prediction> Batches()
        {
            foreach (LabelledStructure[] chunk in structures.Chunk(batchSize))
            {
                PreparedStructure[] prepared = PreparedStructure.All(chunk, potential, dtype);
                Prediction[] predictions;
                try
                {
                    using var batch = new Batch(prepared, device);
                    predictions = Of(potential, batch, stresses);
                }
                finally
                {
                    Array.ForEach(prepared, p => p.Dispose());
                }

                foreach (Prediction prediction in predictions) yield return prediction;
            }
        }
    }

    private static Prediction[] Of(IPotential potential, Batch batch, bool stresses)
    {
        using ModuleMode? mode = potential is nn.Module module ? ModuleMode.Evaluation(module) : null;
        using PotentialResult result = Evaluate(potential, batch, differentiable: false, stresses);
        return Split(result, batch);
    }

    /// <summary>Everything that the batch has targets for, and stresses where they are asked for.</summary>
    internal static PotentialResult Evaluate(IPotential potential, Batch batch, bool differentiable, bool stresses = false)
    {
        bool virials = batch.StressCount > 0 || stresses && batch.Cells is not null;
        return potential.Evaluate(batch.Positions, batch.Species, batch.Graph, forces: !differentiable || batch.ForceCount > 0, virials, differentiable);
    }

    /// <summary>Numbers by structure.</summary>
    internal static Prediction[] Split(PotentialResult result, Batch batch)
    {
        using var scope = NewDisposeScope();
        double[] energies = Numbers(result.Energies), forces = Numbers(result.Forces!);
        double[]? stresses = result.Virials is null ? null : Numbers(result.Stress(batch.Cells!));
        var predictions = new Prediction[batch.Structures.Count];
        int first = 0;
        for (int i = 0; i < predictions.Length; i++)
        {
            int count = 3 * batch.Structures[i].Atoms.Count;
            predictions[i] = new Prediction(energies[i], forces[first..(first + count)], stresses is null || !batch.Structures[i].HasVolume ? null : stresses[(9 * i)..(9 * i + 9)]);
            first += count;
        }

        return predictions;
    }

    private static double[] Numbers(Tensor tensor) => [.. tensor.detach().to(float64).cpu().contiguous().data<double>()];
}
