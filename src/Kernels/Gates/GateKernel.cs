using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>Gates, row by row.</summary>
/// <param name="program">The gate.</param>
/// <param name="rows">Number of rows.</param>
internal sealed unsafe class GateKernel<T>(GateProgram<T> program, int rows)
    where T : unmanaged, INumber<T>
{
    /// <summary>Approximate time per vector, in tenths of a nanosecond, most of it in the exponentials.</summary>
    private const double CostOfVector = 20;

    /// <summary>z.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="z">The result.</param>
    public void Forward(Matrix2D<T> x, Matrix2D<T> z) => Work.For(rows, CostOfVector * program.Vectors, (from, to) =>
    {
        T* memory = Workspace.Get<T>(program.Lanes + program.ResultLanes);
        for (int row = from; row < to; row++)
        {
            foreach (var path in program.Paths)
            {
                path.Forward(x.Row(row), z.Row(row), memory);
            }
        }
    });

    /// <summary>The cotangent of x.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="g">The cotangent of z.</param>
    /// <param name="gx">The result.</param>
    public void Gradient(Matrix2D<T> x, Matrix2D<T> g, Matrix2D<T> gx) => Work.For(rows, 2 * CostOfVector * program.Vectors, (from, to) =>
    {
        T* memory = Workspace.Get<T>((2 * program.Lanes) + program.ResultLanes);
        for (int row = from; row < to; row++)
        {
            foreach (var path in program.Paths)
            {
                path.Gradient(x.Row(row), g.Row(row), gx.Row(row), memory);
            }
        }
    });

    /// <summary>The derivatives of ⟨a, cotangent of x⟩ with respect to x and g; null for those that are not needed.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="g">The cotangent of z.</param>
    /// <param name="a">A number for each of x.</param>
    /// <param name="byX">The derivative by x.</param>
    /// <param name="byG">The derivative by g.</param>
    public void Second(Matrix2D<T> x, Matrix2D<T> g, Matrix2D<T> a, Matrix2D<T> byX, Matrix2D<T> byG) =>
        Work.For(rows, 3 * CostOfVector * program.Vectors, (from, to) =>
        {
            T* memory = Workspace.Get<T>((3 * program.Lanes) + (2 * program.ResultLanes));
            for (int row = from; row < to; row++)
            {
                foreach (var path in program.Paths)
                {
                    path.Second(x.Row(row), g.Row(row), a.Row(row), byX.RowOrNull(row), byG.RowOrNull(row), memory);
                }
            }
        });
}
