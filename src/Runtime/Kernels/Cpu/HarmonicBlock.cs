using System.Numerics;
using System.Runtime.CompilerServices;
using static E3Gen.Kernels.VectorMath;

namespace E3Gen.Kernels.Cpu;

/// <summary>
/// The harmonics of a block of points and their derivatives. Up the degrees go the harmonics, <c>Y_l = s_l C·(Y_(l−1), r)</c>, and down come the cotangents: that of Y_(l−1) from that
/// of Y_l, and r's from every step. A direction (ȧ for the derivative of a) goes the same ways by the product rule.
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
    private readonly T* _unused;
    private readonly T* _y;
    private readonly T* _yDirection;
    private readonly T* _gradient;
    private readonly T* _gradientDirection;
    private readonly T* _extra;
    private readonly T* _matrix;
    private readonly T* _matrixDirection;

    /// <summary>Uses this thread's scratch memory.</summary>
    public HarmonicBlock(HarmonicProgram<T> program)
    {
        _program = program;
        int lanes = Vector<T>.Count, components = program.Components * lanes, entries = program.MatrixEntries * lanes;
        T* memory = Workspace.Get<T>((17 * lanes) + (5 * components) + (2 * entries));
        _r = memory;
        _rDirection = _r + (3 * lanes);
        _rGradient = _rDirection + (3 * lanes);
        _rGradientDirection = _rGradient + (3 * lanes);
        _vector = _rGradientDirection + (3 * lanes);
        _ones = _vector + (3 * lanes);
        _unused = _ones + lanes;
        _y = _unused + lanes;
        _yDirection = _y + components;
        _gradient = _yDirection + components;
        _gradientDirection = _gradient + components;
        _extra = _gradientDirection + components;
        _matrix = _extra + components;
        _matrixDirection = _matrix + entries;
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
        Climb(_program.Steps.Length - 1); // the last harmonics are not needed, but their matrix is
        LoadGradient(g);
        Descend();
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
        ClimbDirection(_program.Steps.Length - (dy.First == null ? 1 : 0));
        if (dy.First != null)
        {
            Store(_yDirection, dy);
        }

        if (dv.First == null)
        {
            return;
        }

        LoadGradient(g);
        Descend();
        DescendDirection();
        var (x, y, z) = Get(_rGradientDirection);
        if (_program.Normalize)
        {
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

    /// <summary>The matrices of all steps, and the harmonics of so many.</summary>
    private void Climb(int steps)
    {
        int lanes = Vector<T>.Count;
        Put(ref *_y, 0, new Vector<T>(_program.Zeroth));
        Scale(_r, _program.First, _y + lanes);
        for (int s = 0; s < _program.Steps.Length; s++)
        {
            ref readonly var step = ref _program.Steps[s];
            T* matrix = _matrix + (step.Entry * lanes);
            step.Kernel.Matrix(ref *_r, ref *matrix, step.Scale);
            if (s < steps)
            {
                T* upper = _y + (step.Upper * lanes);
                Clear(upper, step.Count);
                step.Kernel.Forward(ref *(_y + (step.Lower * lanes)), ref *matrix, ref *_ones, ref *upper, lanes, 0, lanes);
            }
        }
    }

    /// <summary>Ẏ_l = s_l (C·(Ẏ_(l−1), r) + C·(Y_(l−1), ṙ)).</summary>
    private void ClimbDirection(int steps)
    {
        int lanes = Vector<T>.Count;
        Clear(_yDirection, 1);
        Scale(_rDirection, _program.First, _yDirection + lanes);
        for (int s = 0; s < _program.Steps.Length; s++)
        {
            ref readonly var step = ref _program.Steps[s];
            T* matrix = _matrix + (step.Entry * lanes), direction = _matrixDirection + (step.Entry * lanes);
            step.Kernel.Matrix(ref *_rDirection, ref *direction, step.Scale);
            if (s < steps)
            {
                T* upper = _yDirection + (step.Upper * lanes);
                Clear(upper, step.Count);
                step.Kernel.Forward(ref *(_yDirection + (step.Lower * lanes)), ref *matrix, ref *_ones, ref *upper, lanes, 0, lanes);
                step.Kernel.Forward(ref *(_y + (step.Lower * lanes)), ref *direction, ref *_ones, ref *upper, lanes, 0, lanes);
            }
        }
    }

    /// <summary>The cotangents of the harmonics and of r.</summary>
    private void Descend()
    {
        int lanes = Vector<T>.Count;
        Clear(_rGradient, 3);
        for (int s = _program.Steps.Length - 1; s >= 0; s--)
        {
            ref readonly var step = ref _program.Steps[s];
            T* lower = _y + (step.Lower * lanes), upperGradient = _gradient + (step.Upper * lanes), lowerGradient = _gradient + (step.Lower * lanes);
            step.Kernel.Backward(ref *lower, ref *(_matrix + (step.Entry * lanes)), ref *_ones, ref *upperGradient, ref *lowerGradient, ref *_unused, lanes, 0, lanes);
            step.Kernel.Outer(ref *lower, ref *_ones, ref *upperGradient, ref *_rGradient, step.Scale, lanes, 0, lanes);
        }

        AddScaled(_gradient + lanes, _program.First, _rGradient);
    }

    /// <summary>The derivatives of these cotangents; that of the harmonics stays as it is.</summary>
    private void DescendDirection()
    {
        int lanes = Vector<T>.Count;
        Clear(_rGradientDirection, 3);
        Clear(_gradientDirection, _program.Components);
        for (int s = _program.Steps.Length - 1; s >= 0; s--)
        {
            ref readonly var step = ref _program.Steps[s];
            T* lower = _y + (step.Lower * lanes), lowerDirection = _yDirection + (step.Lower * lanes);
            T* upper = _gradient + (step.Upper * lanes), upperDirection = _gradientDirection + (step.Upper * lanes);
            T* result = _gradientDirection + (step.Lower * lanes);
            step.Kernel.Backward(ref *lower, ref *(_matrix + (step.Entry * lanes)), ref *_ones, ref *upperDirection, ref *result, ref *_unused, lanes, 0, lanes);
            step.Kernel.Backward(ref *lower, ref *(_matrixDirection + (step.Entry * lanes)), ref *_ones, ref *upper, ref *result, ref *_unused, lanes, 0, lanes);
            step.Kernel.Outer(ref *lowerDirection, ref *_ones, ref *upper, ref *_rGradientDirection, step.Scale, lanes, 0, lanes);
            step.Kernel.Outer(ref *lower, ref *_ones, ref *upperDirection, ref *_rGradientDirection, step.Scale, lanes, 0, lanes);
        }

        AddScaled(_gradientDirection + lanes, _program.First, _rGradientDirection);
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
        foreach (var (component, count) in _program.Absent)
        {
            Clear(_gradient + (component * Vector<T>.Count), count);
        }

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

    private static void Clear(T* lanes, int vectors) => new Span<T>(lanes, vectors * Vector<T>.Count).Clear();

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

    private static void AddScaled(T* vector, T factor, T* target)
    {
        for (int j = 0; j < 3; j++)
        {
            Accumulate(ref *target, j, factor * At(ref *vector, j));
        }
    }

    /// <summary>Rows of a block in memory.</summary>
    /// <param name="Address">The first row; null for rows that are not wanted.</param>
    /// <param name="Stride">Numbers from row to row.</param>
    /// <param name="Count">Rows.</param>
    internal readonly record struct Rows(nint Address, long Stride, int Count)
    {
        public T* First => (T*)Address;
    }
}
