namespace HierarchicalLearning.Grids;

/// <summary>How large the experiments are.</summary>
internal sealed record Setting(string Name, GridA A, GridB B, GridC C)
{
    /// <summary>All training systems of up to four waters.</summary>
    private const int AllSystems = 573;

    /// <summary>Sizes of training sets, about evenly spaced in their logarithm.</summary>
    private static readonly int[] Sizes = [18, 42, 100, 240, AllSystems];

    /// <summary>Seconds: that everything runs.</summary>
    public static Setting Smoke { get; } = new("smoke",
        new GridA(["quarter"], Seeds(2), Sizes[..2], Steps: 3),
        new GridB(["quarter"], Seeds(2), Steps: 4),
        new GridC("quarter", Seeds(2), Steps: 4, GridSpacing: 0.8));

    /// <summary>Minutes: every part of the study, too short and too small to conclude from.</summary>
    public static Setting Quick { get; } = new("quick",
        new GridA(["quarter"], Seeds(2), Sizes, Steps: 150),
        new GridB(["quarter"], Seeds(2), Steps: 300),
        new GridC("quarter", Seeds(2), Steps: 1000, GridSpacing: 0.4));

    /// <summary>About two hours on two cores: the committed figures.</summary>
    public static Setting Standard { get; } = new("standard",
        new GridA(["quarter"], Seeds(4), Sizes, Steps: 2000),
        new GridB(["paper", "quarter"], Seeds(3), Steps: 3000),
        new GridC("paper", Seeds(3), Steps: 20_000, GridSpacing: 0.2));

    /// <summary>Days: longer, and experiment A with networks of the paper's width, too.</summary>
    public static Setting Full { get; } = new("full",
        new GridA(["quarter", "paper"], Seeds(5), Sizes, Steps: 10_000),
        new GridB(["paper", "quarter"], Seeds(5), Steps: 10_000),
        new GridC("paper", Seeds(5), Steps: 100_000, GridSpacing: 0.2));

    /// <exception cref="ArgumentException">There is no setting of this name.</exception>
    public static Setting Of(string name) => new[] { Smoke, Quick, Standard, Full }.FirstOrDefault(s => s.Name == name)
        ?? throw new ArgumentException($"There is no setting '{name}'; there are smoke, quick, standard and full.");

    /// <summary>All runs, the long ones first, so that processes end together; then repetition after repetition.</summary>
    public IReadOnlyList<Runs.RunSpec> Runs() => [.. C.Runs(), .. B.Runs(), .. A.Runs()];

    /// <summary>Repetitions.</summary>
    private static int[] Seeds(int count) => [.. Enumerable.Range(1, count)];
}
