namespace E3Gen;

/// <summary>Whose factors and parameters a <see cref="BesselBasis"/> has; c is the cutoff radius.</summary>
public enum BesselConvention
{
    /// <summary>MACE's: √(2/c)·sin(w r)/r with w = nπ/c at first. The state dict also has the buffers <c>r_max</c> (c) and <c>prefactor</c> (√(2/c)).</summary>
    Mace,
    /// <summary>NequIP's (up to version 0.6): 2/c·sin(w r/c)/r with w = nπ at first. The state dict has nothing but <c>bessel_weights</c>.</summary>
    Nequip,
}
