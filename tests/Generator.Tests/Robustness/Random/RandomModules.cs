using CsCheck;

namespace E3Gen.Generator.Tests.Robustness.Random;

/// <summary>Random modules and networks: such as E3Gen must accept, and the same with mistakes.</summary>
internal static class RandomModules
{
    public static Gen<RandomModule> Valid { get; } = new Thrown<RandomModule>(dice => Make(dice, isBroken: false), module => module.Text.Length);

    /// <summary>Declarations without mistakes, and a forward with a step that may break equivariance or not.</summary>
    public static Gen<RandomModule> Doubtful { get; } = new Thrown<RandomModule>(dice => Module(dice, isBroken: false, isDoubtful: true), module => module.Text.Length);

    /// <summary>Networks of any parities, right or wrong.</summary>
    public static Gen<RandomModule> Networks { get; } = new Thrown<RandomModule>(RandomNetworks.Varied, module => module.Text.Length);

    public static Gen<RandomModule> Broken { get; } = new Thrown<RandomModule>(dice => Make(dice, isBroken: true), module => module.Text.Length);

    private static RandomModule Make(Dice dice, bool isBroken) => dice.Chance(12) ? RandomNetworks.Make(dice, isBroken) : Module(dice, isBroken);

    private static RandomModule Module(Dice dice, bool isBroken, bool isDoubtful = false)
    {
        var literals = new RandomLiterals(dice);
        var operations = new RandomOperations(dice, literals);
        var forward = isDoubtful || dice.Chance(60) ? new RandomForward(dice, operations, isDoubtful || (isBroken && dice.Chance(50))) : null;
        for (int i = isDoubtful ? 0 : dice.Between(forward is null ? 1 : 0, 3); i > 0; i--)
        {
            operations.Any();
        }

        bool declaresMistakes = isBroken && dice.Chance(60);
        var mistakes = new RandomMistakes(dice);
        var methods = operations.Operations.Select(o => MethodText.Of(dice, o)).ToList();
        if (declaresMistakes && methods.Count > 0)
        {
            mistakes.Plant(methods);
        }

        var type = ClassText.Of(dice, forward is not null);
        if (declaresMistakes && dice.Chance(35))
        {
            mistakes.Plant(type);
        }

        if (type.Modifiers.Contains("sealed"))
        {
            methods.ForEach(m => m.Modifiers = m.Modifiers.Replace("protected ", "").Replace("virtual ", "")); // which a sealed class cannot have
        }

        var members = dice.Shuffle(methods.Select(m => m.ToString()).Concat(literals.Declarations)).ToList();
        if (forward is not null)
        {
            string input = RandomIrreps.Write(dice, forward.Input).Trim(), output = RandomIrreps.Write(dice, forward.Output).Trim();
            string body = string.Join("\n        ", forward.Lines);
            members.Add($"private static Tensor Helper(Tensor y) => y;");
            members.Add($"[return: Irreps({literals.Write(output, depth: 9)})]\n    public override Tensor forward([Irreps({literals.Write(input, depth: 9)})] Tensor x)\n    {{\n        {body}\n    }}");
        }

        string source = Sample.Usings + type.Write(members);
        source = isBroken && !declaresMistakes && dice.Chance(50) ? mistakes.Garble(source) : source;
        return new RandomModule(
            source,
            forward is null ? null : (forward.Input, forward.Output),
            isBroken || isDoubtful ? [] : operations.Operations,
            isBroken || isDoubtful);
    }
}
