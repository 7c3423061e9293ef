using static TorchSharp.torch;

namespace E3Gen.Analysis;

/// <summary>What is measured of one operation within one step.</summary>
internal sealed class OperationRecord(RecordableOperation operation, Quantities quantities) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SquareSum _input = new(), _features = new(), _featureGradients = new(), _weights = new(), _weightGradients = new();
    private readonly List<Tensor> _probes = [];
    private bool _isCalled;
    private bool _isDerived;
    private bool _isClosed;

    public RecordableOperation Operation { get; } = operation;

    /// <summary>Measures a call's result, and its gradient when it arrives.</summary>
    /// <returns>The tensor to use instead of the result, in the scope of the caller.</returns>
    public Tensor Result(Tensor input, Tensor result)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return result;
            }

            _isCalled = true;
            if (Takes(Quantities.Features))
            {
                _features.Add(result);
                if (HasGain)
                {
                    _input.Add(input);
                }
            }
        }

        if (!Takes(Quantities.FeatureGradients | Quantities.WeightGradients) || !NeedsGradient(result))
        {
            return result;
        }

        var probe = new GradientProbe(ResultDerived).Of(result);
        if (!ReferenceEquals(result, input))
        {
            result.Dispose(); // the graph has what it needs of it, and the caller gets the probe's
        }

        return probe;
    }

    /// <summary>Measures weights passed as an argument, and their gradient when it arrives.</summary>
    /// <returns>The tensor to use instead; ours, until the step ends.</returns>
    public Tensor Passed(Tensor weights)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return weights;
            }

            if (Takes(Quantities.Weights))
            {
                _weights.Add(weights);
            }

            if (!Takes(Quantities.WeightGradients) || !NeedsGradient(weights))
            {
                return weights;
            }

            var probe = new GradientProbe(gradient => Derived(_weightGradients, gradient)).Of(weights).DetachFromDisposeScope();
            _probes.Add(probe);
            return probe;
        }
    }

    /// <summary>What was measured.</summary>
    public IEnumerable<PowerRow> Rows(long step)
    {
        lock (_lock)
        {
            if (!_isCalled)
            {
                return [];
            }

            using var scope = NewDisposeScope(); // each look at a gradient is a tensor of its own
            if (Operation.Weights is { } own)
            {
                if (Takes(Quantities.Weights))
                {
                    _weights.Add(own);
                }

                if (Takes(Quantities.WeightGradients) && _isDerived && own.grad is { } gradient)
                {
                    _weightGradients.Add(gradient);
                }
            }

            double? inputPower = Takes(Quantities.Features) && HasGain ? _input.MeanSquare() : null;
            return
            [
                .. Segments(step, Quantities.Features, _features, inputPower),
                .. Segments(step, Quantities.FeatureGradients, _featureGradients, null),
                .. Paths(step, Quantities.Weights, _weights),
                .. Paths(step, Quantities.WeightGradients, _weightGradients),
            ];
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            foreach (var sum in new[] { _input, _features, _featureGradients, _weights, _weightGradients })
            {
                sum.Dispose();
            }

            foreach (var probe in _probes)
            {
                probe.Dispose();
            }

            _probes.Clear();
        }
    }

    /// <summary>Whether the size of the result follows that of the first argument.</summary>
    private bool HasGain => Operation.Kind != "SphericalHarmonics";

    private bool Takes(Quantities some) => (quantities & some) != 0;

    private static bool NeedsGradient(Tensor x) => is_grad_enabled() && x.requires_grad;

    private void ResultDerived(Tensor gradient)
    {
        lock (_lock)
        {
            _isDerived = true;
        }

        if (Takes(Quantities.FeatureGradients))
        {
            Derived(_featureGradients, gradient);
        }
    }

    private void Derived(SquareSum sum, Tensor gradient)
    {
        lock (_lock)
        {
            if (!_isClosed)
            {
                sum.Add(gradient);
            }
        }
    }

    private IEnumerable<PowerRow> Segments(long step, Quantities quantity, SquareSum sum, double? inputPower) =>
        sum.IsEmpty || !Takes(quantity)
        ? []
        : IrrepPower.Segments(sum.Read(), sum.Rows, Operation.Output, Operation.Layout, inputPower)
            .Select(s => new PowerRow(
                step, Operation.Name, Operation.Kind, quantity, s.Index, s.Entry.ToString(), s.Entry.Irrep, s.Entry.Multiplicity, sum.Rows,
                s.Power, s.PowerPerComponent, s.Gain));

    private IEnumerable<PowerRow> Paths(long step, Quantities quantity, SquareSum sum) => sum.IsEmpty || !Takes(quantity)
        ? []
        : IrrepPower.Paths(sum.Read(), sum.Rows, Operation.Paths)
            .Select(p => new PowerRow(
                step, Operation.Name, Operation.Kind, quantity, p.Path.Index, p.Path.Path, p.Path.Output.Irrep, p.Path.Count, sum.Rows,
                p.MeanSquare, p.MeanSquare, null));
}
