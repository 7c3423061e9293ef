using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels.Cpu;

/// <summary>
/// The harmonics of a block of points, as products of a polynomial of the polar axis and an azimuth: <c>Y_l^m = Q_l^m(y, r²) Re (z + ix)^m</c> and
/// <c>Y_l^−m = Q_l^m(y, r²) Im (z + ix)^m</c>. Q_l^m is r^(l−m) times the m-th derivative of the Legendre polynomial P_l at y/r, times the length of the harmonic; each follows from
/// the two degrees below. So do derivatives: ∂Q_l^m/∂y is a multiple of Q_(l−1)^m, ∂Q_l^m/∂x and ∂Q_l^m/∂z are those of x Q_(l−1)^(m+1) and z Q_(l−1)^(m+1).
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TNumber">With dual numbers, what comes out is the derivative of everything in the direction given with the points.</typeparam>
internal readonly unsafe struct HarmonicBlock<T, TNumber>
    where T : unmanaged, INumber<T>
    where TNumber : struct, ILaneNumber<TNumber, T>
{
    private const MethodImplOptions Optimize = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining; // inlined, they would be more than the compiler inlines of their own
    private readonly HarmonicProgram<T> _program;
    private readonly nint _derivatives;
    private readonly nint _results;
    private readonly T* _r;
    private readonly T* _inverse;
    private readonly T* _vector;
    private readonly T* _polar;
    private readonly T* _cos;
    private readonly T* _sin;
    private readonly T* _y;
    private readonly T* _gradient;
    private readonly T* _copy;

    /// <summary>Uses this thread's scratch memory.</summary>
    public HarmonicBlock(HarmonicProgram<T> program)
    {
        _program = program;
        int lanes = TNumber.Lanes, orders = program.Degree + 1, components = orders * orders;
        int numbers = 8 + program.Links.Length + (2 * orders) + (3 * components);
        _derivatives = numbers * lanes;
        _results = TNumber.HasDerivative ? _derivatives : 0;
        nint size = _derivatives + _results;
        T* memory = Workspace.Get<T>(size);
        new Span<T>(memory, (int)size).Clear(); // cotangents of degrees that are not there, and their derivatives, stay zero
        _r = memory;
        _inverse = _r + (3 * lanes);
        _vector = _inverse + lanes;
        _polar = _vector + (4 * lanes); // after a zero that stays, which stands for Q_(−1)^0: what other points left there could be no number
        _cos = _polar + (program.Links.Length * lanes);
        _sin = _cos + (orders * lanes);
        _y = _sin + (orders * lanes);
        _gradient = _y + (components * lanes);
        _copy = _gradient + (components * lanes);
    }

    /// <summary>Takes points, and the direction of derivatives, and computes the factors of their harmonics.</summary>
    [MethodImpl(Optimize)]
    public void Take(in BlockRows<T> points, in BlockRows<T> direction)
    {
        ToLanes(points, 0, 3, _r);
        if (TNumber.HasDerivative)
        {
            ToLanes(direction, 0, 3, _r + _derivatives);
        }

        var (x, y, z) = Get(_r);
        if (_program.Normalize)
        {
            var inverse = TNumber.InverseLength(Dot((x, y, z), (x, y, z)));
            (x, y, z) = (inverse * x, inverse * y, inverse * z);
            Set(_r, x, y, z);
            inverse.Store(_inverse, _derivatives);
        }

        var square = Dot((x, y, z), (x, y, z));
        int degree = _program.Degree;
        nint lanes = TNumber.Lanes, derivatives = _derivatives;
        TNumber zero = default, cos = TNumber.Constant(Vector<T>.One), sin = zero;
        T* polar = _polar;
        fixed (HarmonicProgram<T>.Link* links = _program.Links)
        {
            var link = links;
            for (int m = 0; m <= degree; m++)
            {
                Put(_cos, m, cos);
                Put(_sin, m, sin);
                (cos, sin) = ((z * cos) - (x * sin), TNumber.MultiplyAdd(x, cos, z * sin));
                TNumber below = zero, q = TNumber.Constant(new Vector<T>(link->First));
                q.Store(polar, derivatives);
                link++;
                polar += lanes;
                for (int l = m + 1; l <= degree; l++)
                {
                    (q, below) = (TNumber.MultiplyAdd(new Vector<T>(link->One) * y, q, new Vector<T>(link->Two) * square * below), q);
                    q.Store(polar, derivatives);
                    link++;
                    polar += lanes;
                }
            }
        }
    }

    /// <summary>The harmonics.</summary>
    [MethodImpl(Optimize)]
    public void Harmonics(in BlockRows<T> y)
    {
        int degree = _program.Degree;
        nint lanes = TNumber.Lanes, derivatives = _derivatives;
        T* polar = _polar;
        for (int m = 0; m <= degree; m++)
        {
            var (cos, sin) = (At(_cos, m), At(_sin, m));
            T* middle = _y + (Middle(m) * lanes);
            for (int l = m; l <= degree; l++)
            {
                var q = TNumber.Load(polar, derivatives);
                (q * sin).Store(middle - (m * lanes), derivatives);
                (q * cos).Store(middle + (m * lanes), derivatives); // for m = 0 over the sine's zero
                polar += lanes;
                middle += 2 * (l + 1) * lanes;
            }
        }

        foreach (ref readonly var run in _program.Runs.AsSpan())
        {
            ToRows(_y + _results + (run.Component * TNumber.Lanes), y, run.Column, run.Count);
        }
    }

    /// <summary>The cotangent of the points from that of the harmonics.</summary>
    [MethodImpl(Optimize)]
    public void Backward(in BlockRows<T> g, in BlockRows<T> gv)
    {
        LoadGradient(g);
        var (gx, gy, gz) = Contract();
        if (_program.Normalize)
        {
            // What moves v along itself does not move its direction.
            var (x, y, z) = Get(_r);
            var (along, inverse) = (Dot((x, y, z), (gx, gy, gz)), At(_inverse, 0));
            (gx, gy, gz) = (inverse * (gx - (x * along)), inverse * (gy - (y * along)), inverse * (gz - (z * along)));
        }

        Set(_vector, gx, gy, gz);
        ToRows(_vector + _results, gv, 0, 3);
    }

    /// <summary>The cotangent of r, by way of those of the factors.</summary>
    [MethodImpl(Optimize)]
    private (TNumber X, TNumber Y, TNumber Z) Contract()
    {
        int degree = _program.Degree;
        nint lanes = TNumber.Lanes, derivatives = _derivatives;
        TNumber gx = default, gy = default, gz = default, across = default;
        T* polar = _polar;
        fixed (HarmonicProgram<T>.Link* links = _program.Links)
        {
            var link = links;
            for (int m = 0; m <= degree; m++)
            {
                nint next = (degree - m - 1) * lanes; // from Q_l^m to Q_(l−1)^(m+1)
                var (cos, sin) = (At(_cos, m), At(_sin, m));
                T* middle = _gradient + (Middle(m) * lanes);
                TNumber gCos = default, gSin = default;
                for (int l = m; l <= degree; l++)
                {
                    var (g, h, q) = (TNumber.Load(middle + (m * lanes), derivatives), TNumber.Load(middle - (m * lanes), derivatives), TNumber.Load(polar, derivatives));
                    gCos = TNumber.MultiplyAdd(q, g, gCos);
                    gSin = TNumber.MultiplyAdd(q, h, gSin);
                    var gq = TNumber.MultiplyAdd(sin, h, cos * g);
                    gy = TNumber.MultiplyAdd(new Vector<T>(link->Along) * gq, TNumber.Load(polar - lanes, derivatives), gy);
                    across = TNumber.MultiplyAdd(new Vector<T>(link->Across) * gq, TNumber.Load(polar + next, derivatives), across);
                    link++;
                    polar += lanes;
                    middle += 2 * (l + 1) * lanes;
                }

                if (m > 0)
                {
                    var times = new Vector<T>(T.CreateTruncating(m));
                    (cos, sin) = (times * At(_cos, m - 1), times * At(_sin, m - 1));
                    gx += (cos * gSin) - (sin * gCos);
                    gz += TNumber.MultiplyAdd(cos, gCos, sin * gSin);
                }
            }
        }

        var (x, _, z) = Get(_r);
        return (TNumber.MultiplyAdd(x, across, gx), gy, TNumber.MultiplyAdd(z, across, gz));
    }

    /// <summary>Reads cotangents; those of copies add up.</summary>
    private void LoadGradient(in BlockRows<T> source)
    {
        foreach (ref readonly var run in _program.Runs.AsSpan())
        {
            T* target = _gradient + (run.Component * TNumber.Lanes), lanes = run.IsRepeated ? _copy : target;
            ToLanes(source, run.Column, run.Count, lanes);
            for (int i = 0; run.IsRepeated && i < run.Count; i++)
            {
                Put(target, i, At(target, i) + At(lanes, i));
            }
        }
    }

    private static void ToLanes(in BlockRows<T> rows, int column, int columns, T* lanes)
    {
        for (int r = 0; r < TNumber.Lanes; r += Vector<T>.Count)
        {
            Transposition<T>.ToLanes(rows.First + column + (r * rows.Stride), rows.Stride, rows.Count - r, columns, lanes + r, TNumber.Lanes);
        }
    }

    private static void ToRows(T* lanes, in BlockRows<T> rows, int column, int columns)
    {
        for (int r = 0; r < TNumber.Lanes; r += Vector<T>.Count)
        {
            Transposition<T>.ToRows(lanes + r, TNumber.Lanes, columns, rows.First + column + (r * rows.Stride), rows.Stride, rows.Count - r);
        }
    }

    /// <summary>Place of Y_l^0 among the components of all degrees.</summary>
    private static int Middle(int l) => (l * l) + l;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TNumber At(T* numbers, int index) => TNumber.Load(numbers + (index * TNumber.Lanes), _derivatives);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(T* numbers, int index, TNumber number) => number.Store(numbers + (index * TNumber.Lanes), _derivatives);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (TNumber X, TNumber Y, TNumber Z) Get(T* vector) => (At(vector, 0), At(vector, 1), At(vector, 2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(T* vector, TNumber x, TNumber y, TNumber z)
    {
        Put(vector, 0, x);
        Put(vector, 1, y);
        Put(vector, 2, z);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TNumber Dot((TNumber X, TNumber Y, TNumber Z) a, (TNumber X, TNumber Y, TNumber Z) b) =>
        TNumber.MultiplyAdd(a.X, b.X, TNumber.MultiplyAdd(a.Y, b.Y, a.Z * b.Z));
}

/// <summary>The rows from a block's first one on.</summary>
/// <param name="Address">The first row.</param>
/// <param name="Stride">Numbers from row to row.</param>
/// <param name="Count">Rows to the end, which may be more than a block has.</param>
internal readonly record struct BlockRows<T>(nint Address, long Stride, int Count)
    where T : unmanaged
{
    public unsafe T* First => (T*)Address;
}
