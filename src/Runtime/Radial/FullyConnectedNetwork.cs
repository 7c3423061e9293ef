using E3Gen.Kernels;
using E3Gen.Operations;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// A multilayer perceptron on scalars without biases, scaled as e3nn's <c>FullyConnectedNet</c>: each layer is c·f(x·W/√n_in) with weights
/// from N(0, 1) and c from <see cref="Activations"/>, so inputs of unit variance give outputs of unit variance for any widths.
/// Typically maps a radial basis to path weights. State names are e3nn's: <c>layer0.weight</c> [n₀, n₁], <c>layer1.weight</c> [n₁,
/// n₂], …
/// </summary>
public sealed class FullyConnectedNetwork : nn.Module<Tensor, Tensor>
{
    private readonly Layer[] _layers;

    /// <summary>Makes the network with random weights.</summary>
    /// <param name="sizes">Widths n₀, n₁, … of input, hidden layers and output: at least two.</param>
    /// <param name="activation">The function after every layer but the last; null for a product of linear maps.</param>
    /// <param name="varianceIn">Variance of the components of the input.</param>
    /// <param name="varianceOut">Desired variance of the components of the output.</param>
    /// <param name="outActivation">Applies the function after the last layer too.</param>
    /// <param name="constants">Which constants scale the function to unit second moment.</param>
    /// <param name="dtype">Type of the weights; torch's default type if not given.</param>
    /// <param name="device">Device of the weights; torch's default device if not given.</param>
    /// <exception cref="ArgumentException">There are fewer than two sizes, or a size or a variance is not positive.</exception>
    public FullyConnectedNetwork(
        long[] sizes,
        ActivationFunction? activation,
        double varianceIn = 1,
        double varianceOut = 1,
        bool outActivation = false,
        MomentConstants constants = MomentConstants.Exact,
        ScalarType? dtype = null,
        Device? device = null)
        : base(nameof(FullyConnectedNetwork))
    {
        if (sizes.Length < 2 || sizes.Any(n => n < 1))
        {
            throw new ArgumentException(
                $"The sizes are [{string.Join(", ", sizes)}]; give the widths of input and output, and of hidden layers between them, all at "
                + "least 1.",
                nameof(sizes));
        }
        if (!(varianceIn > 0 && double.IsFinite(varianceIn)))
            throw new ArgumentOutOfRangeException(nameof(varianceIn), varianceIn, "The variance of the input must be positive and finite.");
        if (!(varianceOut > 0 && double.IsFinite(varianceOut)))
            throw new ArgumentOutOfRangeException(
                nameof(varianceOut), varianceOut, "The variance of the output must be positive and finite.");

        _layers = new Layer[sizes.Length - 1];
        for (int i = 0; i < _layers.Length; i++)
        {
            bool last = i == _layers.Length - 1;
            _layers[i] = new Layer(
                sizes[i],
                sizes[i + 1],
                last && !outActivation ? null : activation,
                varianceIn: i == 0 ? varianceIn : 1,
                varianceOut: last ? varianceOut : 1,
                constants,
                dtype,
                device);
            register_module($"layer{i}", _layers[i].Parameters);
        }
    }

    /// <summary>Applies the network to the last axis.</summary>
    /// <param name="input">[…, n₀].</param>
    /// <returns>[…, n_last].</returns>
    /// <exception cref="ArgumentException">The last axis has another width, or number type or device are not those of the weights.</exception>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.dim() == 0 || input.size(-1) != _layers[0].InputSize)
        {
            throw new ArgumentException(
                $"The input has shape [{string.Join(", ", input.shape)}]; this network takes [..., {_layers[0].InputSize}].",
                nameof(input));
        }
        Check.Alike(input, _layers[0].Parameters.Weight, nameof(FullyConnectedNetwork), "input and weights");
        using var scope = NewDisposeScope();
        Tensor x = input;
        foreach (Layer layer in _layers) x = layer.Apply(x);
        return x.MoveToOuterDisposeScope();
    }

    /// <summary>The layers are registered by the constructor under their numbered names.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <summary>The weights of a layer.</summary>
    private sealed class LayerWeights : ParameterModule
    {
        public LayerWeights(Tensor values)
            : base("Layer")
        {
            Add("weight", values);
        }

        public Parameter Weight => get_parameter("weight")!;
    }

    private sealed class Layer
    {
        private readonly ActivationFunction? _activation;
        private readonly MomentConstants _constants;
        private readonly GateProgram? _activate;
        private readonly LinearProgram _paths;
        private readonly Scalar _before;
        private readonly Scalar? _after;

        public Layer(
            long inputs,
            long outputs,
            ActivationFunction? activation,
            double varianceIn,
            double varianceOut,
            MomentConstants constants,
            ScalarType? dtype,
            Device? device)
        {
            (InputSize, _activation, _constants) = (inputs, activation, constants);
            // The input of a function must have unit variance, so the output variance is applied after it; without a function, the weights
            // contain all of it.
            double outside = activation is null ? 1 : varianceOut;
            double before = Math.Sqrt(varianceOut / outside / (inputs * varianceIn));
            _before = before.ToScalar();
            _activate = activation is { } f
                ? new GateProgram(nameof(FullyConnectedNetwork), (int)outputs, (int)outputs, constants, new GatePath(f, Column: 0, (int)outputs, Result: 0))
                : null;
            _paths = new LinearProgram(nameof(FullyConnectedNetwork), [((int)inputs, 0)], [((int)outputs, 0)],
                new LinearPath(Input: 0, Output: 0, before, Weight: 0));
            _after = outside == 1 ? null : Math.Sqrt(outside).ToScalar();
            Parameters = new LayerWeights(nn.Parameter(randn(inputs, outputs, dtype: dtype, device: device)));
        }

        public long InputSize { get; }

        public LayerWeights Parameters { get; }

        public Tensor Apply(Tensor x)
        {
            using var scope = NewDisposeScope();
            Parameter weight = Parameters.Weight;
            Tensor y = Backends.Of(x) == Backend.Cpu ? ByKernels(x, weight) : Activate(x.matmul(weight.mul(_before)));
            if (_after is not null) y = y.mul(_after);
            return y.MoveToOuterDisposeScope();
        }

        private Tensor ByKernels(Tensor x, Parameter weight)
        {
            Rows rows = Rows.Flatten(ref x);
            Tensor y = _paths.Apply(x, weight);
            return rows.Restore(_activate?.Apply(y) ?? y);
        }

        private Tensor Activate(Tensor y) => _activation is { } function ? Activations.Apply(y, function, _constants) : y;
    }
}
