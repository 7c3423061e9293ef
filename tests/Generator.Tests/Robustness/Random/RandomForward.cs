using System.Globalization;

namespace E3Gen.Generator.Tests.Robustness.Random;

/// <summary>Writes the body of a forward that chains operations and ordinary tensor code, as it should be or with a step that breaks equivariance as a rule.</summary>
internal sealed class RandomForward
{
    /// <summary>What keeps the irreps of {0}.</summary>
    private static readonly string[] Keeping =
    [
        "-{0}", "{0} * 2.0", "{0} / 3", "0.5 * {0}", "{0}.clone()", "{0}.contiguous()", "{0} + {0}", "{0} - 0.5 * {0}", "{0}.add({0})", "{0}.mul(0.3)", "torch.neg({0})", "torch.add({0}, {0})",
        "{0}.to(ScalarType.Float64)", "{0}.mean([0L], keepdim: true) - {0}", "{0}.unsqueeze(0).squeeze(0)", "torch.zeros_like({0}) + {0}", "{0}.flip(0)", "{0}.cumsum(0)", "{0}.roll(1, 0)",
        "(x.shape[0] > 2 ? {0} : -{0})", "x.shape[0] switch {{ > 3 => {0}, _ => -{0} }}", "{0}.index_select(0, torch.tensor(new long[] {{ 1, 0, 2, 3, 5, 4 }}))", "({0}, x).Item1", "{0} ?? throw null!",
        "torch.cat(new[] {{ {0}, {0} }}, 0).narrow(0, 1, x.shape[0])", "torch.stack(new[] {{ {0}, {0} }}, 0).sum(dim: 0)", "new System.Func<Tensor, Tensor>(y => -y)({0})",
    ];

    /// <summary>What keeps the irreps of {0} under special circumstances or never; {1} is another value.</summary>
    private static readonly string[] Doubtful =
    [
        "torch.nn.functional.relu({0})", "torch.relu({0})", "{0}.exp()", "{0}.tanh()", "{0}.abs()", "{0}.sigmoid()", "{0}.sin()", "{0}.cos()", "{0}.pow(2)", "{0}.pow(3)", "{0}.square()", "{0}.clamp(-1, 1)",
        "{0}.clamp(0, 1)", "{0}.round()", "{0}.floor()", "{0}.sign()", "torch.nn.functional.softmax({0}, -1)", "torch.nn.functional.softmax({0}, 0)", "{0}.softmax(1)", "{0}.cumsum(-1)", "{0}.cumsum(1)",
        "{0}.flip(-1)", "{0}.flip(1)", "{0}.roll(1, -1)", "{0}.roll(1, 1)", "{0}.roll(1)", "{0} + 1.0", "1 - {0}", "{0} - {0}.mean()", "{0} + torch.ones_like({0})", "{0} * {1}", "{0} * {0}", "{0} / {1}", "{0} + {1}",
        "torch.maximum({0}, {1})", "torch.where({0} > 0, {0}, {1})", "torch.where({0} > 0, {0}, -{0})", "{0}.masked_fill({0} < 0, 0)", "{0} * x[.., ..1]", "{0} * x.narrow(-1, 0, 1)", "{0} + x[.., 0..1]",
        "{0} * {0}[.., ..1]", "{0} * {0}.select(-1, 0).unsqueeze(-1)", "{0}.matmul({0}.t()).matmul({0})", "{0}.t().t()", "{0}.transpose(0, 1).flip(1).transpose(0, 1)", "{0}.reshape(x.shape[0], -1)",
        "{0}.flatten().reshape(x.shape[0], -1)", "{0}.repeat(2, 1)[..6]", "{0} * {0}.max()", "{0} * {0}.sum()", "{0} * {0}.norm()", "{0} / {0}.norm(-1, true)", "{0} * {0}.norm(0, true)",
        "torch.nn.functional.normalize({0})", "torch.nn.functional.normalize({0}, dim: 0)", "torch.lerp({0}, {1}, torch.tensor(0.3, dtype: x.dtype))", "{0}.reciprocal()", "{0} * ({0} > 0).to(x.dtype)", "{0}.T.T", "{0}.mT.mT",
        "{0}.sort(-1).Values", "{0}.max(0, true).values + {0}", "{0}.expand(2, -1, -1)[1]", "{0}.movedim(0, 1).movedim(0, 1)", "{0}.swapaxes(0, 1).swapaxes(0, 1)", "{0} * x", "{0} + x", "{0}.addcmul({0}, {1})",
        "{0}.index_select(-1, torch.arange({0}.shape[1] - 1, -1, -1))", "torch.cat(new[] {{ {0}, {1} }}, -1)", "torch.cat(new[] {{ {1}, {0} }}, 1)", "{0}.sum(-1, true)", "{0}.mean([1L], true)", "{0}.norm(1, true)",
        "{0}.narrow(-1, 1, 1)", "{0}[.., 1..]", "{0}[.., ..^1]", "{0}[.., ^1..]", "{0}.chunk(2, -1)[0]", "{0}.split(1, -1)[0]", "{0}.narrow(1, 0, 1)", "torch.zeros_like({0})", "torch.ones_like({0})", "{0}.repeat(1, 2)",
        "{0}.select(1, 0).unsqueeze(1)", "{0}.unsqueeze(1).sum(1)", "{0}.unsqueeze(1).squeeze()", "({0} * {1}).sum(-1, true)", "({0} * {0}).sum(-1, true)", "torch.linalg.cross({0}, {1})", "({0} - {1}).norm(-1, true)",
        "{0}.mul({1}).mul({1})", "{0} % 2", "torch.where(x.sum(-1, true) > 0, {0}, {1})", "{0}.gather(-1, torch.zeros_like({0}).to(ScalarType.Int64))", "{0}.index(TensorIndex.Ellipsis, TensorIndex.Slice(0, 1))",
        "{0}.to(ScalarType.Int64).to(x.dtype)", "{0}.amax(0, true) * {0}", "{0}.prod(-1, true)", "{0}.std() * {0}", "{0}.var(1, keepdim: true)", "{0}.view(-1, 1).view(x.shape[0], -1)", "null!",
        "{0}.alias()", "{0}.deg2rad()", "{0}.fill_(1)", "{0}.detach().add_(1)", "new System.Func<Tensor, Tensor>(y => y.exp())({0})", "{0}.to(x.dtype).relu_()", "Helper({0})",
    ];

