using E3Gen.Flow.Tests.RandomPrograms.Language;

namespace E3Gen.Flow.Tests.RandomPrograms.Templates;

/// <summary>Blocks of well-known networks, with tensors [rows, channels, 3] where those have them.</summary>
internal static class Blocks
{
    private const int Rows = 4, Channels = 3, Edges = 6;

    private static readonly Argument
        Points = Argument.Points("points", Rows),
        Vectors = Argument.Features("vectors", "1x1o", Rows, Channels),
        Scalars = Argument.Invariant("scalars", Rows, Channels),
        Source = Argument.Indexes("source", Edges, Rows),
        Target = Argument.Indexes("target", Edges, Rows),
        Weights = Argument.Invariant("weights", Channels, Channels),
        Filters = Argument.Invariant("filters", 3 * Channels, Channels);

    private static readonly StatedResult
        OfVectors = Is("1x1o", 2),
        OfScalars = new("Invariant", new Nature(Kind.Invariant)),
        OfPoints = new("Positions", new Nature(Kind.Points));

    public static readonly Template[] All =
    [
        new("PaiNN message", [Vectors, Scalars, Points, Source, Target, Filters], OfVectors, """
            Tensor edge = points.index_select(0, target) - points.index_select(0, ‹source¦¦source.clone()›);
            ‹edge = edge * 1.0;¦edge = edge + 1.0;¦edge = edge.abs();¦edge = points.index_select(0, target);›
            Tensor length = ‹edge.norm(-1, true)¦¦edge.square().sum(-1, keepdim: true).sqrt()¦edge.norm(0, true)¦edge.sum(-1, keepdim: true)¦edge.select(-1, 0).unsqueeze(-1)›;
            Tensor direction = edge / (length + ‹1e-3¦¦1.0›);
            Tensor mixed = torch.nn.functional.‹silu¦¦relu¦¦gelu›(scalars).matmul(‹filters.t()¦¦filters.transpose(0, 1)›);
            Tensor[] gates = mixed.index_select(0, source).mul(torch.exp(‹-length¦¦-length.square()¦direction.sum(-1, keepdim: true)›)).split(‹3¦¦3L›, ‹-1¦¦1›);
            Tensor message = vectors.index_select(0, source) * gates[0].unsqueeze(-1) + gates[1].unsqueeze(-1) * ‹direction.unsqueeze(1)¦¦direction.unsqueeze(-2)¦direction.unsqueeze(1).flip(-1)›;
            Tensor sums = torch.zeros_like(vectors)‹.index_add(0, target, message, 1.0)¦¦.index_add_(0, target, message, 1.0)¦.index_add(0, target, message.relu(), 1.0)›;
            ‹sums.mul_(0.5);¦¦sums.neg_();¦sums.add_(0.5);¦sums.select(-1, 0).zero_();›
            return vectors + ‹sums¦¦sums * scalars.unsqueeze(-1)¦sums * scalars.unsqueeze(-2)›;
            """),
        new("PaiNN update", [Vectors, Scalars, Weights], OfVectors, """
            Tensor left = torch.einsum(‹"nci,dc->ndi"¦¦"nci,cd->ndi"¦"nci,di->ncd"›, vectors, weights);
            Tensor right = ‹weights.matmul(vectors)¦¦vectors.transpose(-1, -2).matmul(weights).transpose(-1, -2)¦vectors.matmul(weights)›;
            Tensor norms = ‹right.norm(-1)¦¦right.square().sum(-1)¦¦(right.square().sum(-1) + 1e-3).sqrt()¦right.norm(1)¦right.sum(-1)›;
            Tensor inner = ‹(left * right).sum(-1)¦¦torch.einsum("nci,nci->nc", left, right)¦(left * right).sum(1)¦(left * right).mean(new long[] { 1 })›;
            Tensor joint = torch.cat(new[] { scalars, norms, inner }, ‹-1¦¦1›);
            Tensor gate = torch.‹tanh¦¦sigmoid›(joint.narrow(1, 0, 3)) + ‹inner¦¦norms›;
            return vectors + left * ‹gate.unsqueeze(-1)¦¦gate[TensorIndex.Ellipsis, TensorIndex.None]¦gate.unsqueeze(1)¦gate.unsqueeze(-2)›;
            """),
        new("PaiNN scalars", [Vectors, Scalars, Weights], OfScalars, """
            Tensor mixed = weights.matmul(vectors);
            Tensor gram = ‹mixed.matmul(mixed.transpose(-1, -2))¦¦torch.einsum("nci,ndi->ncd", mixed, vectors)¦mixed.transpose(-1, -2).matmul(mixed)›;
            Tensor inner = ‹gram.flatten(1).sum(-1, keepdim: true)¦¦gram.diagonal(0, 1, 2)¦¦gram.softmax(-1).sum(-1)¦mixed.sum(-1)¦mixed.max(-1).values›;
            if (‹inner.sum().item<double>() > 0¦¦scalars.mean().item<double>() > 0¦vectors.sum().item<double>() > 0›)
            {
                inner = inner * 2.0;
            }

            return scalars.tanh() * inner + ‹1.0¦vectors.sum().item<double>()›;
            """),
        new("EGNN messages", [Points, Scalars, Source, Target, Weights], OfPoints, """
            Tensor edge = points.index_select(0, source) - points.index_select(0, target);
            Tensor squared = ‹edge.square().sum(-1, keepdim: true)¦¦edge.pow(2).sum(-1, keepdim: true)¦¦(edge * edge).sum(-1, keepdim: true)¦edge.pow(3).sum(-1, keepdim: true)¦edge.square()›;
            Tensor pair = torch.cat(new[] { scalars.index_select(0, source), scalars.index_select(0, target), squared‹¦.sum(-1, keepdim: true)¦ + points.norm(-1, true).mean()› }, -1);
            Tensor hidden = torch.nn.functional.silu(pair.narrow(-1, 0, 3).matmul(weights) * pair.narrow(-1, 6, 1));
            Tensor weight = ‹hidden.mean(new long[] { -1 }, keepdim: true)¦¦hidden.sum(-1, keepdim: true).tanh()¦hidden›;
            Tensor shift = torch.zeros(points.shape, dtype: points.dtype);
            ‹shift.index_add_(0, target, edge * weight, 1.0)¦¦shift = shift.index_add(0, target, edge * weight / (squared + 1.0), 1.0)¦shift.index_add_(0, target, edge * weight + 0.1, 1.0)›;
            return points + shift ‹* 0.5¦¦/ 3.0¦* points›;
            """),
        new("EGNN all pairs", [Points, Scalars], OfPoints, """
            Tensor edge = points.unsqueeze(‹0¦¦-3›) - points.unsqueeze(‹1¦¦-2›);
            Tensor distance = edge.norm(-1, true);
            Tensor attention = (‹scalars.matmul(scalars.t())¦¦torch.einsum("ni,mi->nm", scalars, scalars)¦points.matmul(points.t())› ‹- distance.squeeze(-1)¦¦* torch.exp(-distance.squeeze(-1))¦+ edge.select(-1, 0)›).softmax(‹-1¦¦0¦¦1›);
            Tensor step = (attention.unsqueeze(-1) * edge).sum(‹0¦¦dim: 0¦¦1¦-1›);
            return ‹points + step¦¦points - 0.5 * step¦2.0 * points + step¦points * step›;
            """),
        new("Centre of mass", [Points, Argument.Invariant("masses", Rows)], Is("1x1o", 1), """
            Tensor weights = ‹masses.softmax(0)¦¦torch.exp(masses) / torch.exp(masses).sum()¦masses¦torch.exp(masses)›.unsqueeze(-1);
            Tensor centre = ‹(points * weights).sum(0, keepdim: true)¦¦weights.t().matmul(points)¦¦points.mean(new long[] { 0 }, keepdim: true)¦points.sum(0, keepdim: true)¦points.max(0, true).values›;
            Tensor relative = points - centre;
            Tensor inertia = ‹relative.t().matmul(relative)¦¦torch.einsum("ni,nj->ij", relative, relative)¦relative.t().matmul(relative) + torch.ones(3, 3, dtype: points.dtype)›;
            return ‹relative.matmul(inertia)¦¦relative * inertia.diagonal(0, 0, 1).sum()¦¦relative.matmul(inertia).matmul(inertia)¦relative * inertia.diagonal(0, 0, 1)¦relative * inertia.select(0, 0)›;
            """),
        new("Forces", [Points, Scalars], Is("1x1o", 1), """
            Tensor leaf = points.detach().clone().requires_grad_(true);
            Tensor edge = leaf.unsqueeze(0) - leaf.unsqueeze(1);
            Tensor distance = (edge.square().sum(-1) + ‹1e-2¦¦1.0›).sqrt();
            Tensor energy = (torch.exp(‹-distance¦¦-distance.square()¦edge.sum(-1)›) * scalars.matmul(scalars.t())).sum()‹¦¦ * 2.0¦ + leaf.sum()¦ + leaf.norm()›;
            return torch.autograd.grad(new[] { energy }, new[] { leaf })[0]‹.neg()¦¦ * -1.0¦.abs()›;
            """),
        new("Vector neurons", [Vectors, Weights], OfVectors, """
            Tensor values = weights.matmul(vectors), directions = ‹weights.t().matmul(vectors)¦¦vectors.flip(1)¦vectors.flip(-1)›;
            Tensor unit = directions / (directions.norm(‹-1¦¦2¦1›, true) + 1e-3);
            Tensor dot = (values * unit).sum(‹-1¦¦2¦1›, keepdim: true);
            Tensor mask = (dot ‹< 0.0¦¦>= 0.0›).to(‹vectors.dtype¦¦ScalarType.Float64›);
            Tensor rectified = ‹values - mask * dot * unit¦¦torch.where(dot < 0.0, values - dot * unit, values)¦values.relu()¦values - mask * dot¦torch.where(values < 0.0, values - dot * unit, values)›;
            return 0.2 * values + ‹0.8 * rectified¦¦rectified.clone()›;
            """),
        new("Layer norm of vectors", [Vectors, Scalars], OfVectors, """
            Tensor centred = vectors - vectors.mean(new long[] { ‹1¦¦0¦¦-2¦2¦-1› }, keepdim: true);
            Tensor variance = ‹centred.square().sum(-1, keepdim: true).mean(new long[] { 1 }, keepdim: true)¦¦centred.norm(-1, true).square()¦centred.var(-1, keepdim: true)¦centred.square().mean(new long[] { 1 }, keepdim: true)›;
            Tensor normed = centred / (variance + 1e-2).sqrt();
            for (int i = 0; i < ‹2¦¦3›; i++)
            {
                normed‹.mul_(scalars.unsqueeze(-1))¦¦.sub_(vectors)¦.sub_(scalars.unsqueeze(-1))¦[0, i].add_(1.0)›;
            }

            normed[0] = ‹normed[1]¦¦vectors[0] * 2.0¦normed[1].t()¦normed[1] + 1.0›;
            return normed;
            """),
        new("Attention of vectors", [Vectors, Scalars, Weights], OfVectors, """
            Tensor query = weights.matmul(vectors), key = ‹vectors¦¦weights.t().matmul(vectors)›;
            Tensor scores = torch.einsum(‹"nci,mci->nm"¦"nci,mdi->nm"¦"nci,mic->nm"›, query, key) / Math.Sqrt(‹9.0¦¦vectors.size(-1)›);
            scores = scores.masked_fill(scalars.sum(-1).unsqueeze(0) > ‹2.0¦¦1.0›, -1e3);
            Tensor attention = scores.softmax(‹-1¦¦1¦¦0›);
            return torch.einsum("nm,mci->nci", attention, ‹vectors¦¦query¦query.abs()¦vectors.exp()›);
            """),
        new("Flattened channels", [Vectors, Scalars], Is("3x1o", 1), """
            Tensor flat = vectors.‹reshape(vectors.shape[0], -1)¦¦flatten(1)¦¦flatten(-2)¦transpose(1, 2).flatten(1)¦transpose(1, 2).reshape(vectors.shape[0], -1)›;
            Tensor rows = flat.‹view(-1, 3, 3)¦¦unflatten(1, 3, 3)¦¦reshape(-1, 3, 3)›;
            Tensor turned = ‹torch.linalg.cross(rows, torch.linalg.cross(rows, rows.roll(1, 1)))¦¦rows * rows.norm(-1, true)¦torch.linalg.cross(rows, rows.roll(1, 1))¦rows * rows.norm(1, true)›;
            return (turned * scalars.unsqueeze(-1)).‹flatten(-2)¦¦reshape(-1, 9)¦¦view(-1, 9)¦transpose(1, 2).reshape(-1, 9)›;
            """),
        new("Frames", [Vectors, Scalars], OfScalars, """
            Tensor first = vectors.select(1, 0), second = vectors.select(1, 1), third = ‹torch.linalg.cross(first, second)¦vectors.select(1, 2).abs()›;
            Tensor frame = torch.stack(new[] { first, second, third }, ‹1¦2›);
            Tensor local = ‹vectors.matmul(frame.transpose(1, 2)).narrow(-1, 0, 2)¦¦vectors.matmul(frame.transpose(1, 2)).square()¦vectors.matmul(frame.transpose(1, 2))¦vectors.matmul(frame)›;
            return local.relu().sum(‹-1¦¦new long[] { 1, 2 }¦¦new long[] { -1, -2 }›);
            """),
        new("Tensor product by hand", [Vectors, Scalars, Argument.Features("other", "2x0e + 1x1o", Rows)], Is("2x0e + 1x1o + 1x1e", 1), """
            Tensor s = other[.., ..2], v = other[.., ‹2..¦¦2..5¦1..4›];
            Tensor pooled = vectors.mean(new long[] { ‹1¦¦-2¦2› });
            Tensor dot = ‹(pooled * v).sum(-1, keepdim: true)¦¦torch.linalg.vecdot(pooled, v).unsqueeze(-1)¦pooled.narrow(-1, 0, 1)›;
            Tensor cross = ‹torch.linalg.cross(pooled, v)¦¦torch.linalg.cross(pooled, v, -1)¦pooled + v¦pooled * v›;
            return torch.cat(new[] { s * dot‹¦¦ + 1.0›, ‹v * s.narrow(-1, 0, 1)¦¦pooled + v¦¦v * dot¦cross¦v + s.narrow(-1, 0, 1)›, ‹cross¦¦cross * dot¦v› }, -1);
            """),
        new("Generated operations", [Argument.Features("nodes", "4x0e + 2x1o", Rows), Points, Source, Target], Is("2x0e + 2x1o", 1), """
            Tensor edge = points.index_select(0, target) - points.index_select(0, ‹source¦¦source.alias()›);
            ‹Tensor harmonics = Harmonics(edge);¦Tensor harmonics = Harmonics(points.index_select(0, target));¦Tensor harmonics = Harmonics(edge.abs());›
            Tensor messages = Couple(‹Mix(nodes)¦¦nodes¦nodes.relu()›.index_select(0, source), harmonics) * ‹edge.norm(-1, true)¦¦torch.exp(-edge.square().sum(-1, keepdim: true))¦edge.sum(-1, keepdim: true)›;
            Tensor sums = torch.zeros(nodes.size(0), 10, dtype: nodes.dtype);
            sums.index_add_(0, target, messages, 1.0);
            Tensor active = Activate(‹sums¦¦sums + nodes¦sums + 1.0›);
            return ‹active¦¦active * 2.0¦¦Last(active)¦active.tanh()›;
            """,
            """
            [SphericalHarmonics("0e + 1o + 2e")]
                private partial Tensor Harmonics(Tensor x);

                [Linear("4x0e + 2x1o", "4x0e + 2x1o")]
                private partial Tensor Mix(Tensor x);

                [TensorProduct("4x0e + 2x1o", "0e + 1o + 2e", "4x0e + 2x1o")]
                private partial Tensor Couple(Tensor x, Tensor y);

                [Gate("2x0e", "2x1o")]
                private partial Tensor Activate(Tensor x);

                [Linear("2x0e + 2x1o", "2x0e + 2x1o")]
                private partial Tensor Last(Tensor x);
            """),
        new("Spherical channels", [Vectors, Scalars], Is("1x2e", 2), """
            Tensor harmonics = Harmonics(‹vectors¦¦vectors * scalars.unsqueeze(-1)¦¦-vectors¦vectors + 1.0¦vectors.tanh()›);
            Tensor scaled = harmonics * ‹vectors.norm(-1, true)¦¦scalars.unsqueeze(-1)¦vectors.select(-1, 0).unsqueeze(-1)›;
            return scaled - scaled.mean(new long[] { ‹1¦¦0¦2› }, keepdim: true);
            """,
            """
            [SphericalHarmonics("2e")]
                private partial Tensor Harmonics(Tensor x);
            """),
    ];

    private static StatedResult Is(Irreps irreps, int rows) => new(Argument.State(irreps, rows), new Nature(Kind.Features, -1, irreps));
}
