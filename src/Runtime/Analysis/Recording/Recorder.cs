using E3Gen.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Analysis;

/// <summary>
/// Records how strong features and weights of each irrep are, and their gradients, in the operations of a module while it trains. Between
/// steps it costs nothing; see <see cref="PowerRow"/> for what is measured.
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
    /// Records until the result is disposed: results and weights as operations are called, in any thread; the gradients of results and of
    /// weights that are passed as backward passes compute them; those of the module's own weights as they stand at the end. Then the rows
    /// are written. An operation that is called several times has one set of rows, means over the rows of all calls; one that is not called
    /// has none. Gradients of what no backward pass reached have no rows, and passes that build a graph for further derivatives
    /// (<c>create_graph</c>, as for forces) are not recorded: of the gradients of a loss that holds derivatives only those of the loss are.
    /// If the step ends by an exception, the rows hold what was measured until then.
    /// </summary>
    /// <param name="step">Number of the step, for the rows.</param>
    /// <returns>The step; dispose it to write its rows.</returns>
    /// <exception cref="InvalidOperationException">The step before is still open.</exception>
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
