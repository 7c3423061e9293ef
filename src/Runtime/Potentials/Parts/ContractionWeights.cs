using System.ComponentModel;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>
/// Weights of a symmetric contraction under MACE's names: for the k-th irrep of the result <c>contractions.k.weights_max</c> of the paths with most factors, and
/// <c>contractions.k.weights.0</c>, … of those with fewer, each [elements, paths, copies]. Called by generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ContractionWeights : nn.Module
{
    private readonly Contraction[] _contractions;

    /// <summary>Draws the weights as MACE does: from a normal distribution of standard deviation 1/paths.</summary>
    /// <param name="elements">Number of elements.</param>
    /// <param name="copies">Copies of each irrep.</param>
    /// <param name="paths">For each irrep of the result the numbers of paths, from most factors to one.</param>
    public ContractionWeights(int elements, int copies, params int[][] paths)
        : base(Libtorch.Needed(nameof(ContractionWeights)))
    {
        Elements = elements;
        _contractions = [.. paths.Select(p => new Contraction(elements, copies, p))];
        for (int k = 0; k < paths.Length; k++) Components.Add(this, $"contractions.{k}", _contractions[k]);
    }

    /// <summary>Number of elements.</summary>
    public int Elements { get; }

    /// <summary>All weights, one after another.</summary>
    public Tensor Weight => cat([.. _contractions.SelectMany(c => c.Blocks).Select(b => b.flatten())]);

    /// <summary>Does nothing: parts are registered by the constructor.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <summary>The weights of an irrep of the result.</summary>
    private sealed class Contraction : ParameterModule
    {
        private readonly Fewer? _fewer;

        public Contraction(int elements, int copies, int[] paths)
            : base(nameof(Contraction))
        {
            Add("weights_max", Draw(elements, paths[0], copies));
            if (paths.Length > 1) register_module("weights", _fewer = new Fewer(elements, copies, paths[1..]));
        }

        /// <summary>From most factors to one.</summary>
        public IEnumerable<Tensor> Blocks => _fewer is null ? [get_parameter("weights_max")!] : _fewer.Blocks.Prepend(get_parameter("weights_max")!);
    }

    /// <summary>The weights of paths with fewer factors.</summary>
    private sealed class Fewer : ParameterModule
    {
        private readonly int _count;

        public Fewer(int elements, int copies, int[] paths)
            : base(nameof(Fewer))
        {
            _count = paths.Length;
            for (int i = 0; i < _count; i++) Add($"{i}", Draw(elements, paths[i], copies));
        }

        public IEnumerable<Tensor> Blocks => Enumerable.Range(0, _count).Select(i => (Tensor)get_parameter($"{i}")!);
    }

    private static Tensor Draw(int elements, int paths, int copies) => randn(elements, paths, copies).div(Math.Max(1, paths).ToScalar());
}
