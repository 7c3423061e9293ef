using E3Gen;

namespace Potential.Models;

/// <summary>A small MACE, for data sets of some hundred structures.</summary>
[MACE(Cutoff = 5, FirstInteraction = MACEInteraction.Agnostic, Hidden = "32x0e + 32x1o", Degree = 2, Correlation = 2, RadialNeurons = [32, 32])]
public sealed partial class SmallMace;

/// <summary>A larger MACE: products of three messages, l ≤ 3.</summary>
[MACE(Cutoff = 5, FirstInteraction = MACEInteraction.Agnostic, Hidden = "64x0e + 64x1o", Degree = 3, Correlation = 3, RadialNeurons = [64, 64])]
public sealed partial class MediumMace;

/// <summary>A MACE whose atoms also have features with l = 2.</summary>
[MACE(Cutoff = 5, FirstInteraction = MACEInteraction.Agnostic, Hidden = "64x0e + 64x1o + 64x2e", Degree = 3, Correlation = 3, RadialNeurons = [64, 64])]
public sealed partial class LargeMace;

/// <summary>A small NequIP.</summary>
[NequIP(Cutoff = 5, Layers = 3, Features = 16, Degree = 2, RadialNeurons = 32)]
public sealed partial class SmallNequip;

/// <summary>A larger NequIP.</summary>
[NequIP(Cutoff = 5, Layers = 4, Features = 32, Degree = 2)]
public sealed partial class MediumNequip;
