namespace HierarchicalLearning.Targets;

/// <summary>The variables that a network predicts.</summary>
internal enum TargetMetric
{
    /// <summary>Components y of the density itself: |y|² of an atom is ∫(δρ)² of its own part (see WaterDensity's TargetScaling).</summary>
    Density,

    /// <summary>Coefficients in the auxiliary basis without those of the isolated atom, scaled to electrons: 2√2 δc / norm, as in the paper.</summary>
    Coefficients,
}

/// <summary>The unit that the variables of each degree are divided by, and how their errors make up the loss.</summary>
internal enum TargetUnits
{
    /// <summary>One for each degree, its root mean square: every degree is of size 1 and counts the same in the loss.</summary>
    Standardised,

    /// <summary>One for all degrees: they keep their natural sizes, every entry counts the same in the loss.</summary>
    Raw,
}

/// <summary>What is to be learnt.</summary>
internal enum Labels
{
    True,

    /// <summary>Each atom of the training set has the targets of another one of its species: there is nothing to learn but by heart.</summary>
    Random,
}
