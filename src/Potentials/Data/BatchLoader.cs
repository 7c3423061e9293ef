using System.Threading.Channels;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>
/// Builds batches on another thread, a few ahead of the one that is computed with. An error there surfaces where the batch is asked for; disposing frees what was built and not taken.
/// </summary>
internal sealed class BatchLoader : IDisposable
{
    private const int Ahead = 3;

    private readonly Channel<Batch> _channel = Channel.CreateBounded<Batch>(Ahead);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _producer;

    /// <param name="structures">All structures.</param>
    /// <param name="order">Their order.</param>
    /// <param name="batchSize">Structures a batch; the last may be smaller.</param>
    /// <param name="firstBatch">How many batches to leave out: those before a training was stopped.</param>
    /// <param name="device">Where the batches are to be.</param>
    public BatchLoader(IReadOnlyList<PreparedStructure> structures, IReadOnlyList<int> order, int batchSize, int firstBatch, Device device)
    {
        IEnumerable<int[]> batches = order.Chunk(batchSize).Skip(firstBatch);
        _producer = Task.Factory.StartNew(() => Produce(batches, structures, device), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The next batch, which is the caller's to dispose; null after the last.</summary>
    public Batch? Next()
    {
        while (true)
        {
            if (_channel.Reader.TryRead(out Batch? batch)) return batch;
            // Throws what the other thread failed with.
            if (!_channel.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult()) return null;
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _producer.Wait();
        while (_channel.Reader.TryRead(out Batch? batch)) batch.Dispose();
        _stop.Dispose();
    }

    private void Produce(IEnumerable<int[]> batches, IReadOnlyList<PreparedStructure> structures, Device device)
    {
        try
        {
            foreach (int[] places in batches)
            {
                var batch = new Batch([.. places.Select(i => structures[i])], device);
                try
                {
                    _channel.Writer.WriteAsync(batch, _stop.Token).AsTask().GetAwaiter().GetResult();
                }
                catch
                {
                    batch.Dispose();
                    throw;
                }
            }

            _channel.Writer.Complete();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            _channel.Writer.Complete();
        }
        catch (Exception error)
        {
            _channel.Writer.Complete(error);
        }
    }
}
