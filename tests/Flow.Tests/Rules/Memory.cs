using E3Gen.Generator.Flow.Values;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules;

/// <summary>Tensors of which the analysis says that they share no memory must not: each is written to, and the others must stay as they are.</summary>
internal static class Memory
{
    public static IEnumerable<string> Mistakes(IReadOnlyDictionary<string, TensorValue> claims, IReadOnlyDictionary<string, Tensor> values)
    {
        var names = claims.Keys.Where(n => values[n].numel() > 0).ToList();
        var bytes = names.ToDictionary(n => n, n => Bytes(values[n]));
        foreach (string written in names)
        {
            var apart = names.Where(n => n != written && !claims[n].Memory.Any(claims[written].Memory.Contains)).ToList();
            if (apart.Count == 0)
            {
                continue;
            }

            Change(values[written].detach());
            var changed = apart.Where(n => !Bytes(values[n]).AsSpan().SequenceEqual(bytes[n])).ToList();
            foreach (string name in names)
            {
                bytes[name] = Bytes(values[name]);
            }

            foreach (string name in changed)
            {
                yield return $"{name} shares memory with {written}";
            }
        }
    }

    /// <summary>Other numbers everywhere. What is laid several times over the same memory is written once.</summary>
    private static void Change(Tensor x)
    {
        using var _ = no_grad();
        long[] strides = x.stride();
        for (int i = 0; i < strides.Length; i++)
        {
            x = strides[i] == 0 ? x.narrow(i, 0, 1) : x;
        }

        if (x.dtype == ScalarType.Bool)
        {
            x.logical_not_();
        }
        else if (x.is_floating_point())
        {
            x.nan_to_num_().mul_(0.37).add_(3.21);
        }
        else
        {
            x.bitwise_xor_(tensor(1, dtype: x.dtype));
        }
    }

    private static byte[] Bytes(Tensor x) => x.detach().contiguous().bytes.ToArray();
}
