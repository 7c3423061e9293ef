namespace E3Gen.Runtime.Tests.Support;

/// <summary>Tests that must not run beside others: they change or measure what the whole process shares.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
