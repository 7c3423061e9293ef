namespace E3Gen.Potentials.Tests.Support;

/// <summary>Keeps what it is told, and may stop the training after some steps.</summary>
internal sealed class Recorder(CancellationTokenSource? stop = null, int stopAfter = int.MaxValue) : ITrainingMonitor
{
    public List<EpochMetrics> Rows { get; } = [];

    public List<double> Losses { get; } = [];

    public void Advance(double progress, int epoch, long step, double loss)
    {
        Losses.Add(loss);
        if (Losses.Count == stopAfter) stop!.Cancel();
    }

    public void Report(EpochMetrics metrics) => Rows.Add(metrics);
}
