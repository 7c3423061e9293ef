using Xunit;

// Trainings draw from torch's one random generator: what ran beside them would change what they draw.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
