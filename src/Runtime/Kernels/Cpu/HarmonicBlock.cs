using System.Numerics;
using System.Runtime.CompilerServices;
using static E3Gen.Kernels.VectorMath;

namespace E3Gen.Kernels.Cpu;

/// <summary>
/// The harmonics of a block of points and their derivatives. Each degree is one step from the one below, <c>Y_l[k] = s_l Σ C[i,j,k] Y_(l−1)[i] r[j]</c>, and so are its derivatives:
/// <c>∂Y_l[k]/∂r[j] = l s_l Σ C[i,j,k] Y_(l−1)[i]</c>. For the gradient of a solid harmonic is made of those of the degree below, in the only way that rotates with them, and
/// <c>r·∂Y_l/∂r = l Y_l</c> gives the constant.
/// </summary>
internal readonly unsafe struct HarmonicBlock<T>
    where T : unmanaged, INumber<T>
{
    private readonly HarmonicProgram<T> _program;
    private readonly T* _r;
    private readonly T* _rDirection;
    private readonly T* _rGradient;
    private readonly T* _rGradientDirection;
    private readonly T* _vector;
    private readonly T* _ones;
    private readonly T* _y;
    private readonly T* _yDirection;
    private readonly T* _gradient;
    private readonly T* _extra;
    private readonly T* _matrix;

    /// <summary>Uses this thread's scratch memory.</summary>
    public HarmonicBlock(HarmonicProgram<T> program)
    {
        _program = program;
        int lanes = Vector<T>.Count, components = program.Components * lanes;
        _r = Workspace.Get<T>((16 * lanes) + (4 * components) + (program.MostEntries * lanes));
        _rDirection = _r + (3 * lanes);
        _rGradient = _rDirection + (3 * lanes);
        _rGradientDirection = _rGradient + (3 * lanes);
        _vector = _rGradientDirection + (3 * lanes);
        _ones = _vector + (3 * lanes);
        _y = _ones + lanes;
        _yDirection = _y + components;
        _gradient = _yDirection + components;
        _extra = _gradient + components;
        _matrix = _extra + components;
        Vector<T>.One.Store(_ones);
    }

    /// <summary>The harmonics of points.</summary>
    public void Forward(in Rows v, in Rows y)
    {
        Read(v);
        Climb(_program.Steps.Length);
        Store(_y, y);
    }

    /// <summary>The cotangent of v from that of the harmonics.</summary>
    public void Backward(in Rows v, in Rows g, in Rows gv)
    {
        var inverse = Read(v);
        Climb(_program.Steps.Length - 1);
        LoadGradient(g);
        Contract(_y, _rGradient);
        AddFirst(_rGradient);
        var (x, y, z) = Get(_rGradient);
        if (_program.Normalize)
        {
            // What moves v along itself does not move its direction.
            var (rx, ry, rz) = Get(_r);
            var along = Dot(_r, _rGradient);
            (x, y, z) = (inverse * (x - (rx * along)), inverse * (y - (ry * along)), inverse * (z - (rz * along)));
        }

        Set(_vector, x, y, z);
        Transposition<T>.ToRows(_vector, 3, gv.First, gv.Stride, gv.Count);
    }

    /// <summary>The derivatives of <see cref="Forward"/> (to dy) and <see cref="Backward"/> (to dv) in the direction a; those whose rows are null are not wanted.</summary>
    public void Direction(in Rows v, in Rows g, in Rows a, in Rows dv, in Rows dy)
    {
        var inverse = Read(v);
        Climb(_program.Steps.Length - 1);
        var along = ReadDirection(a, inverse);
        ClimbAlong(_program.Steps.Length - (dy.First == null ? 1 : 0));
        if (dy.First != null)
        {
            Store(_yDirection, dy);
        }

        if (dv.First == null)
        {
            return;
        }

        LoadGradient(g);
        Contract(_yDirection, _rGradientDirection);
        var (x, y, z) = Get(_rGradientDirection);
        if (_program.Normalize)
        {
            Contract(_y, _rGradient);
            AddFirst(_rGradient);
            var (rx, ry, rz) = Get(_r);
            var (ax, ay, az) = Get(_rDirection);
            var (gx, gy, gz) = Get(_rGradient);
            Vector<T> part = Dot(_r, _rGradient), change = Dot(_rDirection, _rGradient) + Dot(_r, _rGradientDirection), shrink = along * inverse;
            x = inverse * (x - (ax * part) - (rx * change) - (shrink * (gx - (rx * part))));
            y = inverse * (y - (ay * part) - (ry * change) - (shrink * (gy - (ry * part))));
            z = inverse * (z - (az * part) - (rz * change) - (shrink * (gz - (rz * part))));
        }

        Set(_vector, x, y, z);
        Transposition<T>.ToRows(_vector, 3, dv.First, dv.Stride, dv.Count);
    }

    /// <summary>Reads points and returns 1/|v|, which is 0 for vectors too short to have a direction.</summary>
    private Vector<T> Read(in Rows v)
    {
        Transposition<T>.ToLanes(v.First, v.Stride, v.Count, 3, _r);
        if (!_program.Normalize)
        {
            return Vector<T>.One;
        }

        var (x, y, z) = Get(_r);
        var square = (x * x) + (y * y) + (z * z);
        var isShort = Vector.LessThan(square, new Vector<T>(T.CreateChecked(Harmonics.Shortest * Harmonics.Shortest)));
        var inverse = Vector.ConditionalSelect(isShort, Vector<T>.Zero, Vector<T>.One / Vector.SquareRoot(square));
        Set(_r, inverse * x, inverse * y, inverse * z);
        return inverse;
    }

    /// <summary>Turns a direction of v into one of r and returns its part along r.</summary>
    private Vector<T> ReadDirection(in Rows a, Vector<T> inverse)
    {
        Transposition<T>.ToLanes(a.First, a.Stride, a.Count, 3, _rDirection);
        if (!_program.Normalize)
        {
            return default;
        }

        var along = Dot(_r, _rDirection);
        var (x, y, z) = Get(_rDirection);
        var (rx, ry, rz) = Get(_r);
        Set(_rDirection, inverse * (x - (rx * along)), inverse * (y - (ry * along)), inverse * (z - (rz * along)));
        return along;
    }

    /// <summary>The harmonics after so many steps.</summary>
    private void Climb(int steps)
    {
        Put(ref *_y, 0, new Vector<T>(_program.Zeroth));
        Scale(_r, _program.First, _y + Vector<T>.Count);
        for (int s = 0; s < steps; s++)
        {
            ref readonly var step = ref _program.Steps[s];
            Take(step, _r, step.Scale, _y);
        }
    }

    /// <summary>The derivatives of the harmonics in the direction of r.</summary>
    private void ClimbAlong(int steps)
    {
        Clear(_yDirection, 1);
        Scale(_rDirection, _program.First, _yDirection + Vector<T>.Count);
        for (int s = 0; s < steps; s++)
        {
            ref readonly var step = ref _program.Steps[s];
            Take(step, _rDirection, step.Slope, _yDirection);
        }
    }

    /// <summary>scale C·(Y_(l−1), r).</summary>
    private void Take(in HarmonicProgram<T>.Step step, T* r, T scale, T* results)
    {
        int lanes = Vector<T>.Count;
        T* upper = results + (step.Upper * lanes);
        Clear(upper, step.Count);
        step.Kernel.Matrix(ref *r, ref *_matrix, scale);
        step.Kernel.Forward(ref *(_y + (step.Lower * lanes)), ref *_matrix, ref *_ones, ref *upper, lanes, 0, lanes);
    }

    /// <summary>The cotangent of r, but for that of Y_1, from the harmonics; from their derivatives along a direction its derivative.</summary>
    private void Contract(T* y, T* result)
    {
        int lanes = Vector<T>.Count;
        Clear(result, 3);
        foreach (ref readonly var step in _program.Steps.AsSpan())
        {
            if (step.IsPresent)
            {
                step.Kernel.Outer(ref *(y + (step.Lower * lanes)), ref *_ones, ref *(_gradient + (step.Upper * lanes)), ref *result, step.Slope, lanes, 0, lanes);
            }
        }
    }

    /// <summary>What comes from Y_1, which is r times a constant.</summary>
    private void AddFirst(T* result)
    {
        for (int j = 0; _program.HasFirst && j < 3; j++)
        {
            Accumulate(ref *result, j, _program.First * At(ref *_gradient, 1 + j));
        }
    }

    private void Store(T* components, in Rows target)
    {
        foreach (ref readonly var run in _program.Runs.AsSpan())
        {
            Transposition<T>.ToRows(components + (run.Component * Vector<T>.Count), run.Count, target.First + run.Column, target.Stride, target.Count);
        }
    }

    /// <summary>Reads cotangents; those of copies add up.</summary>
    private void LoadGradient(in Rows source)
    {
        foreach (ref readonly var run in _program.Runs.AsSpan())
        {
            T* target = _gradient + (run.Component * Vector<T>.Count), lanes = run.IsRepeated ? _extra : target;
            Transposition<T>.ToLanes(source.First + run.Column, source.Stride, source.Count, run.Count, lanes);
            for (int i = 0; run.IsRepeated && i < run.Count; i++)
            {
                Accumulate(ref *target, i, At(ref *lanes, i));
            }
        }
    }

    private static void Clear(T* lanes, int vectors)
    {
        for (int i = 0; i < vectors; i++)
        {
            Put(ref *lanes, i, Vector<T>.Zero);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<T> X, Vector<T> Y, Vector<T> Z) Get(T* vector) => (At(ref *vector, 0), At(ref *vector, 1), At(ref *vector, 2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Set(T* vector, Vector<T> x, Vector<T> y, Vector<T> z)
    {
        Put(ref *vector, 0, x);
        Put(ref *vector, 1, y);
        Put(ref *vector, 2, z);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Dot(T* a, T* b) => (At(ref *a, 0) * At(ref *b, 0)) + (At(ref *a, 1) * At(ref *b, 1)) + (At(ref *a, 2) * At(ref *b, 2));

    private static void Scale(T* vector, T factor, T* target) => Set(target, factor * At(ref *vector, 0), factor * At(ref *vector, 1), factor * At(ref *vector, 2));

    /// <summary>Rows of a block in memory.</summary>
    /// <param name="Address">The first row; null for rows that are not wanted.</param>
    /// <param name="Stride">Numbers from row to row.</param>
    /// <param name="Count">Rows.</param>
    internal readonly record struct Rows(nint Address, long Stride, int Count)
    {
        public T* First => (T*)Address;
    }
}
