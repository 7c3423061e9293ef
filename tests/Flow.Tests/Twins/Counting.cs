namespace E3Gen.Flow.Tests.Twins;

/// <summary>Loops that count, and numbers that are computed.</summary>
internal static class Counting
{
    public static IReadOnlyList<Twin> Twins { get; } =
    [
        new("an offset that grows", "int at = 0; var a = x.narrow(1, at, 4); at += ⟨4⇄5⟩; var b = x.narrow(1, at, ⟨12⇄11⟩); return b.view(-1, 4, 3).sum(1) * a.sum(-1, keepdim: true);"),
        new("an offset that shrinks", "int at = 7; at -= ⟨3⇄2⟩; return x.narrow(1, at, 12).view(-1, 4, 3).mean([1]);"),
        new("i++ is what i was", "int at = 4; at++; int was = at--; return x.narrow(1, ⟨at⇄was⟩, ⟨12⇄11⟩).narrow(1, 0, 9).view(-1, 3, 3).mean([1]);"),
        new("blocks in a for loop", "var parts = new List<Tensor>(); int at = 0; for (int i = 0; i < Widths.Length; i++) { parts.Add(x.narrow(1, at, Widths[i])); at += Widths[i]; } return parts[1].narrow(1, 0, ⟨3⇄4⟩);",
            "private static readonly int[] Widths = { 4, 12 };"),
        new("blocks in a while loop", "int at = 4; var sum = torch.zeros_like(v); while (at < 16) { sum = sum + x.narrow(1, at, 3); at += ⟨3⇄2⟩; } return sum;"),
        new("a do loop", "int at = 4; Tensor sum; do { sum = x.narrow(1, at, 3); at += ⟨3⇄4⟩; } while (at < 12); return sum;"),
        new("continue", "var sum = torch.zeros_like(v); for (int i = 0; i < 4; i++) { if (i % 2 == ⟨1⇄0⟩) { continue; } sum = sum + (i == 2 || i == 0 ? v : v.relu()); } return sum;"),
        new("break", "var sum = torch.zeros_like(v); for (int i = 0; i < 8; i++) { if (i == ⟨4⇄6⟩) { break; } sum = sum + (i < 5 ? v : v.relu()); } return sum;"),
        new("a break that is known in part", "var sum = v; for (int i = 0; i < 8; i++) { if (Enough > 2) { break; } sum = ⟨i < 100⇄i < 7⟩ ? sum + v : sum.relu(); } return sum;",
            "private static readonly int Enough = int.Parse(\"3\");"),
        new("loops in loops", "var sum = torch.zeros_like(v); for (int i = 0; i < 50; i++) { for (int j = 0; j < 50; j++) { sum = sum + ⟨v⇄v.abs()⟩ * (i - j); } } return sum;"),
        new("more turns than are counted", "var y = v; for (int i = 0; i < 100; i++) { if (⟨i < 0⇄i == 80⟩) { y = ⟨y.neg()⇄y.relu()⟩; } } return y;"),
        new("a loop that an argument ends", "var y = v; int n = 0; for (int i = 0; i < s.shape[0]; i++) { n++; } return ⟨n > 3 ? y : y * 2⇄n > 3 ? y : y.abs()⟩;"),
        new("the number of elements", "var list = new List<Tensor> { v, v }; return list.Count switch { ⟨2⇄3⟩ => v, _ => v.relu() };"),
        new("whole numbers that wrap around", "int big = ⟨7⇄int.MaxValue⟩; big++; return big > 0 ? v : v.relu();"),
        new("products that wrap around", "int big = ⟨3⇄65536⟩; big = big * big; return big > 0 ? v : v.relu();"),
        new("casts that cut off", "long big = ⟨3⇄4294967296⟩; int small = (int)big; return small > 0 ? v : v.relu();"),
        new("division of whole numbers", "int half = 9 / Two; return x.narrow(1, half, 12).view(-1, 4, 3).mean([1]);", "private const int Two = ⟨2⇄3⟩;"),
        new("what a double decides", "double root = Math.Sqrt(4); return ⟨root > 1 ? v : v * 2⇄root > 1 ? v : v.relu()⟩;"),
        new("a root in a polynomial", "double r = Math.Sqrt(⟨2⇄3⟩); var a = v.unbind(-1); return torch.stack([a[0] * r * r, a[1] * 2.0, 2.0 * a[2]], -1);"),
        new("a field that is initialised too late", "return x.narrow(1, First, 12).view(-1, 4, 3).mean([1]);", "⟨private static readonly int Second = 4;⇄⟩ private static readonly int First = Second; ⟨⇄private static readonly int Second = 4;⟩"),
    ];
}
