using E3Gen.Generator.Flow.Torch;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace E3Gen.Flow.Tests.Torch;

/// <summary>
/// The table knows every overload of TorchSharp and nothing else: after an update of TorchSharp the failures are the lines to write and to delete.
/// That none has two lines is seen to when the table is read.
/// </summary>
public sealed class ClosedTableTests
{
    private static readonly string[] Overloads = [.. TorchOverloads.All().Select(OverloadName.Of)];

    [Fact]
    public void EveryOverloadHasALine() => AssertNone(Overloads.Except(OperationTable.Overloads), "overloads have no line in Operations.txt");

    [Fact]
    public void EveryLineHasAnOverload() => AssertNone(OperationTable.Overloads.Except(Overloads), "lines of Operations.txt have no overload");

    [Fact]
    public void NamesAreUnique() => AssertNone(Overloads.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key), "names stand for more than one overload");

    [Fact]
    public void OthersHaveNoRule() => Assert.Null(OperationTable.RuleOf("Tensor.sum()"));

    /// <summary>A call names the overload as declared: generic methods and classes, extension methods and inherited members, too.</summary>
    [Theory]
    [InlineData("x.sum(1)", "sum", "Tensor.sum(long dim, bool keepdim, ScalarType? type)")]
    [InlineData("torch.cat(new List<Tensor> { x, x })", "cat", "torch.cat(IList<Tensor> tensors, long dim)")]
    [InlineData("nn.functional.silu(x)", "neither", "nn.functional.silu(Tensor x, bool inplace)")]
    [InlineData("x[..2]", "index", "Tensor.get this[params TensorIndex[] indices]")]
    [InlineData("x + 1", "add", "Tensor.operator +(Tensor left, int right)")]
    [InlineData("-x", "negate", "Tensor.operator -(Tensor tensor)")]
    [InlineData("(float)x", "number", "Tensor.explicit operator float(Tensor value)")]
    [InlineData("x.item<float>()", "number", "Tensor.item<T>()")]
    [InlineData("x.ToSingle()", "number", "TensorExtensionMethods.ToSingle(Tensor value)")]
    [InlineData("1.5f.ToTensor()", "tensor", "TensorExtensionMethods.ToTensor<T>(T scalar, Device device, bool requires_grad)")]
    [InlineData("x.shape", "info", "Tensor.get shape")]
    [InlineData("linear.call(x)", "call", "nn.Module<T, TResult>.call(T input)")]
    [InlineData("linear.forward(x)", "call", "Modules.Linear.forward(Tensor tensor)")]
    [InlineData("torch.TensorIndex.Slice(1)", "index_value", "TensorIndex.Slice(long? start, long? stop, long? step)")]
    public void CallsAreNamed(string expression, string rule, string overload)
    {
        var tree = CSharpSyntaxTree.ParseText($$"""
            using System.Collections.Generic;
            using TorchSharp;
            using static TorchSharp.torch;

            class Sample
            {
                object? Value(Tensor x, TorchSharp.Modules.Linear linear) => {{expression}};
            }
            """);
        var model = TorchOverloads.Compilation.AddSyntaxTrees(tree).GetSemanticModel(tree);
        var symbol = model.GetSymbolInfo(tree.GetRoot().DescendantNodes().OfType<ArrowExpressionClauseSyntax>().Single().Expression).Symbol;
        var method = symbol as IMethodSymbol ?? Assert.IsAssignableFrom<IPropertySymbol>(symbol).GetMethod!;
        Assert.Equal(overload, OverloadName.Of(method));
        Assert.Equal(rule, OperationTable.RuleOf(overload));
    }

    private static void AssertNone(IEnumerable<string> names, string complaint)
    {
        string[] all = [.. names];
        Assert.True(all.Length == 0, $"{all.Length} {complaint}:{Environment.NewLine}{string.Join(Environment.NewLine, all)}");
    }
}
