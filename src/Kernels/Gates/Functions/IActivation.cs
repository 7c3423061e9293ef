using System.Numerics;

namespace E3Gen.Kernels;

/// <summary>
/// A function of a scalar with its first two derivatives, lane by lane. Types, not values, so that loops are compiled for each.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal interface IActivation<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>f(x), f′(x) and f″(x); what is not used is not computed.</summary>
    /// <param name="x">The argument.</param>
    static abstract (Vector<T> Value, Vector<T> First, Vector<T> Second) Of(Vector<T> x);
}
