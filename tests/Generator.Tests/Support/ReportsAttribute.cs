namespace E3Gen.Generator.Tests.Support;

/// <summary>Says which rule a test makes E3Gen report; theories may name it in their first argument instead.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ReportsAttribute(string id) : Attribute
{
    public string Id { get; } = id;
}
