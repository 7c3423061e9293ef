using System.Text.RegularExpressions;

namespace E3Gen.Cuda.Tests;

/// <summary>
/// Counts the registers of 32 bits that the numbers of a kernel need at once, as clang orders its instructions. A real compiler may order them otherwise, and takes some more for what is on its way.
/// </summary>
internal static partial class PtxLiveness
{
    /// <summary>The greatest number of registers live at once, of each kernel of a text.</summary>
    /// <param name="ptx">The text.</param>
    public static Dictionary<string, int> Registers(string ptx) =>
        Entry().Matches(Comment().Replace(ptx, "")).ToDictionary(m => m.Groups["name"].Value, m => new Kernel(m.Groups["body"].Value).Most());

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\.entry\s+(?<name>\w+)\s*\([^)]*\)[^{]*\{(?<body>.*?)^\}", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"^\.reg\s+\.(?<type>\w+)\s+(?<name>%\w+)<\d+>")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"%[a-z]+\d+")]
    private static partial Regex Register();

    [GeneratedRegex(@"^(?<label>[$\w]+):\s*")]
    private static partial Regex Label();

    [GeneratedRegex(@"^(@!?(?<predicate>%\w+)\s+)?(?<code>[\w.]+)\s*(?<operands>.*)$", RegexOptions.Singleline)]
    private static partial Regex Instruction();

    /// <summary>Up to a comma: "{%f1, %f2}", "%r1|%p1", "%f1".</summary>
    [GeneratedRegex(@"^(\{[^}]*\}|[^,]*)")]
    private static partial Regex First();

    private sealed record Step(int[] Uses, int[] Defines, bool IsConditional, string? Target, bool Continues);

    private sealed class Kernel
    {
        private readonly Dictionary<string, int> _width = [], _labels = [], _registers = [];
        private readonly List<Step> _steps = [];
        private readonly List<int> _widths = [];

        public Kernel(string body)
        {
            foreach (string part in body.Split(';'))
            {
                Add(part);
            }
        }

        public int Most()
        {
            int words = (_widths.Count + 63) / 64, most = 0;
            var live = _steps.Select(_ => new ulong[words]).Append(new ulong[words]).ToArray(); // before each step; nothing after the last
            var now = new ulong[words];
            for (bool changes = true; changes;)
            {
                changes = false;
                for (int s = _steps.Count - 1; s >= 0; s--)
                {
                    After(s, live, now);
                    foreach (int r in _steps[s].IsConditional ? [] : _steps[s].Defines)
                    {
                        now[r / 64] &= ~(1UL << (r % 64));
                    }

                    Set(now, _steps[s].Uses);
                    if (!now.AsSpan().SequenceEqual(live[s]))
                    {
                        now.CopyTo(live[s], 0);
                        changes = true;
                    }
                }
            }

            for (int s = 0; s < _steps.Count; s++)
            {
                After(s, live, now);
                Set(now, _steps[s].Defines);
                most = Math.Max(most, Math.Max(Sum(now), Sum(live[s])));
            }

            return most;
        }

        private static void Set(ulong[] set, int[] registers)
        {
            foreach (int r in registers)
            {
                set[r / 64] |= 1UL << (r % 64);
            }
        }

        private static int Width(string type) => type switch
        {
            "pred" => 0,
            "b64" or "f64" or "u64" or "s64" => 2,
            "b16" or "b32" or "f32" or "u32" or "s32" or "u16" or "s16" or "f16" => 1,
            _ => throw new NotSupportedException($"Registers of type {type}"),
        };

        private void Add(string part)
        {
            string text = part.Trim();
            while (text.StartsWith('{') || text.StartsWith('}') || Label().IsMatch(text))
            {
                if (Label().Match(text) is { Success: true } label)
                {
                    _labels.Add(label.Groups["label"].Value, _steps.Count);
                    text = text[label.Length..];
                }
                else
                {
                    text = text[1..].Trim(); // of a block: those of vectors are never first
                }
            }

            if (text.Length == 0 || text.StartsWith('.'))
            {
                if (Declaration().Match(text) is { Success: true } declaration)
                {
                    _width[declaration.Groups["name"].Value] = Width(declaration.Groups["type"].Value);
                }

                return;
            }

            var match = Instruction().Match(text);
            string code = match.Groups["code"].Value.Split('.')[0], operands = match.Groups["operands"].Value, predicate = match.Groups["predicate"].Value;
            string first = code is "st" or "bra" or "ret" or "exit" or "bar" or "call" or "red" or "trap" ? "" : First().Match(operands).Value;
            if (code == "brx" || (code == "bra" && operands.Length == 0))
            {
                throw new NotSupportedException(text);
            }

            _steps.Add(new Step(
                Of(predicate + " " + operands[first.Length..]), Of(first), predicate.Length > 0, code == "bra" ? operands.Trim() : null,
                predicate.Length > 0 || code is not ("bra" or "ret" or "exit" or "trap")));
        }

        private int[] Of(string operands) => [.. Register().Matches(operands).Select(m => Of(m)).Distinct()];

        private int Of(Match register)
        {
            if (!_registers.TryGetValue(register.Value, out int number))
            {
                _registers.Add(register.Value, number = _widths.Count);
                _widths.Add(_width[register.Value.TrimEnd("0123456789".ToCharArray())]);
            }

            return number;
        }

        private void After(int step, ulong[][] live, ulong[] result)
        {
            Array.Clear(result);
            foreach (int next in new[] { _steps[step].Continues ? step + 1 : -1, _steps[step].Target is { } target ? _labels[target] : -1 }.Where(n => n >= 0))
            {
                for (int w = 0; w < result.Length; w++)
                {
                    result[w] |= live[next][w];
                }
            }
        }

        private int Sum(ulong[] set)
        {
            int sum = 0;
            for (int r = 0; r < _widths.Count; r++)
            {
                sum += (set[r / 64] >> (r % 64) & 1) == 1 ? _widths[r] : 0;
            }

            return sum;
        }
    }
}
