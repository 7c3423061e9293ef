namespace HierarchicalLearning.Grids;

/// <summary>How large the experiments are.</summary>
/// <param name="Seeds">Repetitions of everything.</param>
internal sealed record Setting(string Name, IReadOnlyList<int> Seeds, GridA A, GridB B, GridC C)
{
    /// <summary>All training systems of up to four waters.</summary>
    private const int AllSystems = 573;

    /// <summary>Sizes of training sets, about evenly spaced in their logarithm.</summary>
    private static readonly int[] Sizes = [18, 42, 100, 240, AllSystems];

    /// <summary>Seconds: that everything runs.</summary>
    public static Setting Smoke { get; } = new("smoke", [1, 2],
        new GridA(["quarter"], Sizes[..2], Steps: 3),
        new GridB(["quarter"], Steps: 4),
        new GridC("quarter", Steps: 4, GridSpacing: 0.8));

    /// <summary>Minutes: every part of the study, too short and too small to conclude from.</summary>
    public static Setting Quick { get; } = new("quick", [1, 2],
        new GridA(["quarter"], Sizes, Steps: 150),
        new GridB(["quarter"], Steps: 300),
        new GridC("quarter", Steps: 1000, GridSpacing: 0.4));

    /// <summary>About two hours on two cores: the committed figures.</summary>
    public static Setting Standard { get; } = new("standard", [1, 2, 3],
        new GridA(["quarter"], Sizes, Steps: 2000),
        new GridB(["paper", "quarter"], Steps: 3000),
        new GridC("paper", Steps: 20_000, GridSpacing: 0.2));

    /// <summary>Days: more repetitions, longer, and experiment A with networks of the paper's width, too.</summary>
    public static Setting Full { get; } = new("full", [1, 2, 3, 4, 5],
        new GridA(["quarter", "paper"], Sizes, Steps: 10_000),
        new GridB(["paper", "quarter"], Steps: 10_000),
        new GridC("paper", Steps: 100_000, GridSpacing: 0.2));

    /// <exception cref="ArgumentException">There is no setting of this name.</exception>
    public static Setting Of(string name) => new[] { Smoke, Quick, Standard, Full }.FirstOrDefault(s => s.Name == name)
        ?? throw new ArgumentException($"There is no setting '{name}'; there are smoke, quick, standard and full.");

    /// <summary>All runs, the long ones first, so that processes end together; then repetition after repetition.</summary>
    public IReadOnlyList<Runs.RunSpec> Runs() => [.. C.Runs(Seeds), .. B.Runs(Seeds), .. A.Runs(Seeds)];
}
