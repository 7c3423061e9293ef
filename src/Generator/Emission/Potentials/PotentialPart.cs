using E3Gen.Generator.Operations;
using E3Gen.Generator.Potentials;
using static E3Gen.Generator.Emission.Potentials.PotentialTypes;

namespace E3Gen.Generator.Emission.Potentials;

/// <summary>A part of a potential that has parameters or numbers of a data set.</summary>
/// <param name="Path">Its name in the state dict.</param>
/// <param name="Field">The field that holds it: the name of its operation.</param>
/// <param name="Type">Its type.</param>
/// <param name="Arguments">Arguments of its constructor; <c>elements</c> is the number of elements.</param>
internal sealed record PotentialPart(string Path, string Field, string Type, string Arguments)
{
    /// <summary>The weights of a linear map.</summary>
    public static PotentialPart Weights(string path, LinearModel map) => new(path, map.Method.Name, $"{Parts}.OperationWeights", $"weights: {map.Parameters.Weights}");

    /// <summary>The weights of a linear map for each element.</summary>
    public static PotentialPart ElementWeights(string path, LinearModel map)
    {
        var blocks = map.Connections.Select(c => $"({map.Input[c.Input].Multiplicity}, {map.Output[c.Output].Multiplicity})");
        return new PotentialPart(path, map.Method.Name, $"{Parts}.SpeciesLinear", string.Join(", ", blocks.Prepend("elements")));
    }

    /// <summary>The network from radial functions to the weights of a convolution.</summary>
    public static PotentialPart RadialNetwork(string path, PotentialModel model, string field, int outputs) => new(
        path,
        field,
        "global::E3Gen.FullyConnectedNetwork",
        $"[{string.Join(", ", model.Radial.Hidden.Prepend(model.Radial.Basis).Append(outputs))}], global::E3Gen.ActivationFunction.{model.Radial.Function}, "
            + $"constants: global::E3Gen.MomentConstants.{model.Constants}");

    /// <summary>The part with numbers from the data set that the original has no name for; none where they are declared.</summary>
    public static IEnumerable<PotentialPart> Statistics(PotentialModel model) => model.NumNeighbors is not null ? [] :
    [
        new PotentialPart("statistics", "Statistics", $"{Parts}.NamedBuffers", "(\"avg_num_neighbors\", [], 1)"),
    ];
}
