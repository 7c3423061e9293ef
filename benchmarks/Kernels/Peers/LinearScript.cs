using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Peers;

/// <summary>e3nn's Linear as TorchScript: for each pair of equal irreps a tensordot over the copies, with the constant on the weights.</summary>
internal static class LinearScript
{
    /// <summary>A function of [rows, in] and the flat weights.</summary>
    public static Func<Tensor, Tensor, Tensor> Compile(Irreps input, Irreps output)
    {
        var text = new StringBuilder("def forward(x, w):\n    n = x.shape[0]\n");
        var terms = new List<string>[output.Count];
        int weight = 0;
        for (int i = 0; i < input.Count; i++)
        {
            (int u, Irrep irrep) = input[i];
            for (int k = 0; k < output.Count; k++)
            {
                if (output[k].Irrep != irrep)
                    continue;
                int v = output[k].Multiplicity, copies = input.Count(irrep);
                string scale = (1 / Math.Sqrt(copies)).ToString("G15", CultureInfo.InvariantCulture);
                text.Append($"    w{i}_{k} = w[{weight}:{weight + u * v}].reshape([{u}, {v}]) * {scale}\n");
                text.Append($"    x{i}_{k} = x[:, {input.Slices[i].Offset}:{input.Slices[i].End}].reshape([n, {u}, {irrep.Dim}])\n");
                text.Append($"    r{i}_{k} = torch.tensordot(x{i}_{k}, w{i}_{k}, [1], [0]).permute([0, 2, 1]).reshape([n, {output[k].Dim}])\n");
                (terms[k] ??= []).Add($"r{i}_{k}");
                weight += u * v;
            }
        }
        text.Append($"    return torch.cat([{string.Join(", ", terms.Select(t => string.Join(" + ", t)))}], -1)\n");
        var script = TorchScript.Compile(text.ToString());
        return (x, w) => script.Invoke([x, w]);
    }
}
