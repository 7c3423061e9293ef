namespace E3Gen.CodeFixes.Completion;

/// <summary>What completion says of an item beside the list.</summary>
internal static class Descriptions
{
    private static readonly string[] Names = ["scalar", "pseudoscalar", "vector", "pseudovector"];

    /// <summary>0 for scalars, 1 for pseudoscalars, and so on: the order of the list.</summary>
    public static int Order(Irrep irrep) => (2 * irrep.L) + (irrep.Parity == (irrep.L % 2 == 0 ? 1 : -1) ? 0 : 1);

    public static string Short(Irrep irrep) => Order(irrep) < Names.Length ? Names[Order(irrep)] : $"{irrep.Dim} components";

    /// <param name="irrep">The irrep.</param>
    /// <param name="copies">How many of it.</param>
    public static string Of(Irrep irrep, int copies)
    {
        string kind = Order(irrep) < Names.Length ? $", a {Names[Order(irrep)]}" : "";
        string all = copies == 1 ? "" : $", {(long)copies * irrep.Dim} in {copies} copies";
        return $"{irrep}{kind}: l = {irrep.L}, {(irrep.Parity > 0 ? "even" : "odd")} under inversion; {Components(irrep.Dim)}{all}";
    }

    /// <summary>How many components in which columns.</summary>
    public static string Of(Irreps irreps)
    {
        int at = 0;
        var segments = irreps.Select(e => (Entry: e, Start: at, End: at += e.Dim)).Where(s => s.End > s.Start).ToList();
        return $"{irreps}, {Components(irreps.Dim)}{string.Concat(segments.Select(s => $"\n{s.Entry} in {Columns(s.Start, s.End - 1)}"))}";
    }

    private static string Components(int count) => count == 1 ? "1 component" : $"{count} components";

    private static string Columns(int first, int last) => first == last ? $"column {first}" : $"columns {first} to {last}";
}
