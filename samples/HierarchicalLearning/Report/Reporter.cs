using HierarchicalLearning.Grids;
using HierarchicalLearning.Runs;

namespace HierarchicalLearning.Report;

/// <summary>From finished runs to table, figures and numbers.</summary>
internal static class Reporter
{
    public const string Table = "results.csv.gz";

    /// <summary>Gathers a grid's finished runs into the table.</summary>
    public static void Gather(Setting setting, RunStore store, string folder)
    {
        Directory.CreateDirectory(folder);
        RunSpec[] finished = [.. setting.Runs().Where(store.Has)];
        ResultTable.Save(Path.Combine(folder, Table), finished.SelectMany(s => ResultTable.Of(store.Load(s))));
    }

    /// <summary>Draws the figures and writes the numbers of a folder's table, from nothing else.</summary>
    public static void Draw(string folder)
    {
        List<ResultRow> table = ResultTable.Load(Path.Combine(folder, Table));
        FiguresOfA.Save(folder, table);
        FiguresOfB.Save(folder, table);
        FiguresOfC.Save(folder, table);
        NumbersPage.Save(Path.Combine(folder, "numbers.md"), table);
    }
}
