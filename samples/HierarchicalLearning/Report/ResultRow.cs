namespace HierarchicalLearning.Report;

/// <summary>One number of the study: a row of the tidy table.</summary>
/// <param name="Condition">Of experiment B and C; empty in A.</param>
/// <param name="Target">The degrees in the loss: "0", "1", "2", "3-4" or "all".</param>
/// <param name="Systems">Of the training set.</param>
/// <param name="Step">Steps made before the measurement.</param>
/// <param name="Place">The set that an error is of, the size of a cluster, or layer and operation.</param>
/// <param name="L">Degree; null for the whole density.</param>
internal sealed record ResultRow(
    string Experiment, string Condition, string Network, int HiddenLMax, string Copies, long Parameters, string Target, int Systems, int Seed,
    int Step, string Quantity, string Place, int? L, double Value);
