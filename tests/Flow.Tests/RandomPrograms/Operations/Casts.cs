using E3Gen.Flow.Tests.RandomPrograms.Language;
using TorchSharp;
using static E3Gen.Flow.Tests.RandomPrograms.Operations.Table;
using static TorchSharp.torch;

namespace E3Gen.Flow.Tests.RandomPrograms.Operations;

/// <summary>Conversions to other types: whole numbers and truth values break what they round.</summary>
internal static class Casts
{
    public static readonly IReadOnlyList<Operation> All =
    [
        One(x => x.to(ScalarType.Float64)), One(x => x.to(x.dtype)), One(x => x.@double()), One(x => x.type_as(x)), One(x => x.to_type(ScalarType.Float64)),
        One(x => x.to(ScalarType.Float32).to(ScalarType.Float64)), One(x => x.to(ScalarType.Int64).to(x.dtype)), One(x => x.to(torch.int32).to(torch.float64)),
        One(x => x.to(ScalarType.Bool).to(ScalarType.Float64)), One(x => x.@bool()), One(x => x.@long()), One(x => x.norm(-1).to(ScalarType.Int64)),
        One(x => x.to(ScalarType.Int64)), One(x => x.type_as(torch.zeros(1, dtype: ScalarType.Int64)).to(ScalarType.Float64)), One(x => x.@int().@double()),
        One(x => (x * 10.0).@short().@double()),
    ];
}
