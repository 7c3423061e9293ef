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
        if (layers == 0 && nodes is null)
        {
            options.Remove("ReduceOutput = true"); // odd harmonics of both directions of all edges add up to zero
        }

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

    /// <summary>
    /// Any parities everywhere, also where they are wrong: whether such a network is right is for E3Gen to say, and for a measurement.
    /// </summary>
    public static RandomModule Varied(Dice dice)
    {
        int odd = dice.Chance(20) ? 1 : -1; // as if edges were pseudovectors
        var degrees = dice.Subset([0, 0, 1, 1, 2, 3], 45).Distinct().Append(dice.Below(3));
        var edges = new Irreps(degrees.Select(l => new MulIrrep(dice.Between(1, 2), new Irrep(l, Parity(l)))).ToList());
        var hidden = Small(dice, Any(), 5);
        var nodes = dice.Chance(70) ? Small(dice, Any()) : null;

        // Two copies at least: (u × a) · a of a single one is zero, which no selection rule says.
        var attributes = dice.Chance(35)
            ? new Irreps(Small(dice, dice.Chance(60) ? new Irrep(0, 1) : Any()).Select(e => new MulIrrep(e.Multiplicity + 1, e.Irrep)).ToList())
            : null;
        var output = RandomIrreps.Of(dice, dice.Chance(70) ? [dice.Pick([.. hidden]).Irrep] : [Any(), Any()]);
        int layers = dice.Between(0, 3);
        List<string> options = [$"Output = \"{output}\"", $"EdgeHarmonics = \"{edges}\"", "MaxRadius = 9", "RadialNeurons = 8", $"Layers = {layers}"];
        options.AddRange(layers > 0 ? [$"Hidden = \"{hidden}\""] : []);
        options.AddRange(nodes is null ? [] : [$"Input = \"{nodes}\""]);
        options.AddRange(attributes is null ? [] : [$"NodeAttributes = \"{attributes}\""]);
        options.AddRange(dice.Subset(["ReduceOutput = true", "Constants = MomentConstants.E3nn", "NumNeighbors = 5"], 25));
        string network = $"[MessagePassingNetwork({string.Join(", ", options)})]\ninternal sealed partial class Network;\n";
        string source = $"{Sample.Usings}namespace {RandomModule.Number};\n\n{network}";
        return new RandomModule(source, null, [], IsDoubtful: true, (nodes, attributes, output));

        Irrep Any() => new(dice.Below(3), dice.Pick(1, -1));

        int Parity(int l) => (l % 2 == 0 ? 1 : odd) * (dice.Chance(3) ? -1 : 1);
    }

    private static Irreps Small(Dice dice, Irrep with, int most = 2) =>
        new(dice.Shuffle([with, .. Enumerable.Range(0, dice.Below(most)).Select(_ => new Irrep(dice.Below(3), dice.Pick(1, -1)))]).Distinct().Select(irrep => new MulIrrep(dice.Between(1, 3), irrep)).ToList());
}
