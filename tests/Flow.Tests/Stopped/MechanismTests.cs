namespace E3Gen.Flow.Tests.Stopped;

public sealed class MechanismTests
{
    public static IEnumerable<object[]> Numbers => Mechanisms.All.Select((m, i) => new object[] { i, m.Name });

    [Theory]
    [MemberData(nameof(Numbers))]
    public void IsWhatItIs(int number, string name)
    {
        var mechanism = Mechanisms.All[number];
        var complaints = FlowCompiler.Analyze(mechanism.Sources).Complaints.ToList();
        string said = $"'{name}'\n" + string.Join("\n", complaints);
        Assert.True(mechanism.Id is null ? complaints.Count == 0 : complaints.Any(d => d.Id == mechanism.Id), said);
    }

    [Theory]
    [InlineData("public sealed class H(Tensor t) { [AssumeEquivariant(\"measured\")] [Irreps(\"1o\")] public Tensor V => t.relu(); }")]
    [InlineData("public sealed class H(Tensor t) { [Irreps(\"1o\")] public Tensor V { [AssumeEquivariant(\"measured\")] get => t.relu(); } }")]
    [InlineData("[AssumeEquivariant(\"measured\")] public sealed class H(Tensor t) { [Irreps(\"1o\")] public Tensor V => t.relu(); }")]
    public void WhatAMemberIsAssumedToBeIsGiven(string types)
    {
        var compiled = FlowCompiler.Analyze(new Mechanism("", "=> new H(x).V;", "", types).Sources);
        Assert.EndsWith("given 'V', which is marked with [AssumeEquivariant]: measured", Assert.Single(compiled.Proven).GetMessage());
    }
}
