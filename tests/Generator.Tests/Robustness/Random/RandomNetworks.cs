using System.Globalization;

namespace E3Gen.Generator.Tests.Robustness.Random;

/// <summary>Random networks in one attribute.</summary>
internal static class RandomNetworks
{
    public static RandomModule Make(Dice dice, bool isBroken)
    {
        var literals = new RandomLiterals(dice);
        int layers = dice.Between(0, 2);
        var edges = new Irreps(Enumerable.Range(0, dice.Between(1, 3)).Select(l => new MulIrrep(1, new Irrep(l, l % 2 == 0 ? 1 : -1))).ToList());
        var hidden = Small(dice, new Irrep(0, 1), 4);
        Irreps? nodes = dice.Chance(50) ? Small(dice, new Irrep(0, 1)) : null, attributes = dice.Chance(25) ? Small(dice, new Irrep(0, 1)) : null;

        // The linear self-connection carries scalars to the output, the edges' harmonics their own irreps.
        var output = RandomIrreps.Of(dice, [new Irrep(0, 1), .. dice.Subset(edges.Skip(1).Select(e => e.Irrep), 50)]);
        var options = new List<string> { $"Output = {Text(output)}", $"EdgeHarmonics = {Text(edges)}", $"MaxRadius = {dice.Pick("2", "3.5", "1e1", "2.5f")}" };
        options.AddRange(layers == 2 && dice.Chance(50) ? [] : [$"Layers = {layers}"]);
        options.AddRange(layers > 0 || dice.Chance(30) ? [$"Hidden = {Text(hidden)}"] : []);
        options.AddRange(nodes is null ? [] : [$"Input = {Text(nodes)}"]);
        options.AddRange(attributes is null ? [] : [$"NodeAttributes = {Text(attributes)}"]);
        options.AddRange(dice.Subset(["NumberOfBasis = 3", "RadialLayers = 2", "RadialNeurons = 5", "NumNeighbors = 3.7", "NumNodes = 5", "ReduceOutput = true", "Constants = MomentConstants.E3nn"], 25));
        options = [.. dice.Shuffle(options)];
        var mistakes = new RandomMistakes(dice);
        if (isBroken)
        {
            mistakes.Plant(options);
        }

        var type = ClassText.OfNetwork(dice, $"[MessagePassingNetwork({string.Join(", ", options)})]");
        if (isBroken && dice.Chance(30))
        {
            mistakes.Plant(type);
        }

        string source = Sample.Usings + type.Write(literals.Declarations);
        return new RandomModule(isBroken && dice.Chance(20) ? mistakes.Garble(source) : source, null, [], isBroken, isBroken ? null : (nodes, attributes, output));

        string Text(Irreps irreps) => string.Create(CultureInfo.InvariantCulture, $"{literals.Write(RandomIrreps.Write(dice, irreps))}");
    }

    private static Irreps Small(Dice dice, Irrep with, int most = 2) =>
        new(dice.Shuffle([with, .. Enumerable.Range(0, dice.Below(most)).Select(_ => new Irrep(dice.Below(3), dice.Pick(1, -1)))]).Distinct().Select(irrep => new MulIrrep(dice.Between(1, 3), irrep)).ToList());
}
