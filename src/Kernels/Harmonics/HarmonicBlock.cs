using System.Numerics;
using System.Runtime.CompilerServices;

namespace E3Gen.Kernels;

/// <summary>
/// The harmonics of a block of points, as products of a polynomial of the polar axis and an azimuth:
/// <c>Y_l^m = Q_l^m(y, r²) Re (z + ix)^m</c> and <c>Y_l^−m = Q_l^m(y, r²) Im (z + ix)^m</c>. Q_l^m is r^(l−m) times the m-th derivative of
/// the Legendre polynomial P_l at y/r, times the length of the harmonic; each follows from the two degrees below. So do derivatives:
/// ∂Q_l^m/∂y is a multiple of Q_(l−1)^m, ∂Q_l^m/∂x and ∂Q_l^m/∂z are those of x Q_(l−1)^(m+1) and z Q_(l−1)^(m+1).
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TNumber">
/// With dual numbers, all results are derivatives in the direction given with the points.
/// </typeparam>
internal readonly unsafe struct HarmonicBlock<T, TNumber>
    where T : unmanaged, INumber<T>
    where TNumber : struct, ILaneNumber<TNumber, T>
{
    // Inlined, they would exceed the size that the compiler inlines by itself.
    private const MethodImplOptions Optimize = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
    private readonly HarmonicProgram<T> _program;
    private readonly int _ahead;
    private readonly nint _derivatives;
    private readonly nint _results;
    private readonly T* _r;
    private readonly T* _inverse;
    private readonly T* _square;
    private readonly T* _vector;
    private readonly T* _across;
    private readonly T* _cos;
    private readonly T* _sin;
    private readonly T* _y;
    private readonly T* _gradient;
    private readonly T* _copy;

    /// <summary>Uses this thread's scratch memory.</summary>
    /// <param name="program">The harmonics.</param>
    /// <param name="rows">Number of points in all blocks.</param>
    public HarmonicBlock(HarmonicProgram<T> program, int rows)
    {
        const int CacheInBytes = 1 << 20, DistanceInBytes = 8192;
        _program = program;
        int lanes = TNumber.Lanes, orders = program.Degree + 1, components = orders * orders;
        long bytes = (long)program.Columns * sizeof(T);
        bool isWorth = rows * bytes > CacheInBytes; // prefetching data already in the cache gains nothing
        _ahead = isWorth ? lanes * (int)Math.Max(1, DistanceInBytes / (lanes * bytes)) : int.MaxValue;
        int numbers = 8 + (3 * orders) + 1 + (3 * components);
        _derivatives = numbers * lanes;
        _results = TNumber.HasDerivative ? _derivatives : 0;
        nint size = _derivatives + _results;
        T* memory = Workspace.Get<T>(size);
        new Span<T>(memory, (int)size).Clear(); // cotangents of degrees that are not there, and their derivatives, stay zero
        _r = memory;
        _inverse = _r + (3 * lanes);
        _square = _inverse + lanes;
        _vector = _square + lanes;
        _across = _vector + (3 * lanes); // by degree, up to a zero that stays: there is none above the largest
        _cos = _across + ((orders + 1) * lanes);
        _sin = _cos + (orders * lanes);
        _y = _sin + (orders * lanes);
        _gradient = _y + (components * lanes);
        _copy = _gradient + (components * lanes);
    }

    /// <summary>
    /// Takes points, and the direction of derivatives, and computes what all degrees share: r = v or v/|v|, its square and its azimuths.
    /// </summary>
    [MethodImpl(Optimize)]
    public void Take(in BlockRows<T> points, in BlockRows<T> direction)
    {
        points.ToLanes(0, 3, _r, TNumber.Lanes);
        if (TNumber.HasDerivative)
        {
            direction.ToLanes(0, 3, _r + _derivatives, TNumber.Lanes);
        }

        var (x, y, z) = (At(_r, 0), At(_r, 1), At(_r, 2));
        if (_program.Normalize)
        {
            var inverse = TNumber.InverseLength(Dot(x, y, z, x, y, z));
            (x, y, z) = (inverse * x, inverse * y, inverse * z);
            Put(_r, 0, x);
            Put(_r, 1, y);
            Put(_r, 2, z);
            Put(_inverse, 0, inverse);
        }

        Put(_square, 0, Dot(x, y, z, x, y, z));
        TNumber cos = TNumber.Constant(T.One), sin = default;
        for (int m = 0; m <= _program.Degree; m++)
        {
            Put(_cos, m, cos);
            Put(_sin, m, sin);
            (cos, sin) = ((z * cos) - (x * sin), TNumber.MultiplyAdd(x, cos, z * sin));
        }
    }

    /// <summary>The harmonics.</summary>
    [MethodImpl(Optimize)]
    public void Forward(in BlockRows<T> y)
    {
        Fetch(y);
        Harmonics();
        foreach (ref readonly var run in _program.Runs.AsSpan())
        {
            y.FromLanes(_y + _results + (run.Component * TNumber.Lanes), TNumber.Lanes, run.Column, run.Count);
        }
    }

    /// <summary>The cotangent of the points from that of the harmonics.</summary>
    [MethodImpl(Optimize)]
    public void Gradient(in BlockRows<T> g, in BlockRows<T> gv)
    {
        Fetch(g);
        LoadGradient(g);
        ContractZonal();
        ContractTesseral();
        if (_program.Normalize)
        {
            Project();
        }

        gv.FromLanes(_vector + _results, TNumber.Lanes, 0, 3);
    }

    [MethodImpl(Optimize)]
    private void Harmonics()
    {
        var (y, square) = (At(_r, 1), At(_square, 0));
        int degree = _program.Degree;
        nint lanes = TNumber.Lanes, derivatives = _derivatives;
        T* middle = _y;
        fixed (HarmonicProgram<T>.Link* links = _program.Links)
        {
            var link = links;
            for (int m = 0; m <= degree; m++)
            {
                TNumber cos = At(_cos, m), sin = At(_sin, m), below = default, q = TNumber.Constant(link->First);
                T* place = middle;
                for (int l = m; l <= degree; l++, link++)
                {
                    if (l > m)
                    {
                        place += 2 * l * lanes;
                        (q, below) = (Next(*link, y, square, q, below), q);
                    }

                    (q * sin).Store(place - (m * lanes), derivatives);
                    (q * cos).Store(place + (m * lanes), derivatives); // for m = 0 over the sine's zero
                }

                middle += 2 * (m + 1) * lanes;
            }
        }
    }

    /// <summary>The cotangent of r by way of the harmonics with m = 0, which have no azimuth.</summary>
    [MethodImpl(Optimize)]
    private void ContractZonal()
    {
        TNumber y = At(_r, 1), square = At(_square, 0), gy = default, below = default;
        nint lanes = TNumber.Lanes, derivatives = _derivatives;
        T* middle = _gradient, across = _across;
        fixed (HarmonicProgram<T>.Link* links = _program.Links)
        {
            var q = TNumber.Constant(links->First);
            for (int l = 1; l <= _program.Degree; l++)
            {
                var link = links + l;
                middle += 2 * l * lanes;
                across += lanes;
                var g = TNumber.Load(middle, derivatives);
                gy = TNumber.MultiplyAdd(link->Along * g, q, gy);
                (link->Across * g).Store(across, derivatives);
                (q, below) = (Next(*link, y, square, q, below), q);
            }
        }

        Put(_vector, 1, gy);
    }

    /// <summary>
    /// The whole cotangent of r: adds the part from the other harmonics. ∂Q_l^m/∂x and ∂Q_l^m/∂z are multiples of a quantity that is computed
    /// only at m + 1, which then finds their factor, the cotangent of Q_l^m, stored by m.
    /// </summary>
    [MethodImpl(Optimize)]
    private void ContractTesseral()
    {
        TNumber y = At(_r, 1), square = At(_square, 0), gx = default, gy = At(_vector, 1), gz = default, sum = default;
        int degree = _program.Degree;
        nint lanes = TNumber.Lanes, derivatives = _derivatives;
        T* middle = _gradient;
        fixed (HarmonicProgram<T>.Link* links = _program.Links)
        {
            var link = links + degree + 1;
            for (int m = 1; m <= degree; m++)
            {
                middle += 2 * m * lanes;
                T* place = middle, across = _across + ((m + 1) * lanes);
                TNumber cos = At(_cos, m), sin = At(_sin, m), below = default, q = TNumber.Constant(link->First);
                var (gCos, gSin) = (q * TNumber.Load(place + (m * lanes), derivatives), q * TNumber.Load(place - (m * lanes), derivatives));
                sum = TNumber.MultiplyAdd(q, TNumber.Load(across, derivatives), sum);
                link++;
                for (int l = m + 1; l <= degree; l++)
                {
                    place += 2 * l * lanes;
                    (q, below) = (Next(*link, y, square, q, below), q);
                    var (g, h) = (TNumber.Load(place + (m * lanes), derivatives), TNumber.Load(place - (m * lanes), derivatives));
                    gCos = TNumber.MultiplyAdd(q, g, gCos);
                    gSin = TNumber.MultiplyAdd(q, h, gSin);
                    var gq = TNumber.MultiplyAdd(sin, h, cos * g);
                    gy = TNumber.MultiplyAdd(link->Along * gq, below, gy);
                    (link->Across * gq).Store(across, derivatives);
                    across += lanes;
                    sum = TNumber.MultiplyAdd(q, TNumber.Load(across, derivatives), sum);
                    link++;
                }

                var times = T.CreateTruncating(m);
                (cos, sin) = (times * At(_cos, m - 1), times * At(_sin, m - 1));
                gx += (cos * gSin) - (sin * gCos);
                gz += TNumber.MultiplyAdd(cos, gCos, sin * gSin);
            }
        }

        Put(_vector, 0, TNumber.MultiplyAdd(At(_r, 0), sum, gx));
        Put(_vector, 1, gy);
        Put(_vector, 2, TNumber.MultiplyAdd(At(_r, 2), sum, gz));
    }

    /// <summary>Projects out the component along v, which does not change its direction.</summary>
    [MethodImpl(Optimize)]
    private void Project()
    {
        var (x, y, z) = (At(_r, 0), At(_r, 1), At(_r, 2));
        var (gx, gy, gz) = (At(_vector, 0), At(_vector, 1), At(_vector, 2));
        var (along, inverse) = (Dot(x, y, z, gx, gy, gz), At(_inverse, 0));
        Put(_vector, 0, inverse * (gx - (x * along)));
        Put(_vector, 1, inverse * (gy - (y * along)));
        Put(_vector, 2, inverse * (gz - (z * along)));
    }

    /// <summary>Q_l^m from the two degrees below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TNumber Next(in HarmonicProgram<T>.Link link, TNumber y, TNumber square, TNumber below, TNumber secondBelow) =>
        TNumber.MultiplyAdd(link.One * y, below, link.Two * square * secondBelow);

    /// <summary>Reads cotangents; those of copies add up.</summary>
    private void LoadGradient(in BlockRows<T> source)
    {
        foreach (ref readonly var run in _program.Runs.AsSpan())
        {
            T* target = _gradient + (run.Component * TNumber.Lanes), lanes = run.IsRepeated ? _copy : target;
            source.ToLanes(run.Column, run.Count, lanes, TNumber.Lanes);
            for (int i = 0; run.IsRepeated && i < run.Count; i++)
            {
                Put(target, i, At(target, i) + At(lanes, i));
            }
        }
    }

    /// <summary>
    /// Prefetches the harmonics of an upcoming block, or the memory where they will be written. The hardware prefetcher is
    /// too late for these: without this, results larger than a cache would take a third longer.
    /// </summary>
    private void Fetch(in BlockRows<T> rows) => rows.Fetch(_ahead, TNumber.Lanes, _program.Columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TNumber At(T* numbers, int index) => TNumber.Load(numbers + (index * TNumber.Lanes), _derivatives);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(T* numbers, int index, TNumber number) => number.Store(numbers + (index * TNumber.Lanes), _derivatives);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TNumber Dot(TNumber ax, TNumber ay, TNumber az, TNumber bx, TNumber by, TNumber bz) =>
        TNumber.MultiplyAdd(ax, bx, TNumber.MultiplyAdd(ay, by, az * bz));
}
