namespace E3Gen.Potentials;

/// <summary>A simulation left what a potential can describe: energies or forces that are not finite, atoms at the same place, or an atom that jumps.</summary>
/// <param name="message">The step, what happened, and what to do.</param>
/// <param name="inner">What the potential or the search for neighbours threw, if anything.</param>
public sealed class SimulationException(string message, Exception? inner = null) : Exception(message, inner);
