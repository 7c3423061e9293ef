using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>An element of E(3): x ↦ R·x + t with R in O(3).</summary>
/// <param name="Kind">"rotation", "inversion", … for the summary of a report.</param>
/// <param name="Description">The kind with its numbers.</param>
/// <param name="Matrix">R, float64 [3, 3].</param>
/// <param name="Shift">t, float64 [3].</param>
internal sealed record Transformation(string Kind, string Description, Tensor Matrix, Tensor Shift)
{
    /// <summary>
    /// The transformations tested: the identity (which detects random functions), inversion, a translation, and random rotations
    /// without and with inversion. Together they generate E(3); separately they show which symmetry is broken.
    /// </summary>
    public static List<Transformation> Sample(int rotations, bool translate, Generator generator)
    {
        Tensor one = eye(3, dtype: ScalarType.Float64), none = zeros(3, dtype: ScalarType.Float64);
        List<Transformation> list = [new("no transformation", "no transformation", one, none), new("inversion", "inversion", -one, none)];
        if (translate)
        {
            Tensor shift = EquivariantInput.Normal([3], generator);
            list.Add(new("translation", $"translation by {Text(shift)}", one, shift));
        }
        for (int i = 0; i < rotations; i++)
        {
            Tensor rotation = O3.RandomRotation(dtype: ScalarType.Float64, generator: generator);
            (Tensor axis, Tensor angle) = O3.MatrixToAxisAngle(rotation);
            double degrees = angle.item<double>() * 180 / Math.PI;
            string description = string.Create(CultureInfo.InvariantCulture, $"rotation by {degrees:F0}° about {Text(axis)}");
            list.Add(new("rotation", description, rotation, none));
            list.Add(new("rotation with inversion", description + " with inversion", -rotation, none));
        }
        return list;
    }

    /// <summary>D(R) on features [..., irreps].</summary>
    public Tensor Act(Irreps irreps, Tensor features) =>
        features.matmul(O3.WignerD(irreps, Matrix).t().to(features.dtype, features.device));

    /// <summary>R·x + t of points [..., 3].</summary>
    public Tensor Move(Tensor points) => Rotate(points).Plus(Shift.to(points.dtype, points.device));

    /// <summary>The same edges; the shifts of periodic images rotate with the crystal.</summary>
    public Graph Move(Graph graph) => graph.WithShifts(graph.Shifts is { } shifts ? Graph.Times(shifts, Matrix.t().to(shifts.dtype, shifts.device)) : null);

    private Tensor Rotate(Tensor vectors) => vectors.matmul(Matrix.t().to(vectors.dtype, vectors.device));

    private static string Text(Tensor vector) =>
        $"({string.Join(", ", vector.data<double>().ToArray().Select(x => x.ToString("F2", CultureInfo.InvariantCulture)))})";
}
