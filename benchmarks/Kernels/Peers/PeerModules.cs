using E3Gen.Benchmarks.Kernels.Contestants;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Peers;

/// <summary>Whom E3Gen is compared with: e3nn itself where it was exported, and its algorithm as rewritten here.</summary>
internal sealed class PeerModules(IReadOnlyList<E3nnFolder> folders)
{
    public IReadOnlyList<E3nnFolder> Folders => folders;

    /// <param name="operation">Name of e3nn's module.</param>
    /// <param name="around">What there is around the module.</param>
    public IEnumerable<Contestant> E3nn(string operation, Func<Func<Tensor[], Tensor>, Func<Tensor[], Tensor>>? around = null) =>
        folders.Select(f => f.Load(operation, folders.Count == 1 ? Contestant.E3nn : $"{Contestant.E3nn} {f.Name}", around ?? (module => module)));
}