    /// <summary>Statements that write to {0}.</summary>
    private static readonly string[] Writing =
    [
        "{0}.add_(1.0);", "{0}.mul_(2.0);", "{0}.mul_({1});", "torch.nn.functional.relu({0}, inplace: true);", "{0}.abs_();", "{0}.tanh_();", "{0}[.., 0] = 1;", "{0}[.., 0..1] = {0}[.., 1..2];", "{0}[..1] = 0;", "{0}[0] = {0}[1];",
        "{0}.narrow(-1, 0, 1).add_(1);", "{0}.narrow(0, 0, 1).add_(1);", "var s{3} = {0}[.., ..1]; s{3}.abs_();", "var s{3} = {0}.narrow(-1, 0, 1); s{3}.add_(1.0);", "{0}.copy_({1});", "{0}.zero_();", "{0}.fill_(1);",
        "var s{3} = {0}; s{3}.add_(1);", "var s{3} = {0}.view(-1); s{3}.add_(1);", "foreach (var s{3} in {0}.unbind(0)) s{3}.add_(1);", "var (s{3}, t{3}) = ({0}, {1}); s{3}.mul_(t{3});", "({0}, x) = (x, {0});",
        "void Write{3}(Tensor y) => y.add_(1); Write{3}({0});", "if (x.shape[0] > 2) {0} = {0}.abs();", "for (int i = 0; i < 2; i++) {0} = {0}.abs();", "while ({0}.shape[0] > 100) {0} = {1};", "{0} = {0}.exp().log();",
        "try {{ {0} = {0}.abs(); }} finally {{ {0} = -{0}; }}", "goto end{3}; end{3}: {0} = -{0};", "{0} += 1;", "{0} *= {1};", "{0} -= {1};", "{0}.masked_fill_({0} < 0, 0);", "switch (x.shape[0]) {{ case 6: {0} = {0}.square(); break; }}",
    ];

    private readonly Dice _dice;
    private readonly RandomOperations _operations;
    private readonly List<(string Name, Irreps Irreps)> _values;
    private readonly List<string> _lines = [];

    /// <param name="dice">The choices.</param>
    /// <param name="operations">Declares operations as they are needed.</param>
    /// <param name="isBroken">Whether there are doubtful steps.</param>
    public RandomForward(Dice dice, RandomOperations operations, bool isBroken)
    {
        (_dice, _operations) = (dice, operations);
        Input = RandomIrreps.Some(dice);
        _values = [("x", Input)];
        int steps = dice.Between(1, 4), doubtful = isBroken ? dice.Below(steps) : -1;
        for (int i = 0; i < steps; i++)
        {
            Step();
            if (i == doubtful)
            {
                Doubt();
            }
        }

        var (name, irreps) = _values[^1];
        Output = irreps;
        _lines.Add($"return {name};");
    }

    public Irreps Input { get; }

    public Irreps Output { get; private set; }

    public IReadOnlyList<string> Lines => _lines;

