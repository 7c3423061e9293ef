using E3Gen.Autograd;
using static TorchSharp.torch;

namespace E3Gen.Kernels.Cpu;

/// <summary>
/// A product F(x, y, w), linear in each argument, and its derivatives, on matrices of CPU memory. Without weights w is null,
/// and so is all that belongs to it.
/// </summary>
internal abstract class CoupledProduct
{
    /// <summary>F(x, y, w).</summary>
    public abstract Tensor Forward(Tensor x, Tensor y, Tensor? w);

    /// <summary>Cotangents of x, y and w, as far as they are wanted.</summary>
    public abstract Tensor?[] Backward(Tensor x, Tensor y, Tensor? w, Tensor g, bool[] wanted);

    /// <summary>F(ax, y, w) + F(x, ay, w) + F(x, y, aw).</summary>
    public abstract Tensor ForwardDirection(Tensor x, Tensor y, Tensor? w, Tensor ax, Tensor ay, Tensor? aw);

    /// <summary>The derivatives of <see cref="Backward"/> in the direction (ax, ay, aw).</summary>
    public abstract Tensor?[] BackwardDirection(Tensor x, Tensor y, Tensor? w, Tensor ax, Tensor ay, Tensor? aw, Tensor g, bool[] wanted);

    /// <summary>The product as a differentiable function.</summary>
    public Tensor Apply(Tensor x, Tensor y, Tensor? w) => new Function(this).Apply(w is null ? [x, y] : [x, y, w])[0];

    private Tensor?[] Gradient(Tensor x, Tensor y, Tensor? w, Tensor g, bool x1, bool y1, bool w1)
    {
        bool[] wanted = [x1, y1, w1 && w is not null];
        var results = new Tensor?[3];
        if (x1 || y1 || wanted[2])
        {
            var found = new GradientFunction(this, wanted).Apply(w is null ? [x, y, g] : [x, y, w, g]);
            for (int i = 0, next = 0; i < 3; i++)
            {
                results[i] = wanted[i] ? found[next++] : null;
            }
        }

        return results;
    }

    private static Tensor? Sum(Tensor? a, Tensor? b) => a is null ? b : b is null ? a : a.add(b);

    private sealed class Function(CoupledProduct product) : DifferentiableFunction
    {
        protected internal override Tensor[] Forward(Tensor[] inputs) =>
            [product.Forward(inputs[0], inputs[1], inputs.Length > 2 ? inputs[2] : null)];

        protected internal override Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed)
        {
            if (gradients[0] is not { } g)
            {
                return new Tensor?[inputs.Length];
            }

            var found = product.Gradient(
                inputs[0], inputs[1], inputs.Length > 2 ? inputs[2] : null, g, needed[0], needed[1], inputs.Length > 2 && needed[2]);
            return inputs.Length > 2 ? found : [found[0], found[1]];
        }
    }

    /// <summary>(x, y, w, g) → the wanted cotangents of x, y, w.</summary>
    private sealed class GradientFunction(CoupledProduct product, bool[] wanted) : DifferentiableFunction
    {
        protected internal override Tensor[] Forward(Tensor[] inputs)
        {
            var (x, y, w, g) = Arguments(inputs);
            return [.. product.Backward(x, y, w, g, wanted).Where(t => t is not null).Select(t => t!)];
        }

        protected internal override Tensor?[] Backward(Tensor[] inputs, Tensor?[] gradients, bool[] needed)
        {
            var (x, y, w, g) = Arguments(inputs);
            var directions = new Tensor?[3];
            for (int i = 0, next = 0; i < 3; i++)
            {
                directions[i] = wanted[i] ? gradients[next++] : null;
            }

            var (ax, ay, aw) = (directions[0], directions[1], directions[2]);
            bool[] needs = [needed[0], needed[1], w is not null && needed[2], needed[^1]];
            if (ax is null && ay is null && aw is null)
            {
                return new Tensor?[inputs.Length];
            }

            Tensor?[] found = is_grad_enabled() ? Compose(x, y, w, g, ax, ay, aw, needs) : Fuse(x, y, w, g, ax, ay, aw, needs);
            return w is null ? [found[0], found[1], found[3]] : found;
        }

        private static (Tensor X, Tensor Y, Tensor? W, Tensor G) Arguments(Tensor[] inputs) =>
            inputs.Length > 3 ? (inputs[0], inputs[1], inputs[2], inputs[3]) : (inputs[0], inputs[1], null, inputs[2]);

        /// <summary>Two passes of kernels.</summary>
        private Tensor?[] Fuse(Tensor x, Tensor y, Tensor? w, Tensor g, Tensor? ax, Tensor? ay, Tensor? aw, bool[] needs)
        {
            (ax, ay) = (ax ?? zeros_like(x), ay ?? zeros_like(y));
            aw ??= w is null ? null : zeros_like(w);
            var results = new Tensor?[4];
            if (needs[0] || needs[1] || needs[2])
            {
                product.BackwardDirection(x, y, w, ax, ay, aw, g, needs[..3]).CopyTo(results, 0);
            }

            results[3] = needs[3] ? product.ForwardDirection(x, y, w, ax, ay, aw) : null;
            return results;
        }

        /// <summary>
        /// The same out of differentiable functions: the product is linear in each argument,
        /// so every term is the product or its gradient again.
        /// </summary>
        private Tensor?[] Compose(Tensor x, Tensor y, Tensor? w, Tensor g, Tensor? ax, Tensor? ay, Tensor? aw, bool[] needs)
        {
            var results = new Tensor?[4];
            void Add(Tensor?[] terms)
            {
                for (int i = 0; i < 3; i++)
                {
                    results[i] = Sum(results[i], terms[i]);
                }
            }

            if (ax is not null)
            {
                Add(product.Gradient(ax, y, w, g, false, needs[1], needs[2]));
                results[3] = needs[3] ? Sum(results[3], product.Apply(ax, y, w)) : null;
            }

            if (ay is not null)
            {
                Add(product.Gradient(x, ay, w, g, needs[0], false, needs[2]));
                results[3] = needs[3] ? Sum(results[3], product.Apply(x, ay, w)) : null;
            }

            if (aw is not null)
            {
                Add(product.Gradient(x, y, aw, g, needs[0], needs[1], false));
                results[3] = needs[3] ? Sum(results[3], product.Apply(x, y, aw)) : null;
            }

            return results;
        }
    }
}
