namespace E3Gen.Flow.Tests.Stopped;

/// <summary>Members of a module that are compiled for themselves: some of what they do counts for all code that is compiled with them.</summary>
internal static class Snippet
{
    public const string Verified = "E3G0509";

    /// <summary>Members are proven, or what stops them is reported.</summary>
    /// <param name="id">What is reported; <see cref="Verified"/>: nothing else is.</param>
    /// <param name="members">Members; the module's own forward hands on what it gets.</param>
    /// <param name="types">Types beside the module.</param>
    public static void Holds(string id, string members, string types = "")
    {
        var complaints = Reported(members, types).Where(r => r != Verified).ToList();
        Assert.True(id == Verified ? complaints.Count == 0 : complaints.Contains(id), $"expected {id}, but reported was {string.Join(", ", complaints)}");
    }

    private static IEnumerable<string> Reported(string members, string types) => FlowCompiler.Analyze([$$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using E3Gen;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;

        [EquivariantModule]
        public sealed partial class Sample : nn.Module<Tensor, Tensor>
        {
            [return: Irreps("1o")]
            public override Tensor forward([Irreps("1o")] Tensor x) => x;

            {{members}}
        }

        {{types}}
        """]).Reported.Select(d => d.Id).Distinct();
}
