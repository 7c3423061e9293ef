namespace E3Gen.Runtime.Tests.Potentials;

// The potentials of the reference files, whose metadata have these numbers.

[MACE("H", "C", "O", Cutoff = 4.5, Hidden = "16x0e + 16x1o", FirstInteraction = MACEInteraction.Agnostic, NumNeighbors = 9.3)]
internal sealed partial class MaceA;

[MACE(
    "H", "C", "O", Cutoff = 4.5, Hidden = "8x0e + 8x1o + 8x2e", Correlation = 2, Layers = 3, FirstInteraction = MACEInteraction.Agnostic, Interaction = MACEInteraction.Agnostic, NumNeighbors = 9.3)]
internal sealed partial class MaceB;

[MACE(
    "H", "C", "O", Cutoff = 4.5, Hidden = "32x0e", FirstInteraction = MACEInteraction.Density, Interaction = MACEInteraction.DensityResidual, Transform = DistanceTransform.Agnesi, PairRepulsion = true,
    NumNeighbors = 9.3)]
internal sealed partial class MaceC;

[MACE(
    Cutoff = 4, Hidden = "8x0e + 8x1o", Degree = 2, Correlations = [3, 2], NumberOfBasis = 6, CutoffPower = 6, RadialNeurons = [32, 32], ReadoutNeurons = 8,
    PairRepulsion = true, ScaleShift = false)]
internal sealed partial class MaceD;

[MACE("H", Cutoff = 3, Hidden = "2x0e", Degree = 1)]
internal sealed partial class PlainMace;

[MACE("H", Cutoff = 3, Hidden = "2x0e", Degree = 1, PairRepulsion = true)]
internal sealed partial class RepulsiveMace;

[NequIP("H", Cutoff = 4.4, Parity = false, Features = 12, NumberOfBasis = 6, RadialLayers = 1, RadialNeurons = 48)]
internal sealed partial class OwnParts
{
    public int Calls { get; private set; }

    protected override void RegisterComponents() => Calls++;
}

[NequIP("H", "C", "O", Cutoff = 4, Layers = 3, Degree = 2, Features = 16, RadialNeurons = 32, NumNeighbors = 9.7)]
internal sealed partial class NequipA;

[NequIP(Cutoff = 4.4, Parity = false, Features = 12, NumberOfBasis = 6, RadialLayers = 1, RadialNeurons = 48)]
internal sealed partial class NequipB;
