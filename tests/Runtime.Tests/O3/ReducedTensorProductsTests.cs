using System.Text.Json;
using E3Gen.Runtime.Tests.Support;
using E3Gen.Tests;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Rotations;

/// <summary>Index-symmetric products and tensors: against e3nn's numbers up to the choice of copies, and against what their names say.</summary>
public sealed class ReducedTensorProductsTests : IDisposable
{
    private static readonly ReferenceFile Layers = new("layers");

    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory]
    [InlineData("reduced.sym2")]
    [InlineData("reduced.antisym2")]
    [InlineData("reduced.sym3")]
    [InlineData("reduced.rect")]
    [InlineData("reduced.filter")]
    public void Products_are_those_of_e3nn(string name)
    {
        using JsonDocument about = JsonDocument.Parse(Layers.Metadata("case." + name));
        string Text(string key) => about.RootElement.GetProperty(key).GetString()!;
        Irreps[] inputs = [.. about.RootElement.GetProperty("irreps_in").EnumerateArray().Select(e => Irreps.Parse(e.GetString()!))];
        JsonElement kept = about.RootElement.GetProperty("filter_ir_out");
        Irrep[]? filter = kept.ValueKind == JsonValueKind.Null ? null : [.. kept.EnumerateArray().Select(e => Irrep.Parse(e.GetString()!))];
        var products = new ReducedTensorProducts(Text("formula"), inputs, filter);
        Assert.Equal(Irreps.Parse(Text("irreps_out")), products.Irreps);

        Tensor mixture = Mixture(products.Irreps, Read(name, "change_of_basis"), products.ChangeOfBasis(float64));
        Tensor[] x = [.. inputs.Select((_, i) => Read(name, $"x{i}").requires_grad_(true))];
        Tensor output = products.Apply(x).matmul(mixture.t());
        Near.Equal(Read(name, "out"), output, 1e-10);
        var gradients = autograd.grad([(output * Read(name, "cotangent")).sum()], x);
        for (int i = 0; i < x.Length; i++)
        {
            Near.Equal(Read(name, $"grad_x{i}"), gradients[i], 1e-8);
        }
    }

    [Theory]
    [InlineData("cartesian.sym2", "ij=ji")]
    [InlineData("cartesian.antisym2", "ij=-ji")]
    [InlineData("cartesian.sym3", "ijk=jik=ikj")]
    [InlineData("cartesian.any2", "ij")]
    public void Cartesian_tensors_are_those_of_e3nn(string name, string formula)
    {
        var tensors = new CartesianTensor(formula);
        Tensor mixture = Mixture(tensors.Irreps, Read(name, "change_of_basis"), tensors.ChangeOfBasis(float64));
        Near.Equal(Read(name, "from_cartesian"), tensors.FromCartesian(Read(name, "cartesian")).matmul(mixture.t()), 1e-10);
        Near.Equal(Read(name, "to_cartesian"), tensors.ToCartesian(Read(name, "from_cartesian").matmul(mixture)), 1e-10);
        Tensor[] vectors = [.. tensors.Symmetry.Indices.Select((_, i) => Read(name, $"v{i}"))];
        Near.Equal(Read(name, "from_vectors"), tensors.FromVectors(vectors).matmul(mixture.t()), 1e-10);
    }

    /// <summary>Known decompositions; among them those of piezoelectricity, elasticity and curvature.</summary>
    [Theory]
    [InlineData("i", "1x1o")]
    [InlineData("ij=ji", "1x0e+1x2e")]
    [InlineData("ij=-ji", "1x1e")]
    [InlineData("ijk=ikj", "2x1o+1x2o+1x3o")]
    [InlineData("ijk=-jik=-ikj", "1x0o")]
    [InlineData("ijkl=jikl=ijlk=klij", "2x0e+2x2e+1x4e")]
    [InlineData("ijkl=-jikl=-ijlk=klij", "1x0e+1x2e")]
    [InlineData("ijkl=jikl=kjil=ljki", "1x0e+1x2e+1x4e")]
    public void Irreps_of_tensors_of_space(string formula, string irreps)
    {
        var tensors = new CartesianTensor(formula);
        Assert.Equal(Irreps.Parse(irreps).Regroup(), tensors.Irreps);

        // Orthonormal, of the symmetry, and equivariant.
        Tensor basis = tensors.ChangeOfBasis(float64), flat = basis.flatten(1);
        Near.Equal(eye(tensors.Irreps.Dim, dtype: ScalarType.Float64), flat.matmul(flat.t()), 1e-13);
        Tensor any = randn([5, .. Enumerable.Repeat(3L, tensors.Symmetry.Indices.Length)], float64), features = tensors.FromCartesian(any), symmetric = tensors.ToCartesian(features);
        foreach (var (sign, axes) in tensors.Symmetry.Permutations)
        {
            Near.Equal(symmetric, sign * symmetric.permute([0, .. axes.Select(a => 1L + a)]), 1e-13);
        }

        Near.Equal(features, tensors.FromCartesian(symmetric), 1e-13);
        Tensor rotation = -O3.RandomRotation(dtype: ScalarType.Float64), turned = any;
        for (int axis = 1; axis < any.dim(); axis++)
        {
            turned = turned.transpose(axis, -1).matmul(rotation.t()).transpose(axis, -1);
        }

        Near.Equal(features.matmul(O3.WignerD(tensors.Irreps, rotation).t()), tensors.FromCartesian(turned), 1e-12);
        Assert.Equal(ScalarType.Float32, tensors.FromCartesian(any.to(ScalarType.Float32)).dtype);
    }

    /// <summary>The mean of the diagonal is the trace, in the unit that orthonormal bases have: tr/√3.</summary>
    [Fact]
    public void The_scalar_of_a_stress_is_its_trace()
    {
        Tensor stress = rand(3, 3, float64);
        double scalar = new CartesianTensor("ij=ji").FromCartesian(stress + stress.t())[0].item<double>();
        Assert.Equal(2 * stress.trace().item<double>() / Math.Sqrt(3), scalar, 1e-12);
    }

    [Fact]
    public void Derivatives_agree_with_differences()
    {
        var products = new ReducedTensorProducts("ijk=jik", [Irreps.Parse("0e + 1o"), Irreps.Parse("0e + 1o"), Irreps.Parse("1o + 2e")]);
        Tensor[] features = [rand(2, 4, float64), rand(2, 4, float64), rand(2, 8, float64)];
        GradientCheck.First(products.Apply, features);
        GradientCheck.Second(products.Apply, features);
    }

    [Theory]
    [InlineData("", "first term")]
    [InlineData("ii", "first term")]
    [InlineData("i1=1i", "first term")]
    [InlineData("ij=jk", "\"jk\" must be the letters of \"ij\"")]
    [InlineData("ij=ji=", "\"\" must be the letters")]
    [InlineData("ij=--ji", "must be the letters")]
    [InlineData("ij=-ij", "its own negative")]
    [InlineData("ijk=jik=-ikj", "its own negative")]
    public void Bad_formulas(string formula, string because) => Assert.Contains(because, Assert.Throws<FormatException>(() => new CartesianTensor(formula)).Message);

    [Fact]
    public void Bad_arguments()
    {
        void Refused(string because, Action action) => Assert.Contains(because, Assert.Throws<ArgumentException>(action).Message);
        Refused("which carry different irreps", () => _ = new ReducedTensorProducts("ij=ji", [Irreps.Parse("1o"), Irreps.Parse("2e")]));
        Refused("irreps are given for 3", () => _ = new ReducedTensorProducts("ij=ji", [Irreps.Parse("1o"), Irreps.Parse("1o"), Irreps.Parse("1o")]));
        Refused("6561 components", () => _ = new CartesianTensor("ijklmnop"));
        Refused("degree 12", () => _ = new ReducedTensorProducts("ij", [Irreps.Parse("6e")]));
        var tensors = new CartesianTensor("ij=ji");
        Refused("takes floating-point [..., 3, 3]", () => tensors.FromCartesian(zeros(3, 2)));
        Refused("takes floating-point [..., 3, 3]", () => tensors.FromCartesian(zeros(3, 3, ScalarType.Int64)));
        Refused("must have 6 entries", () => tensors.ToCartesian(zeros(2, 5)));
        Refused("2 indices, but 1", () => tensors.FromVectors(zeros(2, 3)));
        Refused("one dtype", () => tensors.FromVectors(zeros(2, 3), zeros(2, 3, float64)));
    }

    /// <summary>The orthogonal matrix that turns our copies of each irrep into e3nn's: the only freedom that two bases of one space have.</summary>
    private static Tensor Mixture(Irreps irreps, Tensor theirs, Tensor ours)
    {
        Tensor all = theirs.flatten(1).matmul(ours.flatten(1).t()), mixture = zeros_like(all);
        for (int i = 0; i < irreps.Count; i++)
        {
            IrrepsSlice at = irreps.Slices[i];
            int copies = irreps[i].Multiplicity, size = irreps[i].Irrep.Dim;
            Tensor copy = all.narrow(0, at.Offset, at.Length).narrow(1, at.Offset, at.Length).view(copies, size, copies, size).select(3, 0).select(1, 0);
            mixture.narrow(0, at.Offset, at.Length).narrow(1, at.Offset, at.Length).copy_(kron(copy.contiguous(), eye(size, dtype: ScalarType.Float64)));
        }

        Near.Equal(eye(irreps.Dim, dtype: ScalarType.Float64), mixture.matmul(mixture.t()), 1e-10, "orthogonal");
        Near.Equal(theirs.flatten(1), mixture.matmul(ours.flatten(1)), 1e-10, "the same space");
        return mixture;
    }

    private static Tensor Read(string name, string field) => tensor(Layers.Doubles($"{name}/{field}"), Layers.Shape($"{name}/{field}"));
}
