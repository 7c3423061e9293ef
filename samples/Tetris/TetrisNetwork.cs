using E3Gen;

namespace Tetris;

/// <summary>
/// Tells the pieces apart in any orientation. The first output is an odd scalar: it changes sign under reflection, so one number separates the two mirror images;
/// the six even ones name the pieces that are their own mirror image.
/// </summary>
[MessagePassingNetwork(
    Hidden = "16x0e + 16x0o + 8x1e + 8x1o + 8x2e + 8x2o",
    Output = "0o + 6x0e",
    EdgeHarmonics = "0e + 1o + 2e",
    Layers = 2,
    MaxRadius = 1.1,
    RadialNeurons = 32,
    NumNeighbors = 1.5,
    NumNodes = 4,
    ReduceOutput = true)]
public sealed partial class TetrisNetwork;
