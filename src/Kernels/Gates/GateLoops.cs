using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>A path of a gate on one row: z = f(u) alone, or z[i] = f(u) x[i].</summary>
internal abstract unsafe class GateLoops<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Numbers of the argument, padded to whole vectors.</summary>
    public abstract int Lanes { get; }

    /// <summary>Numbers of the result, padded to whole vectors.</summary>
    public abstract int ResultLanes { get; }

    /// <summary>z.</summary>
    /// <param name="x">A row of the argument.</param>
    /// <param name="z">A row of the result.</param>
    /// <param name="memory">Room for <see cref="Lanes"/> and <see cref="ResultLanes"/>.</param>
    public abstract void Forward(T* x, T* z, T* memory);

    /// <summary>The cotangent of x: g f′ alone; or g[i] f for x[i], and f′ Σ g[i] x[i] for u.</summary>
    /// <param name="x">A row of the argument.</param>
    /// <param name="g">A row of z's cotangent.</param>
    /// <param name="gx">A row of the cotangent of x.</param>
    /// <param name="memory">Room for twice <see cref="Lanes"/> and <see cref="ResultLanes"/>.</param>
    public abstract void Gradient(T* x, T* g, T* gx, T* memory);

    /// <summary>
    /// The derivatives of ⟨a, cotangent of x⟩. By g: a f′ alone; or a[i] f + a f′ x[i]. By x: a g f″ alone; or a f′ g[i] for x[i],
    /// and f′ Σ a[i] g[i] + a f″ Σ g[i] x[i] for u.
    /// </summary>
    /// <param name="x">A row of the argument.</param>
    /// <param name="g">A row of z's cotangent.</param>
    /// <param name="a">A number for each of x.</param>
    /// <param name="byX">A row of the derivative by x; null where it is not wanted.</param>
    /// <param name="byG">A row of the derivative by g; null where it is not wanted.</param>
    /// <param name="memory">Room for three times <see cref="Lanes"/> and twice <see cref="ResultLanes"/>.</param>
    public abstract void Second(T* x, T* g, T* a, T* byX, T* byG, T* memory);
}

