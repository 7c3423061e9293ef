namespace E3Gen.Benchmarks.Kernels.Operations;

/// <summary>e3nn's gate_points_2101 as data, without node attributes and with one hidden layer in the radial network.</summary>
internal sealed record NetworkShape(Irreps Input, Irreps Hidden, Irreps Output, int Lmax, int Layers, double Cutoff, double Neighbors)
{
    /// <summary>Gaussians that a length is expanded in.</summary>
    public const int Basis = 10;

    /// <summary>The gated layers and the last, linear one.</summary>
    public IEnumerable<LayerShape> AllLayers()
    {
        Irreps input = Input, edges = Irreps.SphericalHarmonics(Lmax);
        bool Reached(Irrep irrep) => input.Any(n => edges.Any(e => irrep.IsIn(n.Irrep, e.Irrep)));
        for (int i = 0; i < Layers; i++)
        {
            MulIrrep[] scalars = [.. Hidden.Where(h => h.Irrep.L == 0 && Reached(h.Irrep))], gated = [.. Hidden.Where(h => h.Irrep.L > 0 && Reached(h.Irrep))];
            var gate = new GateShape(scalars, [.. gated.Select(g => new MulIrrep(g.Multiplicity, new Irrep(0, 1)))], gated);
            yield return new LayerShape($"layers.{i}.first", input, gate.Input, Lmax, gate);
            input = new Irreps([.. scalars, .. gated]);
        }
        yield return new LayerShape($"layers.{Layers}", input, Output, Lmax, null);
    }
}

/// <summary>One convolution: linear maps around a product, and the gate after it.</summary>
/// <param name="Name">What the parameters' names begin with.</param>
internal sealed record LayerShape(string Name, Irreps Input, Irreps Output, int Lmax, GateShape? Gate)
{
    public Product SelfConnection => Linear(Input, Output);

    public Product Linear1 => Linear(Input, Input);

    public Product Messages => Product.Uvu(Input.ToString(), Lmax, Output.Contains);

    public Product Linear2 => Linear(Messages.Output, Output);

    /// <summary>e3nn's way to write a linear map: the fully connected product with a scalar.</summary>
    private static Product Linear(Irreps input, Irreps output) => Product.FullyConnected(input.Simplify(), new Irrep(0, 1), output.Simplify());
}

/// <summary>Scalars, gates and what they open.</summary>
internal sealed record GateShape(MulIrrep[] Scalars, MulIrrep[] Gates, MulIrrep[] Gated)
{
    private Irreps All => new([.. Scalars, .. Gates, .. Gated]);

    public Irreps Input => All.Regroup();

    /// <summary>Columns of every scalar, gate and gated segment, in this order, in the sorted input.</summary>
    public IrrepsSlice[] Columns
    {
        get
        {
            (Irreps sorted, int[] permutation, _) = All.Sort();
            return [.. permutation.Select(p => sorted.Slices[p])];
        }
    }
}
