using System.Runtime.CompilerServices;
using Shared.Execution;

namespace E3Gen.Potentials.Tests.Support;

internal static class Setup
{
    /// <summary>Before libtorch is loaded: equal runs are to agree to the last bit.</summary>
#pragma warning disable CA2255 // a module initializer in a library: this is a test assembly
    [ModuleInitializer]
    internal static void Reproducible() => MathLibrary.MakeReproducible();
#pragma warning restore CA2255
}
