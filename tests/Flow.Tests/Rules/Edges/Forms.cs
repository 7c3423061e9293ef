using TorchSharp;
using static E3Gen.Flow.Tests.Rules.Edges.Edge;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.Rules.Edges;

/// <summary>Axes that are moved, added, dropped, joined and cut.</summary>
internal static class Forms
{
    public static readonly IReadOnlyList<Edge> All =
    [
        Inside(
            "axes that change places", [X("1o")],
            Do(x => x.t()), Do(t0 => t0.mT), Do(x => x.unsqueeze(0).permute(2, 0, 1)), Do(x => torch.moveaxis(x.unsqueeze(0), 2, 0)),
            Do(x => torch.movedim(x.unsqueeze(1), new long[] { 0, 1 }, new long[] { 2, 0 }))),
        Inside(
            "new axes", [X("1o"), P()],
            Do(x => x.unsqueeze(0)), Do(x => x.unsqueeze(-1)), Do(p => p.unsqueeze(1)), Do(t2 => t2.squeeze(1)), Do(x => x.squeeze(0)),
            Do(x => x.unsqueeze(0).squeeze(0))),
        Inside("an axis that stays or goes", [X("1o", 1)], Do(x => x.squeeze(0)), Do(x => x.unsqueeze(0).squeeze(0))),
        Outside("an axis behind components that stays or goes", [X("1o", 1)], Do(x => x.t().squeeze(-1)), Do(t0 => t0.norm(-1))),
        Outside("all axes of one entry", [X("1o", 1)], Do(x => x.squeeze())),
        Inside(
            "rows that are joined", [X("1o"), D(4, 3)],
            Do(x => x.unsqueeze(1).flatten(0, 1)), Do(d => d.flatten()), Do(x => x.unsqueeze(-2).expand(-1, 2, -1).flatten(-2)),
            Do(x => x.unsqueeze(0).flatten(0, -2))),
        Outside(
            "components that are joined with what stands behind them", [X("1o")],
            Do(x => x.unsqueeze(-1).expand(-1, -1, 2).flatten(-2))),
        Outside(
            "components that are joined with components", [X("1o"), Y("1o")],
            Do((x, y) => (x.unsqueeze(-1) * y.unsqueeze(-2)).flatten(-2))),
        Outside(
            "some components that are joined with rows", [X("1o"), D(4)],
            Do(x => x.narrow(-1, 0, 2).flatten()), Do((x, t0) => t0.exp())),

        Inside(
            "copies that are cut", [X("2x1o")],
            Do(x => x.view(-1, 2, 3)), Do(x => x.reshape(4, 2, 3)), Do(x => x.view(-1, 3)), Do(x => x.unflatten(1, 2, 3)),
            Do(t0 => t0.norm(-1)), Do(x => x.view(2, 2, 6))),
        Inside(
            "rows side by side", [X("1o")],
            Do(x => x.view(-1, 6)), Do(t0 => t0.view(-1, 2, 3)), Do(x => x.reshape(1, 4, 3)), Do(x => x.view_as(x)),
            Do(x => x.view(2, 2, 3))),
        Outside("half copies", [X("2x1o")], Do(x => x.view(-1, 3, 2))),
        Outside("half copies of one axis", [X("2x1o")], Do(x => x.unflatten(1, 3, 2))),
        Outside("components two by two", [X("1o")], Do(x => x.view(-1, 2))),
        Outside("mixed irreps that are cut", [X("0e + 1o")], Do(x => x.view(-1, 2))),
        Outside("different irreps of one size that are cut", [X("1o + 1e")], Do(x => x.view(-1, 3))),
        Outside("components in front that become rows", [X("1o")], Do(x => x.t().reshape(4, 3))),
        Outside(
            "components on two axes that are joined", [X("1o"), Y("1o")],
            Do((x, y) => x.unsqueeze(-1) * y.unsqueeze(-2)), Do(t0 => t0.reshape(-1, 9))),
        Outside(
            "components of two axes of which one is cut", [X("1o"), Y("2x1o")],
            Do((x, y) => x.unsqueeze(-1) * y.unsqueeze(-2)), Do(t0 => t0.reshape(-1, 3)), Do(t1 => t1.norm(-1))),
        Outside("some components in another shape", [X("1o")], Do(x => x.narrow(-1, 0, 2).reshape(2, 4)), Do(t0 => t0.exp())),
        Inside(
            "numbers in another shape", [D(4, 3)],
            Do(d => d.view(-1)), Do(d => d.reshape(2, -1)), Do(d => d.view(3, 4)), Do(d => d.unflatten(0, 2, -1)),
            Do(d => torch.zeros(4, 3).view(2, -1)), Do(d => torch.zeros(4, 6).unflatten(1, -1, 3))),
        Inside(
            "numbers in a shape that others give", [N(4, 3), E(2, 1)],
            Do((n, e) => n.view(-1, e.size(0))), Do((n, e) => n.view(n.size(0), -1, 1))),
        Inside(
            "equal numbers in another shape", [D(4, 1)],
            Do(d => torch.arange(4.0).unsqueeze(-1).expand(4, 3)), Do(t0 => t0.reshape(4, 3)), Do(t0 => t0.reshape(3, 4)),
            Do(t0 => t0.reshape(6, 2)), Do(t0 => t0.flatten())),

        Inside(
            "axes that are repeated", [X("1o"), D(4, 1), E(4, 3)],
            Do(x => x.unsqueeze(0).expand(2, -1, -1)), Do(x => x.expand(2, 4, 3)), Do(d => d.expand(-1, 3)), Do(e => e.expand(4, 3)),
            Do((d, e) => d.expand_as(e)), Do(x => x.broadcast_to(2, 4, 3))),
        Inside(
            "a vector that is repeated", [X("1o"), Y("1o")],
            Do((x, y) => x.unsqueeze(1).expand_as(y.unsqueeze(0).expand(4, -1, -1))), Do(x => x.repeat(1, 2)), Do(x => x.repeat(2, 1, 1)),
            Do(x => x.repeat_interleave(2, 0))),
        Outside("components that are repeated beside themselves", [X("1o")], Do(x => x.repeat_interleave(2, -1))),
        Outside("components that are repeated behind all axes", [X("1o")], Do(x => x.repeat_interleave(2))),
        Outside(
            "a component that becomes three", [X("1o")],
            Do(x => x.narrow(-1, 0, 1).expand(-1, 3)), Do((x, t0) => (x * t0).sum(-1).exp())),
        Outside("some components that are repeated", [X("1o")], Do(x => x.narrow(-1, 0, 2).repeat(1, 2))),
        Inside(
            "axes of which nobody knows how many there are", [U(2, 3)],
            Do(u => u.unsqueeze(0)), Do(u => u.transpose(0, 1)), Do(u => u.flatten()), Do(u => u.view(3, 2)), Do(u => u.squeeze(0)),
            Do(u => u.repeat(2, 1)), Do(u => u[0])),
    ];
}
