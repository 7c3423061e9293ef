using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Radial;

/// <summary>Bases with numbers of their own, against MACE's and NequIP's radial embeddings.</summary>
public sealed class RadialModuleTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    private static SafetensorsFile Data => Reference.File("radial_embeddings");

    public void Dispose() => _scope.Dispose();

    public static TheoryData<string> Cases => [.. Data.CaseNames()];

    /// <summary>The whole embedding of both projects: cutoff, distance transform, basis, and the names in the state dict.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void EmbeddingsAreThoseOfMaceAndNequip(string name)
    {
        var about = Data.Case(name);
        double radius = about.GetProperty("r_max").GetDouble();
        var convention = name.StartsWith("mace", StringComparison.Ordinal) ? BesselConvention.Mace : BesselConvention.Nequip;
        Tensor r = Data.Get(name, "length"), weights = Data.Get(name, "bessel_weights");
        using var basis = new BesselBasis(radius, (int)weights.shape[0], convention, dtype: ScalarType.Float64);
        string[] names = convention == BesselConvention.Mace ? ["bessel_weights", "r_max", "prefactor"] : ["bessel_weights"];
        Assert.Equal(names.Order(), basis.state_dict().Keys.Order());
        Assert.Equal(convention == BesselConvention.Nequip, basis.parameters().Any());
        foreach (var (key, values) in basis.state_dict())
        {
            Tensor theirs = Data.Get(name, key);
            Assert.Equal(theirs.shape, values.shape);
            if (convention == BesselConvention.Mace) Near.Equal(theirs, values, 1e-6, key); // theirs began in float32
            using (no_grad()) values.copy_(theirs);
        }

        Tensor x = about.GetProperty("transform").GetString() == "Agnesi"
            ? RadialTransform.Agnesi(r, (Elements.CovalentRadius(Data.Get(name, "numbers")[0], ScalarType.Float64) + Elements.CovalentRadius(Data.Get(name, "numbers")[1], ScalarType.Float64)) / 2)
            : r;
        Tensor cutoff = Cutoff.Polynomial(r / radius, about.GetProperty("p").GetInt32());
        Near.Equal(Data.Get(name, "cutoff"), cutoff, 1e-12, "cutoff");
        Near.Equal(Data.Get(name, "radial"), basis.forward(x) * cutoff.unsqueeze(1), 1e-12, "embedding");
    }

    /// <summary>ASE's table, element by element; it has 0.2 Å where no radius is known.</summary>
    [Fact]
    public void CovalentRadiiAreAses()
    {
        double[] theirs = Data.Get("mace_c.molecule", "covalent_radii").data<double>().ToArray();
        Assert.Equal(119, theirs.Length);
        Assert.All(theirs.Select((radius, z) => (radius, z)), e => Assert.Equal(e.radius, Elements.CovalentRadius(e.z) ?? 0.2, 1e-6)); // theirs began in float32
        Assert.Null(Elements.CovalentRadius(-1));
        Assert.Null(Elements.CovalentRadius(500));
        Tensor radii = Elements.CovalentRadius(tensor(new long[,] { { 1, 6 }, { 8, 96 } }), ScalarType.Float64);
        Near.Equal(tensor(new[,] { { 0.31, 0.76 }, { 0.66, 1.69 } }), radii, 1e-15);
        Assert.Equal([0L], Elements.CovalentRadius(zeros(0, ScalarType.Int64)).shape);
        Assert.Contains("The element 97 ", Assert.Throws<ArgumentException>(() => Elements.CovalentRadius(tensor(new long[] { 1, 97 }))).Message);
        Assert.Throws<ArgumentException>(() => Elements.CovalentRadius(ones(2)));
    }

    [Fact]
    public void UntrainedOnesAreTheFunctions()
    {
        Tensor r = linspace(0, 5, 21, dtype: ScalarType.Float64);
        using var mace = new BesselBasis(4.5, 6, dtype: ScalarType.Float64);
        Near.Equal(RadialBasis.Bessel(r, 4.5, 6), mace.forward(r), 1e-13);
        using var nequip = new BesselBasis(4.5, 6, BesselConvention.Nequip, dtype: ScalarType.Float64);
        Near.Equal(RadialBasis.Bessel(r, 4.5, 6) * Math.Sqrt(2 / 4.5), nequip.forward(r), 1e-13);
        using var gaussian = new GaussianBasis(4.5, 10, dtype: ScalarType.Float64);
        Tensor centres = linspace(0, 4.5, 10, dtype: ScalarType.Float64);
        Near.Equal((-0.5 / (0.5 * 0.5) * (r.unsqueeze(1) - centres).square()).exp(), gaussian.forward(r), 1e-14);
        Near.Equal(centres, gaussian.state_dict()["gaussian_weights"], 1e-15);
    }

    public static TheoryData<string> Modules => ["mace", "nequip", "gaussian"];

    private static RadialModule Make(string name, bool? trainable = null) => name switch
    {
        "mace" => new BesselBasis(2.7, 4, BesselConvention.Mace, trainable, ScalarType.Float64),
        "nequip" => new BesselBasis(2.7, 4, BesselConvention.Nequip, trainable, ScalarType.Float64),
        _ => new GaussianBasis(2.7, 4, trainable ?? false, ScalarType.Float64),
    };

    /// <summary>By lengths and by the trained numbers, at 0 and beyond the cutoff too.</summary>
    [Theory]
    [MemberData(nameof(Modules))]
    public void DerivativesAreRight(string name)
    {
        using RadialModule module = Make(name, trainable: true);
        var (key, weights) = Assert.Single(module.named_parameters());
        Tensor[] inputs = [tensor(new[] { 0.0, 0.05, 0.6, 1.4, 2.6, 3.3 }), weights.detach().clone()];
        // The function of both, as the module computes it.
        Tensor Apply(Tensor[] t) => name switch
        {
            "mace" => Sine(t[0], t[1]) * Math.Sqrt(2 / 2.7),
            "nequip" => Sine(t[0], t[1] / 2.7) * (2 / 2.7),
            _ => (-0.5 / (0.9 * 0.9) * (t[0].unsqueeze(1) - t[1]).square()).exp(),
        };
        static Tensor Sine(Tensor r, Tensor w) => (r.unsqueeze(1) * w / Math.PI).sinc() * w;
        Tensor x = inputs[0].clone().requires_grad_(), y = module.forward(x), cotangent = randn(y.shape, ScalarType.Float64);
        Tensor[] plain = [inputs[0].clone().requires_grad_(), inputs[1].clone().requires_grad_()];
        Near.Equal(Apply(plain), y, 1e-13);
        Tensor[] expected = GradientCheck.Gradients((Apply(plain) * cotangent).sum(), plain), actual = GradientCheck.Gradients((y * cotangent).sum(), [x, weights]);
        Near.Equal(expected[0], actual[0], 1e-12, "lengths");
        Near.Equal(expected[1], actual[1], 1e-12, key);
        GradientCheck.First(t => module.forward(t[0]), [inputs[0][1..]]);
        GradientCheck.Second(t => module.forward(t[0]), [inputs[0][1..]]);
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void ModulesMoveAndSave(string name)
    {
        using RadialModule module = Make(name), other = Make(name, trainable: true);
        Tensor r = rand([3, 2], ScalarType.Float64), expected = module.forward(r);
        Assert.Equal([3L, 2, 4], expected.shape);
        Near.Equal(expected, other.forward(r), 0);
        other.load_state_dict(module.state_dict());
        other.to(ScalarType.Float32);
        Assert.All(other.state_dict().Values, t => Assert.Equal(ScalarType.Float32, t.dtype));
        Assert.True(other.parameters().Single().requires_grad);
        Near.Equal(expected, other.forward(r.to(ScalarType.Float32)), 1e-5);
        Assert.Throws<ArgumentException>(() => other.forward(r));
        Assert.Equal([4L], other.forward(tensor(1f)).shape);
        Assert.Equal([0L, 4], other.forward(zeros(0)).shape);
    }

    [Fact]
    public void BadArgumentsAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BesselBasis(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BesselBasis(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BesselBasis(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BesselBasis(1, 2, (BesselConvention)7));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianBasis(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianBasis(-1));
    }
}
