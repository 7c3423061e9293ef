using E3Gen;

namespace HierarchicalLearning.Networks;

// The networks of the paper's size (983,493 parameters) and what is left of them under each hidden l_max; see QuarterWidth.cs.

/// <summary>Hidden scalars only: 215,630 parameters.</summary>
[MessagePassingNetwork(Input = Common.Input, Hidden = "125x0e + 125x0o",
    Output = Common.OutputWithoutL4, EdgeHarmonics = Common.Edges, Layers = 3, MaxRadius = Common.Cutoff, NumNeighbors = Common.Neighbors)]
internal sealed partial class Paper0;

/// <summary>Hidden l ≤ 1: 476,951 parameters.</summary>
[MessagePassingNetwork(Input = Common.Input, Hidden = "125x0e + 125x0o + 40x1e + 40x1o",
    Output = Common.Output, EdgeHarmonics = Common.Edges, Layers = 3, MaxRadius = Common.Cutoff, NumNeighbors = Common.Neighbors)]
internal sealed partial class Paper1;

/// <summary>Hidden l ≤ 2: 756,837 parameters.</summary>
[MessagePassingNetwork(Input = Common.Input, Hidden = "125x0e + 125x0o + 40x1e + 40x1o + 25x2e + 25x2o",
    Output = Common.Output, EdgeHarmonics = Common.Edges, Layers = 3, MaxRadius = Common.Cutoff, NumNeighbors = Common.Neighbors)]
internal sealed partial class Paper2;

/// <summary>Hidden l ≤ 3: 983,493 parameters.</summary>
[MessagePassingNetwork(Input = Common.Input, Hidden = "125x0e + 125x0o + 40x1e + 40x1o + 25x2e + 25x2o + 15x3e + 15x3o",
    Output = Common.Output, EdgeHarmonics = Common.Edges, Layers = 3, MaxRadius = Common.Cutoff, NumNeighbors = Common.Neighbors)]
internal sealed partial class Paper3;

/// <summary>Hidden scalars only, copies rescaled to the parameters of <see cref="Paper3"/>: 985,714 parameters.</summary>
[MessagePassingNetwork(Input = Common.Input, Hidden = "321x0e + 321x0o",
    Output = Common.OutputWithoutL4, EdgeHarmonics = Common.Edges, Layers = 3, MaxRadius = Common.Cutoff, NumNeighbors = Common.Neighbors)]
internal sealed partial class Paper0Matched;

/// <summary>Hidden l ≤ 1, copies rescaled to the parameters of <see cref="Paper3"/>: 979,499 parameters.</summary>
[MessagePassingNetwork(Input = Common.Input, Hidden = "201x0e + 201x0o + 64x1e + 64x1o",
    Output = Common.Output, EdgeHarmonics = Common.Edges, Layers = 3, MaxRadius = Common.Cutoff, NumNeighbors = Common.Neighbors)]
internal sealed partial class Paper1Matched;

/// <summary>Hidden l ≤ 2, copies rescaled to the parameters of <see cref="Paper3"/>: 985,021 parameters.</summary>
[MessagePassingNetwork(Input = Common.Input, Hidden = "151x0e + 151x0o + 48x1e + 48x1o + 30x2e + 30x2o",
    Output = Common.Output, EdgeHarmonics = Common.Edges, Layers = 3, MaxRadius = Common.Cutoff, NumNeighbors = Common.Neighbors)]
internal sealed partial class Paper2Matched;

/// <summary>Control: every hidden irrep as often: 989,104 parameters.</summary>
[MessagePassingNetwork(Input = Common.Input, Hidden = "39x0e + 39x0o + 39x1e + 39x1o + 39x2e + 39x2o + 39x3e + 39x3o",
    Output = Common.Output, EdgeHarmonics = Common.Edges, Layers = 3, MaxRadius = Common.Cutoff, NumNeighbors = Common.Neighbors)]
internal sealed partial class Paper3Equal;

/// <summary>Control: the copies of the degrees in reverse order, l = 3 the most: 1,766,008 parameters.</summary>
[MessagePassingNetwork(Input = Common.Input, Hidden = "15x0e + 15x0o + 25x1e + 25x1o + 40x2e + 40x2o + 125x3e + 125x3o",
    Output = Common.Output, EdgeHarmonics = Common.Edges, Layers = 3, MaxRadius = Common.Cutoff, NumNeighbors = Common.Neighbors)]
internal sealed partial class Paper3Reversed;
