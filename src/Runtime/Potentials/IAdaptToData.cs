namespace E3Gen;

/// <summary>A potential with numbers that come from a data set before it is trained: energies of isolated atoms, units of energy, a typical number of neighbours.</summary>
public interface IAdaptToData
{
    /// <summary>Takes the numbers over; called once, before the first step of a training.</summary>
    /// <param name="statistics">What the training set says.</param>
    /// <exception cref="ArgumentException">The statistics are of other species, or a number that is divided by, such as that of neighbours, is not positive.</exception>
    void Adapt(DatasetStatistics statistics);
}
