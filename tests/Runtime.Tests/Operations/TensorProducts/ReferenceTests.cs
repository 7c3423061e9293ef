using System.Globalization;
using System.Text.Json;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Operations.TensorProducts;

/// <summary>Every tensor product of the reference data: values and gradients of both inputs and the weights.</summary>
public class ReferenceTests
{
    // The case "<prefix><name>" is the module's method <Name>.
    private static readonly (string Prefix, Type Module)[] Modules =
    [
        ("tp.uvw.", typeof(UvwProducts)),
        ("tp.uvu.", typeof(UvuProducts)),
        ("tp.uvv.", typeof(UvvProducts)),
        ("tp.uuw.", typeof(UuwProducts)),
        ("tp.uuu.", typeof(UuuProducts)),
        ("tp.uvuv.", typeof(UvuvProducts)),
        ("tp.uvu_lt_v.", typeof(TriangularProducts)),
        ("tp.u_lt_vw.", typeof(MixedTriangularProducts)),
        ("square.", typeof(SquareProducts)),
        ("tp.mixed_modes.", typeof(MixedProducts)),
        ("tp.variances.", typeof(VarianceProducts)),
        ("tp.", typeof(MissingPathsProducts)),
        ("tp.", typeof(BroadcastProducts)),
        ("tp.", typeof(OtherProducts)),
        ("fctp.", typeof(FullyConnectedProducts)),
        ("", typeof(DerivedProducts)),
    ];

    // Other declarations of the same products.
    private static readonly (string Case, Type Module, string Method)[] Variants =
    [
        ("tp.uvw.shared.component.element", typeof(UvwProducts), nameof(UvwProducts.InternalComponentElement)),
        ("tp.uvu.shared.component.element", typeof(UvuProducts), nameof(UvuProducts.InternalComponentElement)),
        ("tp.uvv.shared.component.element", typeof(UvvProducts), nameof(UvvProducts.InternalComponentElement)),
        ("tp.uuw.shared.component.element", typeof(UuwProducts), nameof(UuwProducts.InternalComponentElement)),
        ("tp.uuu.shared.component.element", typeof(UuuProducts), nameof(UuuProducts.InternalComponentElement)),
        ("tp.uvuv.shared.component.element", typeof(UvuvProducts), nameof(UvuvProducts.InternalComponentElement)),
        ("tp.mixed_modes.shared", typeof(MixedProducts), nameof(MixedProducts.Internal)),
        ("tp.normalization_none", typeof(BroadcastProducts), nameof(BroadcastProducts.InternalNormalizationNone)),
        ("fctp.shared.norm.path", typeof(FullyConnectedProducts), nameof(FullyConnectedProducts.InternalNormPath)),
        ("fctp.shared.component.element", typeof(FullyConnectedProducts), nameof(FullyConnectedProducts.SharedPickedByIrreps)),
        ("full.component", typeof(UnweightedProducts), nameof(UnweightedProducts.FullComponent)),
        ("full.norm", typeof(UnweightedProducts), nameof(UnweightedProducts.FullNorm)),
        ("elementwise.component", typeof(UnweightedProducts), nameof(UnweightedProducts.ElementwiseComponent)),
        ("elementwise.norm", typeof(UnweightedProducts), nameof(UnweightedProducts.ElementwiseNorm)),
        ("square.weighted.component", typeof(SquareProducts), nameof(SquareProducts.InternalComponent)),
    ];

    private static SafetensorsFile Data => Reference.File("tensor_products");

    private static IEnumerable<string> Cases => JsonSerializer.Deserialize<string[]>(Data.Metadata["cases"])!;

    public static IEnumerable<object[]> Products =>
        from product in Cases.Select(Declared).OfType<(string Case, Type Module, string Method)>().Concat(Variants)
        from type in new[] { ScalarType.Float64, ScalarType.Float32 }
        select new object[] { product.Case, product.Module, product.Method, type };

    [Theory]
    [MemberData(nameof(Products))]
    public void ValuesAndGradientsAreE3nns(string @case, Type module, string method, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var owner = (nn.Module)Activator.CreateInstance(module)!;
        var operation = new Operation(owner.to(type), method);
        Tensor Input(string field) => Data.Get(@case, field).to(type).requires_grad_(true);
        Tensor[] inputs = @case.StartsWith("square.") ? [Input("x1")] : [Input("x1"), Input("x2")];
        Tensor? weight = Data.Names.Contains($"{@case}/weight") ? Input("weight") : null;
        if (weight is not null && !operation.TakesWeights)
        {
            Operation.Set(operation.Weight!, weight);
            weight = operation.Weight;
        }

        Tensor result = operation.Call([.. inputs, .. operation.TakesWeights ? [weight!] : Array.Empty<Tensor>()]);
        (result * Data.Get(@case, "cotangent").to(type)).sum().backward();

        (double values, double gradients) = type == ScalarType.Float64 ? (1e-10, 1e-8) : (1e-5, 1e-5);
        Near.Equal(Data.Get(@case, "out"), result, values);
        foreach (var (input, i) in inputs.Select((input, i) => (input, i)))
        {
            Near.Equal(Data.Get(@case, $"grad_x{i + 1}"), input.grad!, gradients, $"gradient of input {i + 1}");
        }

        if (weight is not null) Near.Equal(Data.Get(@case, "grad_weight"), weight.grad!, gradients, "gradient of the weights");
    }

    public static TheoryData<string> Rights => [.. Cases.Where(c => c.StartsWith("tp.right."))];

    /// <summary>e3nn's <c>right</c>: the product with all unit vectors, whose rows broadcast over those of the second argument.</summary>
    [Theory]
    [MemberData(nameof(Rights))]
    public void TheMatrixForASecondArgumentIsE3nns(string @case)
    {
        using var scope = NewDisposeScope();
        using var owner = new OtherProducts();
        var operation = new Operation(owner.to(ScalarType.Float64), Declared(@case)!.Value.Method);
        Tensor y = Data.Get(@case, "x2"), expected = Data.Get(@case, "right");
        Near.Equal(expected, operation.Call(eye(expected.size(1), dtype: ScalarType.Float64), y.unsqueeze(-2), Data.Get(@case, "weight")), 1e-10);
    }

    [Fact]
    public void EveryCaseIsDeclared() => Assert.All(Cases, c => Assert.True(Declared(c) is not null, $"{c} is not declared"));

    private static (string Case, Type Module, string Method)? Declared(string @case)
    {
        foreach ((string prefix, Type module) in Modules.Where(m => @case.StartsWith(m.Prefix)))
        {
            string method = PascalCase(@case[prefix.Length..]);
            if (Operation.Find(module, method) is not null) return (@case, module, method);
        }

        return null;
    }

    private static string PascalCase(string name) =>
        string.Concat(name.Split('.', '_').Select(word => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(word)));
}
