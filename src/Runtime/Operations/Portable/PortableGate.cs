using E3Gen.Kernels;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>A gate out of TorchSharp operations.</summary>
internal static class PortableGate
{
    /// <summary>Activates the scalars, and multiplies the rest by activated gates.</summary>
    /// <param name="program">The gate.</param>
    /// <param name="x">[rows, columns].</param>
    /// <returns>[rows, results].</returns>
    public static Tensor Apply(GateProgram program, Tensor x)
    {
        using var scope = NewDisposeScope();
        var results = program.Paths.OrderBy(p => p.Result).Select(p => Result(program, p, x)).ToArray();
        return (results.Length switch
        {
            0 => Layouts.Zeros(x, 0),
            1 when program.Paths[0].Function == ActivationFunction.Identity => results[0].clone(), // else a view of x, which an operation's result is not
            _ => Layouts.Join(results),
        }).MoveToOuterDisposeScope();
    }

    private static Tensor Result(GateProgram program, GatePath path, Tensor x)
    {
        var u = x.narrow(1, path.Column, path.Copies);
        var f = path.IsScaled ? Activations.Apply(u, path.Function, program.Constants) : Activations.Unscaled(u, path.Function);
        if (path.Segment < 0)
        {
            return f;
        }

        long rows = x.size(0), components = (2 * path.L) + 1, pitch = path.Pitch == 0 ? path.Copies : path.Pitch;
        if (program.Layout == Layout.MulIr)
        {
            return x.narrow(1, path.Segment, path.Copies * components).reshape(rows, path.Copies, components).mul(f.unsqueeze(2)).flatten(1);
        }

        // Component after component, of which these copies are a part: one axis for either, then the part.
        var segment = components == 1 ? x.narrow(1, path.Segment, path.Copies).unsqueeze(1)
            : stack([.. Enumerable.Range(0, (int)components).Select(i => x.narrow(1, path.Segment + (i * pitch), path.Copies))], 1);
        return segment.mul(f.unsqueeze(1)).flatten(1);
    }
}
