namespace WaterDensity.Systems;

internal static class Units
{
    /// <summary>CODATA 2014, the value the data file names.</summary>
    public const double BohrInAngstrom = 0.52917721067;
}
