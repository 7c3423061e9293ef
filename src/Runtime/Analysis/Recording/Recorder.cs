using E3Gen.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Analysis;

/// <summary>
/// Records the power of features and weights of each irrep, and of their gradients, in the operations of a module during training. Between
/// steps it costs nothing; <see cref="PowerRow"/> describes the measurements.
/// <code>
/// using var recorder = new Recorder(network, new CsvSink("powers.csv"));
/// using (recorder.Step(step))
/// {
///     loss(network.forward(…)).backward();
/// }
/// </code>
/// </summary>
public sealed class Recorder : IDisposable
{
    private readonly IPowerSink _sink;
    private readonly RecorderOptions _options;
    private StepRecord? _open;
    private bool _isDisposed;

    /// <summary>Prepares the recording of a module's operations.</summary>
    /// <param name="module">A module of any kind; operations are found in the generated ones inside.</param>
    /// <param name="sink">Takes the rows, and is disposed with the recorder unless the options say otherwise.</param>
    /// <param name="options">What to record; everything where null.</param>
    /// <exception cref="ArgumentException">There is no such operation.</exception>
    public Recorder(nn.Module module, IPowerSink sink, RecorderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(sink);
        (_sink, _options) = (sink, options ?? new RecorderOptions());
        var all = RecordableOperation.Of(module);
        if (all.Count == 0)
        {
            throw new ArgumentException(
                $"{module.GetType().Name} holds no generated operations, which are all that can be recorded.", nameof(module));
        }

        Operations = [.. all.Where(o => _options.Operations?.Invoke(o.Name) ?? true)];
        if (Operations.Count == 0)
        {
            throw new ArgumentException(
                $"The options select none of the operations {string.Join(", ", all.Select(o => o.Name))}.", nameof(options));
        }
    }

    /// <summary>The operations that are recorded. <see cref="RecordableOperation.Of"/> lists all that a module has.</summary>
    public IReadOnlyList<RecordableOperation> Operations { get; }

    /// <summary>
    /// Records until the result is disposed: results and weights when operations are called, on any thread; gradients of results and of
    /// weights passed as arguments when backward passes compute them; gradients of the module's own weights at the end. Then it writes the
    /// rows. An operation called several times has one set of rows, means over the rows of all calls; one that is not called has none.
    /// Gradients that no backward pass reached have no rows, and passes that build a graph for further derivatives (<c>create_graph</c>, as
    /// for forces) are not recorded: for a loss that contains derivatives, only the gradients of the loss itself are recorded.
    /// If the step ends with an exception, the rows contain everything measured until then.
    /// </summary>
    /// <param name="step">Number of the step, for the rows.</param>
    /// <returns>The step; dispose it to write its rows.</returns>
    /// <exception cref="InvalidOperationException">The previous step is still open.</exception>
    public IDisposable Step(long step)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_open is not null)
        {
            throw new InvalidOperationException($"Step {_open.Number} is still being recorded; dispose it before step {step}.");
        }

        _open = new StepRecord(step, Operations, _options.Quantities, Write);
        RecordingHook.Add(_open);
        return _open;
    }

    /// <summary>Ends the recording, without the rows of a step that is still open.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _open?.Abandon();
        _open = null;
        if (!_options.LeaveSinkOpen)
        {
            _sink.Dispose();
        }
    }

    private void Write(IReadOnlyList<PowerRow> rows)
    {
        _open = null;
        _sink.Write(rows);
    }
}
