using System.Reflection;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Support;

/// <summary>An operation of a module by its method's name, so that one test can serve many declarations.</summary>
public sealed class Operation
{
    private readonly MethodInfo method;

    public Operation(nn.Module module, string name)
    {
        Module = module;
        method = Find(module.GetType(), name) ?? throw new ArgumentException($"{module.GetType().Name} has no operation {name}.");
    }

    public nn.Module Module { get; }

    public string Name => method.Name;

    /// <summary>Whether the weights are an argument.</summary>
    public bool TakesWeights => method.GetParameters().Any(p => p.Name == "weights");

    public Parameter? Weight => Parameter("weight");

    public Parameter? Bias => Parameter("bias");

    public static MethodInfo? Find(Type module, string name) => module.GetMethod(name, BindingFlags.Instance | BindingFlags.Public);

    public Tensor Call(params object?[] arguments) => (Tensor)method.Invoke(Module, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;

    /// <summary>Gives a parameter these values.</summary>
    public static void Set(Parameter parameter, Tensor values)
    {
        using var noGrad = no_grad();
        Assert.Equal(parameter.shape, values.shape);
        parameter.copy_(values);
    }

    private Parameter? Parameter(string kind) => Module.named_parameters().FirstOrDefault(p => p.name == $"{Name}.{kind}").parameter;
}
