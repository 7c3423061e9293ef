namespace E3Gen.Potentials;

/// <summary>Mean errors of one quantity, collected number by number.</summary>
public sealed class ErrorSums
{
    private double _absolute, _squares;

    /// <summary>How many numbers.</summary>
    public long Count { get; private set; }

    /// <summary>Mean absolute error; NaN of nothing.</summary>
    public double Mae => _absolute / Count;

    /// <summary>Root mean square error; NaN of nothing.</summary>
    public double Rmse => Math.Sqrt(_squares / Count);

    /// <summary>Adds one error.</summary>
    /// <param name="error">Prediction minus reference.</param>
    public void Add(double error)
    {
        Count++;
        _absolute += Math.Abs(error);
        _squares += error * error;
    }
}
