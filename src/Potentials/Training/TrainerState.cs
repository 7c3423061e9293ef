namespace E3Gen.Potentials;

/// <summary>Where a training is, besides its tensors: numbers that the next step depends on. Saved with all digits.</summary>
internal sealed record TrainerState
{
    /// <summary>The epoch at hand, from 0, and how many of its batches are done.</summary>
    public int Epoch { get; set; }

    public int Batch { get; set; }

    /// <summary>Steps made.</summary>
    public long Step { get; set; }

    /// <summary>Time that was spent training, in this run and those before.</summary>
    public double Seconds { get; set; }

    /// <summary>0, or 1 in the second stage.</summary>
    public int Stage { get; set; }

    /// <summary>Product of the factors of the plateau schedule, and validations since it saw an improvement.</summary>
    public double PlateauFactor { get; set; } = 1;

    public int PlateauWaits { get; set; }

    /// <summary>The best validation loss of the stage, its epoch, and validations since.</summary>
    public double? BestLoss { get; set; }

    public int BestEpoch { get; set; }

    public int Waits { get; set; }

    /// <summary>Losses of the steps since the last validation.</summary>
    public double LossSum { get; set; }

    public int LossCount { get; set; }

    /// <summary>The last step that a row of metrics was given for.</summary>
    public long ReportedStep { get; set; }

    /// <summary>Whether any validation has judged weights.</summary>
    public bool Validated { get; set; }

    /// <summary>Learning rate of the last step.</summary>
    public double Rate { get; set; }

    /// <summary>Whether the training came to its end, by epochs, time or patience.</summary>
    public bool Finished { get; set; }
}
