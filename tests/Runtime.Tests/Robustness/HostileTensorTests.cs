using System.ComponentModel;
using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Robustness;

/// <summary>
/// No public function ends the process, whatever tensors it is given: wrong number types, mixed ones, shapes, devices, disposed tensors, null. Several of libtorch's operations abort instead of
/// throwing, so that a function which passes such tensors on ends this test run.
/// </summary>
public sealed class HostileTensorTests : IDisposable
{
    private const int Tries = 60;

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Random random = new(3);
    private readonly Graph graph = Graph.FromEdges(tensor(new long[] { 0, 1, 2 }), tensor(new long[] { 1, 0, 1 }), 4);

    private static readonly Func<Tensor?>[] Unusual =
    [
        () => null,
        () => Disposed(),
        () => zeros(4, 3, device: META),
        () => zeros(4, 3, complex64),
        () => zeros(4, 3, @bool),
        () => zeros(4, 3, int64),
        () => zeros(4, 3, ScalarType.Byte),
        () => zeros(0, 3),
        () => zeros(4, 0),
        () => zeros(4, 3).to_sparse(),
        () => tensor(1.0),
        () => tensor(1L),
        () => full([4, 3], double.NaN),
        () => rand(4, 3).requires_grad_(true),
        () => rand(3, 4).t(),
        () => rand(1, 3).expand(4, 3),
    ];

    private static readonly long[][] Shapes = [[4, 3], [3, 3], [4], [3], [4, 4], [4, 3, 3], [4, 1], [2, 4, 3], [12], [4, 13], [3, 4]];

    private static readonly ScalarType[] Types = [ScalarType.Float32, ScalarType.Float64, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64, ScalarType.Int32];

    /// <summary>Makes objects whose methods take tensors, of sizes that some of <see cref="Shapes"/> fit.</summary>
    private static readonly Dictionary<Type, Func<object>> Objects = new()
    {
        [typeof(RadialModule)] = () => new BesselBasis(2, 3),
        [typeof(FullyConnectedNetwork)] = () => new FullyConnectedNetwork([3, 4], ActivationFunction.Silu),
        [typeof(ToS2Grid)] = () => new ToS2Grid(1),
        [typeof(FromS2Grid)] = () => new FromS2Grid(1),
        [typeof(S2Activation)] = () => new S2Activation("0e + 1o", ActivationFunction.Tanh, 4),
        [typeof(SO3Grid)] = () => new SO3Grid(0, 1),
        [typeof(SO3Activation)] = () => new SO3Activation(0, 1, ActivationFunction.Tanh, 2),
        [typeof(SphericalTensor)] = () => new SphericalTensor(0),
    };

    public static TheoryData<string> Functions =>
    [
        .. from type in typeof(Graph).Assembly.GetExportedTypes()
           where type.GetCustomAttribute<EditorBrowsableAttribute>() is null
           from method in Methods(type)
           select $"{type.FullName} {method}",
    ];

    public void Dispose()
    {
        graph.Dispose();
        scope.Dispose();
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Is_refused_or_computed(string function)
    {
        string[] parts = function.Split(' ', 2);
        Type type = typeof(Graph).Assembly.GetType(parts[0], throwOnError: true)!;
        MethodInfo method = Methods(type).Single(m => m.ToString() == parts[1]);
        object? target = method.IsStatic ? null : type == typeof(Graph) ? graph : Objects.GetValueOrDefault(type)?.Invoke();
        using var owned = target as nn.Module;
        Assert.True(method.IsStatic || target is not null, $"The test needs a {type.Name} to call {method.Name} of.");
        for (int i = 0; i < Tries; i++)
        {
            using var one = NewDisposeScope();
            object?[] arguments = [.. method.GetParameters().Select(p => Argument(p.ParameterType))];
            try
            {
                method.Invoke(target, arguments);
            }
            catch (TargetInvocationException e)
            {
                // ExternalException is libtorch's own; its message tells what does not fit.
                if (e.InnerException is not (ArgumentException or FormatException or InvalidOperationException or NotSupportedException or ExternalException))
                {
                    Assert.Fail($"{Text(arguments)}: {e.InnerException}");
                }
            }
        }
    }

    private static IEnumerable<MethodInfo> Methods(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(m => !m.IsGenericMethod && !m.IsSpecialName && m.GetParameters().Any(p => Takes(p.ParameterType)) && (m.IsStatic || type == typeof(Graph) || Objects.ContainsKey(type)));

    private static bool Takes(Type type) => type == typeof(Tensor) || (type.IsGenericType && type.GetGenericArguments().Contains(typeof(Tensor)) && type.IsValueType);

    private object? Argument(Type type)
    {
        if (type == typeof(Tensor)) return AnyTensor();
        if (type.IsGenericType && type.FullName!.StartsWith("System.ValueTuple", StringComparison.Ordinal)) return Activator.CreateInstance(type, [.. type.GetGenericArguments().Select(Argument)]);
        if (Nullable.GetUnderlyingType(type) is not null) return null;
        if (type == typeof(Graph)) return graph;
        if (type == typeof(Irreps)) return Irreps.Parse(random.Next(2) == 0 ? "1o" : "2x0e + 1x0o + 2x1o + 2x2e");
        if (type == typeof(Irrep)) return Irrep.Parse(random.Next(2) == 0 ? "1o" : "2e");
        if (type == typeof(string)) return random.Next(2) == 0 ? "1o" : "x";
        if (type.IsEnum) return Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length));
        return type == typeof(int) ? random.Next(1, 4) : type == typeof(long) ? random.NextInt64(0, 6) : type == typeof(double) ? random.Next(1, 4) : type.IsValueType ? Activator.CreateInstance(type) : null;
    }

    private Tensor? AnyTensor()
    {
        if (random.Next(3) == 0)
        {
            return Unusual[random.Next(Unusual.Length)]();
        }

        ScalarType type = Types[random.Next(3) == 0 ? random.Next(Types.Length) : random.Next(2)];
        Tensor values = rand(Shapes[random.Next(Shapes.Length)]);
        return (values.dim() == 2 && values.shape[0] == 3 && random.Next(2) == 0 ? eye(3) : values).to(type);
    }

    private static Tensor Disposed()
    {
        Tensor tensor = zeros(4, 3);
        tensor.Dispose();
        return tensor;
    }

    private static string Text(object?[] arguments) => string.Join(", ", arguments.Select(a => a is Tensor { IsInvalid: true } ? "disposed" : a is Tensor t ? $"{t.dtype} [{string.Join(", ", t.shape)}]" : a is System.Runtime.CompilerServices.ITuple tuple ? $"({Text([.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])])})" : $"{a}"));
}
