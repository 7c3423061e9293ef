namespace E3Gen.Generator.Planning;

/// <summary>The paths of a convolution in e3nn's order: nodes outer, edges inner, l ascending; each path has its own output segment, sorted.</summary>
public static class ConvolutionPlanner
{
    /// <param name="nodes">Irreps of the node features.</param>
    /// <param name="edges">Irreps of the edge attributes.</param>
    /// <param name="keep">Whether an output irrep is wanted.</param>
    /// <returns>The output with one segment a path, sorted but not simplified, and the paths.</returns>
    public static (Irreps Output, IReadOnlyList<BilinearPath> Paths) Paths(Irreps nodes, Irreps edges, Func<Irrep, bool> keep)
    {
        var outputs = new List<MulIrrep>();
        var paths = new List<BilinearPath>();
        for (int i = 0; i < nodes.Count; i++)
        {
            for (int j = 0; j < edges.Count; j++)
            {
                if (nodes[i].Multiplicity == 0 || edges[j].Multiplicity == 0)
                {
                    continue;
                }

                foreach (var irrep in (nodes[i].Irrep * edges[j].Irrep).Where(keep))
                {
                    paths.Add(new BilinearPath(i, j, outputs.Count, ConnectionMode.UVU));
                    outputs.Add(new MulIrrep(nodes[i].Multiplicity, irrep));
                }
            }
        }

        var (sorted, permutation, _) = new Irreps(outputs).Sort();
        return (sorted, paths.ConvertAll(p => p with { Output = permutation[p.Output] }));
    }
}