/// <summary>The same for a function.</summary>
/// <param name="scale">The constant in front of the function.</param>
/// <param name="scalars">u.</param>
/// <param name="segment">x[i]; null for the function alone.</param>
/// <param name="result">z.</param>
internal sealed unsafe class GateLoops<T, TFunction>(
    T scale, LaneLayout<T>.Segment scalars, LaneLayout<T>.Segment? segment, LaneLayout<T>.Segment result) : GateLoops<T>
    where T : unmanaged, INumber<T>
    where TFunction : struct, IActivation<T>
{
    private const MethodImplOptions Optimize = MethodImplOptions.AggressiveOptimization;
    private static readonly int Step = Vector<T>.Count;
    private readonly LaneLayout<T>.Segment _segment = segment ?? default;
    private readonly bool _gates = segment is not null;

    public override int Lanes => scalars.Stride + (_gates ? result.Components * result.Stride : 0);

    public override int ResultLanes => result.Components * result.Stride;

    [MethodImpl(Optimize)]
    public override void Forward(T* x, T* z, T* memory)
    {
        var u = Operand.Read(scalars, x, memory);
        var xs = _gates ? Operand.Read(_segment, x, memory) : default;
        var zs = Operand.Target(result, z, memory + Lanes);
        for (int lane = 0; lane < scalars.Stride; lane += Step)
        {
            var f = scale * TFunction.Of(u[0, lane]).Value;
            for (int i = 0; i < result.Components; i++)
            {
                zs.Put(i, lane, _gates ? f * xs[i, lane] : f);
            }
        }

        Operand.Write(result, memory + Lanes, z);
    }

    [MethodImpl(Optimize)]
    public override void Gradient(T* x, T* g, T* gx, T* memory)
    {
        T* target = memory + Lanes;
        var u = Operand.Read(scalars, x, memory);
        var gs = Operand.Read(result, g, target + Lanes);
        var byU = Operand.Target(scalars, gx, target);
        if (!_gates)
        {
            for (int lane = 0; lane < scalars.Stride; lane += Step)
            {
                byU.Put(0, lane, scale * TFunction.Of(u[0, lane]).First * gs[0, lane]);
            }

            Operand.Write(scalars, target, gx);
            return;
        }

        Operand xs = Operand.Read(_segment, x, memory), byX = Operand.Target(_segment, gx, target);
        for (int lane = 0; lane < scalars.Stride; lane += Step)
        {
            var (value, first, _) = TFunction.Of(u[0, lane]);
            var (f, sum) = (scale * value, Vector<T>.Zero);
            for (int i = 0; i < result.Components; i++)
            {
                var gi = gs[i, lane];
                sum += gi * xs[i, lane];
                byX.Put(i, lane, f * gi);
            }

            byU.Put(0, lane, scale * first * sum);
        }

        Operand.Write(scalars, target, gx);
        Operand.Write(_segment, target, gx);
    }

    [MethodImpl(Optimize)]
    public override void Second(T* x, T* g, T* a, T* byX, T* byG, T* memory)
    {
        T* direction = memory + Lanes, target = direction + Lanes, arriving = target + Lanes, leaving = arriving + ResultLanes;
        Operand u = Operand.Read(scalars, x, memory), au = Operand.Read(scalars, a, direction), gs = Operand.Read(result, g, arriving);
        Operand uTarget = Operand.Target(scalars, byX, target), gTarget = Operand.Target(result, byG, leaving);
        if (_gates)
        {
            Operand xs = Operand.Read(_segment, x, memory), ax = Operand.Read(_segment, a, direction),
                xTarget = Operand.Target(_segment, byX, target);
            for (int lane = 0; lane < scalars.Stride; lane += Step)
            {
                var (value, first, second) = TFunction.Of(u[0, lane]);
                Vector<T> f = scale * value, slope = scale * first * au[0, lane], sumX = Vector<T>.Zero, sumA = Vector<T>.Zero;
                for (int i = 0; i < result.Components; i++)
                {
                    Vector<T> gi = gs[i, lane], xi = xs[i, lane], ai = ax[i, lane];
                    sumX += gi * xi;
                    sumA += gi * ai;
                    gTarget.Put(i, lane, (f * ai) + (slope * xi));
                    xTarget.Put(i, lane, slope * gi);
                }

                uTarget.Put(0, lane, scale * ((first * sumA) + (au[0, lane] * second * sumX)));
            }
        }
        else
        {
            for (int lane = 0; lane < scalars.Stride; lane += Step)
            {
                var (_, first, second) = TFunction.Of(u[0, lane]);
                var factor = scale * au[0, lane];
                gTarget.Put(0, lane, factor * first);
                uTarget.Put(0, lane, factor * second * gs[0, lane]);
            }
        }

        Operand.Write(scalars, target, byX);
        Operand.Write(result, leaving, byG);
        if (_gates)
        {
            Operand.Write(_segment, target, byX);
        }
    }

    /// <summary>A segment as vectors: in the tensor's row where that holds whole vectors of copies, else in memory of our own.</summary>
    private readonly struct Operand(T* first, nint pitch)
    {
        private readonly T* _first = first;
        private readonly nint _pitch = pitch;

        public Vector<T> this[int component, int lane]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector.Load(_first + (component * _pitch) + lane);
        }

        public static Operand Read(in LaneLayout<T>.Segment segment, T* row, T* memory)
        {
            if (!IsInPlace(segment))
            {
                LaneLayout<T>.Load(segment, row, memory + segment.Lane);
            }

            return Target(segment, row, memory);
        }

        public static Operand Target(in LaneLayout<T>.Segment segment, T* row, T* memory) =>
            row != null && IsInPlace(segment)
                ? new Operand(row + segment.Column, segment.Pitch)
                : new Operand(memory + segment.Lane, segment.Stride);

        public static void Write(in LaneLayout<T>.Segment segment, T* memory, T* row)
        {
            if (row != null && !IsInPlace(segment))
            {
                LaneLayout<T>.Store(segment, memory + segment.Lane, row, nonTemporal: false);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Put(int component, int lane, Vector<T> value) => value.Store(_first + (component * _pitch) + lane);

        private static bool IsInPlace(in LaneLayout<T>.Segment segment) => segment.IsCopiesInnermost && segment.Copies == segment.Stride;
    }
}
