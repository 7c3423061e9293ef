using TorchSharp.Modules;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Contestants;

/// <summary>
/// E3Gen's own contestants: one for each backend. The one place that knows of backends: a backend that can be forced is a further line of <see cref="Variants"/>, the
/// function being what enters it and yields what leaves it.
/// </summary>
internal static class E3GenContestants
{
    /// <summary>The backend that E3Gen chooses for this machine.</summary>
    public const string Chosen = "E3Gen";

    public const string Portable = "E3Gen portable";

    private static readonly (string Name, Func<IDisposable?> Enter)[] Variants = [(Portable, () => Backends.Use(Backend.Portable)), (Chosen, () => null)];

    /// <param name="forward">Calls the generated code.</param>
    /// <param name="parameters">Of the generated module, under the names that e3nn has for them.</param>
    public static IEnumerable<Contestant> Of(Func<Tensor[], Tensor> forward, IReadOnlyDictionary<string, Parameter>? parameters = null) =>
        Variants.Select(variant => new Contestant(
            variant.Name,
            inputs =>
            {
                using var entered = variant.Enter();
                return forward(inputs);
            },
            parameters ?? new Dictionary<string, Parameter>()));

    /// <summary>Of a module with one operation, <c>Apply</c>.</summary>
    public static IEnumerable<Contestant> OfOperation(nn.Module module, Func<Tensor[], Tensor> forward) =>
        Of(forward, module.named_parameters().ToDictionary(p => p.name.Replace("Apply.", "", StringComparison.Ordinal), p => p.parameter));

    /// <summary>Of a whole network, whose parameters have e3nn's names.</summary>
    public static IEnumerable<Contestant> OfNetwork(nn.Module module, Func<Tensor[], Tensor> forward) =>
        Of(forward, module.named_parameters().ToDictionary(p => p.name, p => p.parameter));
}
