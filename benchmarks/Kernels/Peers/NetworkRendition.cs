using E3Gen.Benchmarks.Kernels.Contestants;
using E3Gen.Benchmarks.Kernels.Operations;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Peers;

/// <summary>e3nn's gate_points_2101 of its own pieces as rewritten here: products and linear maps in TorchScript, the rest tensor operations.</summary>
internal sealed class NetworkRendition
{
    private readonly NetworkShape shape;
    private readonly Layer[] layers;
    private readonly Func<Tensor, Tensor> harmonics;

    private NetworkRendition(NetworkShape shape, IReadOnlyDictionary<string, Parameter> parameters)
    {
        this.shape = shape;
        harmonics = HarmonicsScript.Compile(shape.Lmax);
        layers = [.. shape.AllLayers().Select(l => new Layer(l, shape.Neighbors, parameters))];
    }

    /// <param name="shape">The network.</param>
    /// <param name="like">Has its parameters.</param>
    /// <param name="nodes">Node features.</param>
    /// <param name="graph">Edges.</param>
    public static Contestant Create(NetworkShape shape, Contestant like, Tensor nodes, Graph graph)
    {
        var parameters = like.Parameters.ToDictionary(p => p.Key, p => nn.Parameter(zeros_like(p.Value)));
        var network = new NetworkRendition(shape, parameters);
        return new Contestant(Contestant.Rendition, inputs => network.Forward(inputs[0], nodes, graph), parameters);
    }

    private Tensor Forward(Tensor positions, Tensor nodes, Graph graph)
    {
        Tensor vectors = positions.index_select(0, graph.Source) - positions.index_select(0, graph.Destination);
        Tensor lengths = vectors.norm(1);
        Tensor attributes = SmoothCutoff(lengths / shape.Cutoff).unsqueeze(1) * harmonics(vectors);
        Tensor steps = (lengths.unsqueeze(1) - linspace(0, shape.Cutoff, NetworkShape.Basis)) / (shape.Cutoff / (NetworkShape.Basis - 1));
        Tensor embedding = steps.square().neg().exp() * (Math.Sqrt(NetworkShape.Basis) / 1.12);
        Tensor one = ones(nodes.size(0), 1), x = nodes;
        foreach (Layer layer in layers)
            x = layer.Forward(x, one, attributes, embedding, graph);
        return x;
    }

    private static Tensor SmoothCutoff(Tensor x)
    {
        Tensor u = 2 * (x - 1);
        return ((1 - (Math.PI * u).cos()) / 2).masked_fill(u > 0, 0).masked_fill(u < -1, 1);
    }

    private static Tensor Activate(Tensor x, ActivationFunction function)
    {
        Tensor y = function switch
        {
            ActivationFunction.Silu => nn.functional.silu(x),
            ActivationFunction.Tanh => x.tanh(),
            _ => x.sigmoid(),
        };
        return y * Activations.Constant(function, MomentConstants.E3nn);
    }

    private sealed class Layer
    {
        private readonly LayerShape shape;
        private readonly double neighbors;
        private readonly Parameter self, linear1, linear2, hidden, radial;
        private readonly Func<Tensor[], Tensor> selfConnection, first, messages, second;
        private readonly Tensor share;

        public Layer(LayerShape shape, double neighbors, IReadOnlyDictionary<string, Parameter> parameters)
        {
            (this.shape, this.neighbors) = (shape, neighbors);
            Parameter Named(string name) => parameters[$"{shape.Name}.{name}.weight"];
            (self, linear1, linear2, hidden, radial) = (Named("sc"), Named("lin1"), Named("lin2"), Named("fc.layer0"), Named("fc.layer1"));
            selfConnection = ProductScript.Compile(shape.SelfConnection);
            first = ProductScript.Compile(shape.Linear1);
            messages = ProductScript.Compile(shape.Messages);
            second = ProductScript.Compile(shape.Linear2);
            // The convolution's part: cos π/8, or all where the self-connection has no path.
            share = tensor(shape.Output.SelectMany(o => Enumerable.Repeat(shape.Input.Contains(o.Irrep) ? (float)Math.Cos(Math.PI / 8) : 1f, o.Dim)).ToArray());
        }

        public Tensor Forward(Tensor x, Tensor one, Tensor attributes, Tensor embedding, Graph graph)
        {
            Tensor inner = Activate(embedding.matmul(hidden / Math.Sqrt(hidden.size(0))), ActivationFunction.Silu);
            Tensor weights = inner.matmul(radial / Math.Sqrt(radial.size(0)));
            Tensor skip = selfConnection([x, one, self]);
            Tensor edges = messages([first([x, one, linear1]).index_select(0, graph.Source), attributes, weights]);
            Tensor sums = zeros(x.size(0), edges.size(1)).index_add(0, graph.Destination, edges, 1) / Math.Sqrt(neighbors);
            Tensor result = Math.Sin(Math.PI / 8) * skip + share * second([sums, one, linear2]);
            return shape.Gate is { } gate ? Open(gate, result) : result;
        }

        private static Tensor Open(GateShape gate, Tensor x)
        {
            Tensor[] columns = [.. gate.Columns.Select(c => x.narrow(1, c.Offset, c.Length))];
            int scalars = gate.Scalars.Length, gated = gate.Gated.Length;
            var results = new Tensor[scalars + gated];
            for (int i = 0; i < scalars; i++)
                results[i] = Activate(columns[i], gate.Scalars[i].Irrep.Parity > 0 ? ActivationFunction.Silu : ActivationFunction.Tanh);
            for (int i = 0; i < gated; i++)
            {
                Tensor open = Activate(columns[scalars + i], ActivationFunction.Sigmoid), closed = columns[scalars + gated + i];
                results[scalars + i] = (closed.reshape(x.size(0), open.size(1), -1) * open.unsqueeze(2)).reshape(x.size(0), -1);
            }
            return cat(results, 1);
        }
    }
}