    private void Step()
    {
        var (name, irreps) = _dice.Pick(_values);
        switch (_dice.Below(9))
        {
            case 0 or 1:
                Call(_operations.Linear(irreps), name);
                break;
            case 2:
                var other = _dice.Pick(_values);
                var product = _operations.TensorProduct(irreps, other.Irreps);
                if (product.Output.Dim < 100 && product.Output.Lmax <= 6)
                {
                    Call(product, Mixed(name, irreps, product.Input), Mixed(other.Name, other.Irreps, product.Arguments[1].Irreps!));
                }

                break;
            case 3:
                var gate = _operations.Gate(irreps);
                if (gate.Input.All(e => e.Irrep.IsScalar || irreps.Contains(e.Irrep)))
                {
                    Call(gate, Mixed(name, irreps, gate.Input));
                }

                break;
            case 4 when irreps.Contains(new Irrep(1, -1)) || irreps.Contains(new Irrep(1, 1)):
                var harmonics = _operations.Harmonics(irreps.Contains(new Irrep(1, -1)) ? -1 : 1);
                if (irreps.Contains(harmonics.Input[0].Irrep))
                {
                    Call(harmonics, Mixed(name, irreps, harmonics.Input));
                }

                break;
            case 5 when irreps.Dim < 50:
                var second = _dice.Pick(_values);
                Set($"torch.cat(new[] {{ {name}, {second.Name} }}, {_dice.Pick("-1", "1", "dim: -1")})", irreps + second.Irreps);
                break;
            case 6 when irreps.Count > 1:
                int first = _dice.Below(irreps.Count), count = _dice.Between(1, irreps.Count - first);
                int start = irreps.Slices[first].Offset;
                var part = irreps.Slice(first, count);
                Set(_dice.Pick($"{name}[.., {start}..{start + part.Dim}]", $"{name}.narrow(-1, {start}, {part.Dim})", $"{name}.slice(1, {start}, {start + part.Dim}, 1)"), part);
                break;
            default:
                Set(Format(_dice.Pick(Keeping), name), irreps);
                break;
        }
    }

    /// <summary>A step of which it is the analyzer's business to say whether it is right.</summary>
    private void Doubt()
    {
        var (name, irreps) = _values[^1];
        string other = _dice.Pick(_values).Name, written = Otherwise(irreps).ToString();
        if (_dice.Chance(30) && name != "x")
        {
            _lines.Add(Format(_dice.Pick(Writing), name, other, written));
            _values[^1] = (name, Claim(irreps));
        }
        else
        {
            Set(Format(_dice.Pick(Doubtful), name, other, written), Claim(irreps));
        }
    }

    /// <summary>What might be thought to come out.</summary>
    private Irreps Claim(Irreps irreps) => _dice.Below(6) switch
    {
        0 => Otherwise(irreps),
        1 => new Irreps([new MulIrrep(irreps.Dim, new Irrep(0, 1))]),
        2 => new Irreps([new MulIrrep(1, new Irrep(0, 1))]),
        _ => irreps,
    };

    /// <summary>Other irreps, most often of the same dimension.</summary>
    private Irreps Otherwise(Irreps irreps) => _dice.Below(4) switch
    {
        0 => new Irreps(irreps.Select(e => new MulIrrep(e.Multiplicity, new Irrep(e.Irrep.L, e.Irrep.L == 0 ? 1 : e.Irrep.Parity))).ToList()),
        1 => new Irreps(_dice.Shuffle(irreps)),
        2 => new Irreps(irreps.Select(e => new MulIrrep(e.Multiplicity, new Irrep(e.Irrep.L, _dice.Pick(1, -1)))).ToList()),
        _ => irreps + irreps,
    };

    /// <summary>The value, through a linear map where it has not the irreps that are wanted.</summary>
    private string Mixed(string name, Irreps irreps, Irreps wanted)
    {
        if (irreps == wanted)
        {
            return name;
        }

        bool needsBias = wanted.Any(e => e.Irrep.IsScalar) && !irreps.Contains(new Irrep(0, 1));
        var operation = _operations.LinearTo(irreps, wanted, needsBias);
        return $"{operation.Name}({name})";
    }

    private void Call(RandomOperation operation, params IReadOnlyList<string> arguments)
    {
        string weights = operation.Arguments is [_, _, { Irreps: { } passed, Rows: var rows }]
            ? $", torch.ones({(rows == RandomRows.None ? "" : "x.shape[0], ")}{passed.Dim}, dtype: x.dtype)"
            : "";
        Set($"{operation.Name}({string.Join(", ", arguments)}{weights})", operation.Output);
    }

    private void Set(string expression, Irreps irreps)
    {
        if (_dice.Chance(25) && _values.Count > 1)
        {
            int i = _values.Count - 1;
            _lines.Add($"{_values[i].Name} = {expression};");
            _values[i] = (_values[i].Name, irreps);
        }
        else
        {
            string name = $"v{_values.Count}";
            _lines.Add($"{_dice.Pick("var", "Tensor")} {name} = {expression};");
            _values.Add((name, irreps));
        }
    }

    private string Format(string template, string value, string other = "x", string irreps = "0e") =>
        string.Format(CultureInfo.InvariantCulture, template, value, other, irreps, _lines.Count);
}
