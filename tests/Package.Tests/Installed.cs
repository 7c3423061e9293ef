namespace E3Gen.Package.Tests;

/// <summary>The packages are packed once for all tests.</summary>
[CollectionDefinition(Name)]
public sealed class Installed : ICollectionFixture<InstalledPackage>
{
    public const string Name = "Installed packages";
}
