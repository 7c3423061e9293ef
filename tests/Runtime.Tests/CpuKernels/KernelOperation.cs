using System.Reflection;
using E3Gen.Kernels;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>An operation that CPU kernels take, with what its paths say about its arguments.</summary>
internal sealed class KernelOperation : IDisposable
{
    /// <summary>The tables of paths of all operations declared in this project.</summary>
    private static readonly Dictionary<string, ChannelwiseProgram> Tables = typeof(KernelOperation).Assembly.GetTypes()
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(field => field.FieldType == typeof(ChannelwiseProgram))
        .Select(field => (ChannelwiseProgram)field.GetValue(null)!)
        .ToDictionary(paths => paths.Name);

    private readonly Operation operation;
    private readonly ChannelwiseProgram paths;
    private readonly ScalarType type;
    private readonly bool sharesWeights;

    /// <param name="name">"Module.Operation" of this folder.</param>
    /// <param name="type">Of the arguments and parameters.</param>
    public KernelOperation(string name, ScalarType type)
    {
        string[] parts = name.Split('.');
        Type module = typeof(KernelOperation).Assembly.GetTypes().Single(t => t.Namespace == typeof(KernelOperation).Namespace && t.Name == parts[0]);
        (paths, this.type) = (Tables[name], type);
        operation = new Operation(((nn.Module)Activator.CreateInstance(module)!).to(type), parts[1]);
        MethodInfo method = Operation.Find(module, parts[1])!;
        TakesGraph = method.GetParameters().Any(p => p.ParameterType == typeof(Graph));
        sharesWeights = method.GetCustomAttribute<TensorProductAttribute>()?.Weights == WeightKind.Shared;
    }

    public bool TakesGraph { get; }

    /// <summary>The module's weights, where it has its own.</summary>
    public Tensor[] Parameters => operation.Weight is { } weight ? [weight] : [];

    /// <summary>The operations of modules of this folder, as <c>Module.Operation</c>.</summary>
    public static IEnumerable<string> Of(params Type[] modules) =>
        modules.SelectMany(m => m.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.GetCustomAttributes<OperationAttribute>().Any())
            .Select(method => $"{m.Name}.{method.Name}"));

    /// <summary>Normally distributed arguments.</summary>
    public Tensor[] Random(Generator random, long rows, Graph? graph = null)
    {
        Tensor Draw(params long[] shape) => randn(shape, ScalarType.Float64, generator: random).to(type);
        long count = graph?.EdgeCount ?? rows;
        Tensor x = Draw(graph?.NodeCount ?? rows, paths.X.Sum(s => s.Copies * (2 * s.L + 1))), y = Draw(count, paths.Columns);
        return !operation.TakesWeights ? [x, y] : sharesWeights ? [x, y, Draw(paths.WeightCount)] : [x, y, Draw(count, paths.WeightCount)];
    }

    public Tensor Apply(Tensor[] arguments, Graph? graph = null) => graph is null ? operation.Call([.. arguments]) : operation.Call([.. arguments, graph]);

    public void Dispose() => operation.Module.Dispose();
}
