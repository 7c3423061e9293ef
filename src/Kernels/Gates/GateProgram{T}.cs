using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>A gate, prepared for a number type.</summary>
internal sealed class GateProgram<T>
    where T : unmanaged, INumber<T>
{
    public GateProgram(GateProgram gate)
    {
        Paths = new GateLoops<T>[gate.Paths.Count];
        for (int p = 0; p < Paths.Length; p++)
        {
            Paths[p] = Loops(gate.Paths[p], gate);
            (Lanes, ResultLanes) = (Math.Max(Lanes, Paths[p].Lanes), Math.Max(ResultLanes, Paths[p].ResultLanes));
            Vectors += (Paths[p].Lanes + Paths[p].ResultLanes) / Vector<T>.Count;
        }
    }

    public GateLoops<T>[] Paths { get; }

    /// <summary>Numbers of the argument that the longest path works on.</summary>
    public int Lanes { get; }

    /// <summary>The same of the result.</summary>
    public int ResultLanes { get; }

    /// <summary>Vectors of a row's argument and result.</summary>
    public int Vectors { get; }

    private static GateLoops<T> Loops(GatePath path, GateProgram gate)
    {
        int stride = (path.Copies + Vector<T>.Count - 1) / Vector<T>.Count * Vector<T>.Count, components = (2 * path.L) + 1;
        LaneLayout<T>.Segment Place(int column, int lane, int pitch) =>
            new(column, lane, path.Copies, components, stride, pitch, components == 1 || path.Copies == 1 || gate.Layout == Layout.IrMul);
        var scalars = new LaneLayout<T>.Segment(path.Column, 0, path.Copies, 1, stride, path.Copies, true);
        LaneLayout<T>.Segment? segment = path.Segment < 0 ? null : Place(path.Segment, stride, path.Pitch == 0 ? path.Copies : path.Pitch);
        var result = Place(path.Result, 0, path.Copies);
        var scale = T.CreateTruncating(gate.Scale(path));
        return path.Function switch
        {
            ActivationFunction.Silu => new GateLoops<T, Silu<T>>(scale, scalars, segment, result),
            ActivationFunction.Tanh => new GateLoops<T, Tanh<T>>(scale, scalars, segment, result),
            ActivationFunction.Sigmoid => new GateLoops<T, Sigmoid<T>>(scale, scalars, segment, result),
            ActivationFunction.Relu => new GateLoops<T, Relu<T>>(scale, scalars, segment, result),
            ActivationFunction.Abs => new GateLoops<T, Abs<T>>(scale, scalars, segment, result),
            ActivationFunction.Gelu => new GateLoops<T, Gelu<T>>(scale, scalars, segment, result),
            ActivationFunction.GeluTanh => new GateLoops<T, GeluTanh<T>>(scale, scalars, segment, result),
            ActivationFunction.Selu => new GateLoops<T, Selu<T>>(scale, scalars, segment, result),
            ActivationFunction.LeakyRelu => new GateLoops<T, LeakyRelu<T>>(scale, scalars, segment, result),
            ActivationFunction.Softplus => new GateLoops<T, Softplus<T>>(scale, scalars, segment, result),
            ActivationFunction.Softsign => new GateLoops<T, Softsign<T>>(scale, scalars, segment, result),
            ActivationFunction.Mish => new GateLoops<T, Mish<T>>(scale, scalars, segment, result),
            ActivationFunction.Hardtanh => new GateLoops<T, Hardtanh<T>>(scale, scalars, segment, result),
            ActivationFunction.Hardswish => new GateLoops<T, Hardswish<T>>(scale, scalars, segment, result),
            ActivationFunction.Hardsigmoid => new GateLoops<T, Hardsigmoid<T>>(scale, scalars, segment, result),
            ActivationFunction.LogSigmoid => new GateLoops<T, LogSigmoid<T>>(scale, scalars, segment, result),
            ActivationFunction.Relu6 => new GateLoops<T, Relu6<T>>(scale, scalars, segment, result),
            ActivationFunction.Sin => new GateLoops<T, Sin<T>>(scale, scalars, segment, result),
            ActivationFunction.Cos => new GateLoops<T, Cos<T>>(scale, scalars, segment, result),
            ActivationFunction.Square => new GateLoops<T, Square<T>>(scale, scalars, segment, result),
            ActivationFunction.Erf => new GateLoops<T, Erf<T>>(scale, scalars, segment, result),
            ActivationFunction.ShiftedSoftplus => new GateLoops<T, ShiftedSoftplus<T>>(scale, scalars, segment, result),
            ActivationFunction.Elu or ActivationFunction.Celu => new GateLoops<T, Elu<T>>(scale, scalars, segment, result),
            _ => new GateLoops<T, Identity<T>>(scale, scalars, segment, result),
        };
    }
}
