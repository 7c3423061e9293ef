using E3Gen.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Analysis;

/// <summary>What is measured within one step of a <see cref="Recorder"/>.</summary>
internal sealed class StepRecord : IDisposable
{
    private readonly OperationRecord[] _operations;
    private readonly Dictionary<nn.Module, List<OperationRecord>> _byModule = new(ReferenceEqualityComparer.Instance);
    private readonly Action<IReadOnlyList<PowerRow>> _write;
    private bool _isClosed;

    public StepRecord(
        long number, IEnumerable<RecordableOperation> operations, Quantities quantities, Action<IReadOnlyList<PowerRow>> write)
    {
        (Number, _write) = (number, write);
        _operations = [.. operations.Select(o => new OperationRecord(o, quantities))];
        foreach (var group in _operations.GroupBy(o => o.Operation.Module))
        {
            _byModule.Add(group.Key, [.. group]);
        }
    }

    public long Number { get; }

    /// <summary>The record of an operation; null where it is not to be recorded.</summary>
    public OperationRecord? Find(nn.Module module, string label)
    {
        if (_byModule.TryGetValue(module, out var operations))
        {
            foreach (var operation in operations)
            {
                if (operation.Operation.Label == label)
                {
                    return operation;
                }
            }
        }

        return null;
    }

    /// <summary>Ends the step and writes its rows.</summary>
    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        RecordingHook.Remove(this);
        try
        {
            _write([.. _operations.SelectMany(o => o.Rows(Number))]);
        }
        finally
        {
            Release();
        }
    }

    /// <summary>Ends the step without rows.</summary>
    public void Abandon()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            RecordingHook.Remove(this);
            Release();
        }
    }

    private void Release()
    {
        foreach (var operation in _operations)
        {
            operation.Dispose();
        }
    }
}
