using E3Gen;

namespace HierarchicalLearning.Networks;

// Networks of a quarter of the paper's width, one for each hidden l_max. All see the same edge harmonics, so only what the hidden features can carry differs.
// No path takes hidden scalars and edge harmonics up to l = 3 to l = 4; the compiler rejects that output (E3G0214), so networks with hidden scalars only are declared without it.

/// <summary>Hidden scalars only: 29,924 parameters.</summary>
[MessagePassingNetwork(Input = Common.Input, Hidden = "32x0e + 32x0o",
    Output = Common.OutputWithoutL4, EdgeHarmonics = Common.Edges, Layers = 2, MaxRadius = Common.Cutoff, NumNeighbors = Common.Neighbors)]
internal sealed partial class Quarter0;

/// <summary>Hidden l ≤ 1: 55,566 parameters.</summary>
[MessagePassingNetwork(Input = Common.Input, Hidden = "32x0e + 32x0o + 10x1e + 10x1o",
    Output = Common.Output, EdgeHarmonics = Common.Edges, Layers = 2, MaxRadius = Common.Cutoff, NumNeighbors = Common.Neighbors)]
internal sealed partial class Quarter1;

/// <summary>Hidden l ≤ 2: 82,364 parameters.</summary>
[MessagePassingNetwork(Input = Common.Input, Hidden = "32x0e + 32x0o + 10x1e + 10x1o + 6x2e + 6x2o",
    Output = Common.Output, EdgeHarmonics = Common.Edges, Layers = 2, MaxRadius = Common.Cutoff, NumNeighbors = Common.Neighbors)]
internal sealed partial class Quarter2;

/// <summary>Hidden l ≤ 3: 105,056 parameters.</summary>
[MessagePassingNetwork(Input = Common.Input, Hidden = "32x0e + 32x0o + 10x1e + 10x1o + 6x2e + 6x2o + 4x3e + 4x3o",
    Output = Common.Output, EdgeHarmonics = Common.Edges, Layers = 2, MaxRadius = Common.Cutoff, NumNeighbors = Common.Neighbors)]
internal sealed partial class Quarter3;

/// <summary>Hidden scalars only, copies rescaled to the parameters of <see cref="Quarter3"/>: 104,705 parameters.</summary>
[MessagePassingNetwork(Input = Common.Input, Hidden = "95x0e + 95x0o",
    Output = Common.OutputWithoutL4, EdgeHarmonics = Common.Edges, Layers = 2, MaxRadius = Common.Cutoff, NumNeighbors = Common.Neighbors)]
internal sealed partial class Quarter0Matched;

/// <summary>Hidden l ≤ 1, copies rescaled to the parameters of <see cref="Quarter3"/>: 105,669 parameters.</summary>
[MessagePassingNetwork(Input = Common.Input, Hidden = "57x0e + 57x0o + 18x1e + 18x1o",
    Output = Common.Output, EdgeHarmonics = Common.Edges, Layers = 2, MaxRadius = Common.Cutoff, NumNeighbors = Common.Neighbors)]
internal sealed partial class Quarter1Matched;

/// <summary>Hidden l ≤ 2, copies rescaled to the parameters of <see cref="Quarter3"/>: 104,872 parameters.</summary>
[MessagePassingNetwork(Input = Common.Input, Hidden = "40x0e + 40x0o + 12x1e + 12x1o + 8x2e + 8x2o",
    Output = Common.Output, EdgeHarmonics = Common.Edges, Layers = 2, MaxRadius = Common.Cutoff, NumNeighbors = Common.Neighbors)]
internal sealed partial class Quarter2Matched;

/// <summary>Control: every hidden irrep as often: 109,568 parameters.</summary>
[MessagePassingNetwork(Input = Common.Input, Hidden = "10x0e + 10x0o + 10x1e + 10x1o + 10x2e + 10x2o + 10x3e + 10x3o",
    Output = Common.Output, EdgeHarmonics = Common.Edges, Layers = 2, MaxRadius = Common.Cutoff, NumNeighbors = Common.Neighbors)]
internal sealed partial class Quarter3Equal;

/// <summary>Control: the copies of the degrees in reverse order, l = 3 the most: 169,392 parameters.</summary>
[MessagePassingNetwork(Input = Common.Input, Hidden = "4x0e + 4x0o + 6x1e + 6x1o + 10x2e + 10x2o + 32x3e + 32x3o",
    Output = Common.Output, EdgeHarmonics = Common.Edges, Layers = 2, MaxRadius = Common.Cutoff, NumNeighbors = Common.Neighbors)]
internal sealed partial class Quarter3Reversed;
