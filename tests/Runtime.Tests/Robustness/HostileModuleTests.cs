using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Robustness;

/// <summary>The same for the operations of declared modules and networks, all that these tests have: right arguments with one of them replaced.</summary>
public sealed partial class HostileModuleTests : IDisposable
{
    private const int Nodes = 4;

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Graph graph = Graph.FromEdges(tensor(new long[] { 0, 1, 2 }), tensor(new long[] { 1, 0, 1 }), Nodes);

    private static readonly (string Name, Func<Tensor, Tensor?> Change)[] Changes =
    [
        ("null", _ => null), ("disposed", Disposed), ("float64", x => x.to(ScalarType.Float64)), ("float16", x => x.to(ScalarType.Float16)), ("bfloat16", x => x.to(ScalarType.BFloat16)),
        ("int64", x => x.to(ScalarType.Int64)), ("bool", x => x.to(ScalarType.Bool)), ("complex", x => x.to(ScalarType.ComplexFloat32)), ("sparse", x => x.to_sparse()), ("on no device", x => x.to(META)),
        ("no rows", x => x.narrow(0, 0, 0)), ("one row", x => x.narrow(0, 0, 1)), ("more axes", x => x.unsqueeze(0)), ("one axis", x => x.flatten()), ("no axes", _ => tensor(1f)),
        ("no columns", x => x.narrow(-1, 0, 0)), ("transposed in memory", x => x.t().contiguous().t()), ("expanded", x => x.narrow(0, 0, 1).expand(x.shape)), ("not a number", x => x * double.NaN),
        ("a leaf", x => x.clone().requires_grad_(x.is_floating_point())), ("a conjugate's imaginary part", x => complex(x.to(ScalarType.Float32), x.to(ScalarType.Float32)).conj().imag),
    ];

    public static TheoryData<string> Modules =>
    [
        .. from type in typeof(HostileModuleTests).Assembly.GetTypes()
           where type.IsSubclassOf(typeof(nn.Module)) && !type.IsAbstract && !type.IsGenericType && type.GetConstructor(Type.EmptyTypes) is not null && Methods(type).Any()
           select type.FullName!,
    ];

    public void Dispose()
    {
        graph.Dispose();
        scope.Dispose();
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void Is_refused_or_computed(string name)
    {
        Type type = typeof(HostileModuleTests).Assembly.GetType(name, throwOnError: true)!;
        using var module = (nn.Module)Activator.CreateInstance(type)!;
        foreach (MethodInfo method in Methods(type))
        {
            object?[]? right = RightArguments(module, method);
            for (int i = 0; right is not null && i < right.Length; i++)
            {
                if (right[i] is not Tensor tensor)
                {
                    continue;
                }

                foreach (var (change, make) in Changes)
                {
                    using var one = NewDisposeScope();
                    object?[] arguments = [.. right];
                    if (change is "transposed in memory" && tensor.dim() != 2)
                    {
                        continue;
                    }

                    arguments[i] = make(tensor);
                    if (Call(module, method, arguments) is { } error && error is not (ArgumentException or InvalidOperationException or ExternalException or NotSupportedException))
                    {
                        Assert.Fail($"{name}.{method.Name}, {method.GetParameters()[i].Name} {change}: {error}");
                    }
                }
            }
        }
    }

    private static IEnumerable<MethodInfo> Methods(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(m => !m.IsGenericMethod && !m.IsSpecialName && m.ReturnType == typeof(Tensor) && m.GetParameters().Length > 0 && m.GetParameters().All(p => p.ParameterType == typeof(Tensor) || p.ParameterType == typeof(Graph)));

    /// <summary>Arguments that are taken, found by what the operation says of others; null where they are not found.</summary>
    private object?[]? RightArguments(nn.Module module, MethodInfo method)
    {
        ParameterInfo[] parameters = method.GetParameters();
        var shapes = parameters.ToDictionary(p => p.Name!, _ => new long[] { Nodes, 3 });
        var types = parameters.ToDictionary(p => p.Name!, _ => ScalarType.Float32);
        for (int attempt = 0; attempt < 4 * parameters.Length; attempt++)
        {
            object?[] arguments = [.. parameters.Select(p => p.ParameterType == typeof(Graph) ? (object)graph : rand(shapes[p.Name!]).to(types[p.Name!]))];
            Exception? error = Call(module, method, arguments);
            if (error is null)
            {
                return arguments;
            }

            Match columns = Columns().Match(error.Message), rows = Rows().Match(error.Message), vector = OneAxis().Match(error.Message), species = Whole().Match(error.Message), each = EachRow().Match(error.Message);
            if (columns.Success && shapes.TryGetValue(columns.Groups[1].Value, out long[]? wrong)) wrong[^1] = long.Parse(columns.Groups[2].Value);
            else if (rows.Success) shapes[rows.Groups[1].Value][0] = long.Parse(rows.Groups[2].Value);
            else if (vector.Success) shapes[vector.Groups[1].Value] = shapes[vector.Groups[1].Value][^1..];
            else if (each.Success) shapes[each.Groups[1].Value] = [Nodes];
            else if (species.Success) types[species.Groups[1].Value] = ScalarType.Int64;
            else return null;
        }

        return null;
    }

    /// <summary>What a call throws; null for nothing. Results with derivatives are differentiated, too.</summary>
    private static Exception? Call(nn.Module module, MethodInfo method, object?[] arguments)
    {
        try
        {
            if (method.Invoke(module, arguments) is Tensor { requires_grad: true } result && result.device_type == DeviceType.CPU)
            {
                result.sum().backward();
            }

            return null;
        }
        catch (TargetInvocationException e)
        {
            return e.InnerException;
        }
        catch (InvalidOperationException e)
        {
            return e; // of a result that is disposed
        }
    }

    private static Tensor Disposed(Tensor tensor)
    {
        Tensor copy = tensor.clone();
        copy.Dispose();
        return copy;
    }

    [GeneratedRegex(@"argument '(\w+)': the last axis must have (\d+)")]
    private static partial Regex Columns();

    [GeneratedRegex(@"argument '(\w+)': must have two axes and one row for each of the graph's (\d+)")]
    private static partial Regex Rows();

    [GeneratedRegex(@"argument '(\w+)': must have one axis")]
    private static partial Regex OneAxis();

    [GeneratedRegex(@"argument '(\w+)': must have one number for each row")]
    private static partial Regex EachRow();

    [GeneratedRegex(@"argument '(\w+)': must hold whole numbers")]
    private static partial Regex Whole();
}
