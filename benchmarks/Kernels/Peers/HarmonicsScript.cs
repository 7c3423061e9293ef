using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace E3Gen.Benchmarks.Kernels.Peers;

/// <summary>
/// Spherical harmonics as e3nn evaluates them: one tensor operation for each arithmetic one, on columns of the unit vectors; closed forms up to l = 3, recursion from there.
/// </summary>
internal static class HarmonicsScript
{
    public static Func<Tensor, Tensor> Compile(int lmax)
    {
        var text = new StringBuilder(
            """
            def forward(v):
                v = v / v.norm(2, [-1], True).clamp_min(1e-12).expand_as(v)
                x = v[..., 0]
                y = v[..., 1]
                z = v[..., 2]
                y2 = y.pow(2)
                x2z2 = x.pow(2) + z.pow(2)
                y0_0 = torch.ones_like(x)
                y1_0 = 1.73205080756888 * x
                y1_1 = 1.73205080756888 * y
                y1_2 = 1.73205080756888 * z
                y2_0 = 3.87298334620742 * x * z
                y2_1 = 3.87298334620742 * x * y
                y2_2 = 2.23606797749979 * (y2 - 0.5 * x2z2)
                y2_3 = 3.87298334620742 * y * z
                y2_4 = 1.93649167310371 * (z.pow(2) - x.pow(2))
                y3_0 = 1.08012344973464 * (y2_0 * z + y2_4 * x)
                y3_1 = 2.64575131106459 * y2_0 * y
                y3_2 = 1.62018517460197 * (4.0 * y2 - x2z2) * x
                y3_3 = 1.3228756555323 * y * (2.0 * y2 - 3.0 * x2z2)
                y3_4 = 1.62018517460197 * z * (4.0 * y2 - x2z2)
                y3_5 = 2.64575131106459 * y2_4 * y
                y3_6 = 1.08012344973464 * (y2_4 * z - y2_0 * x)

            """).Replace("\r", "");
        for (int l = 4; l <= lmax; l++)
        {
            double scale = (2 * l + 1) / Math.Sqrt(l);
            foreach (var component in Wigner3j.Nonzero(l - 1, 1, l).GroupBy(t => t.K).OrderBy(g => g.Key))
            {
                var terms = component.Select(t => $"{(scale * t.ToDouble()).ToString("G15", CultureInfo.InvariantCulture)} * y{l - 1}_{t.I} * {"xyz"[t.J]}");
                text.Append($"    y{l}_{component.Key} = {string.Join(" + ", terms)}\n");
            }
        }
        var all = Enumerable.Range(0, lmax + 1).SelectMany(l => Enumerable.Range(0, 2 * l + 1).Select(k => $"y{l}_{k}"));
        text.Append($"    return torch.stack([{string.Join(", ", all)}], -1)\n");
        var script = TorchScript.Compile(text.ToString());
        return v => script.Invoke([v]);
    }
}
