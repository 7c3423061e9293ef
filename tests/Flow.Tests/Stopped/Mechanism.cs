namespace E3Gen.Flow.Tests.Stopped;

/// <summary>A way in which code may do something else than it seems to, in a compilation of its own: what one class does to modules counts for all of them.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Forward">The body of a forward from 1o to 1o.</param>
/// <param name="Members">Members beside it.</param>
/// <param name="Types">Types beside the module.</param>
/// <param name="Id">The rule that stops it; null where it is proven.</param>
/// <param name="File">Another file.</param>
public sealed record Mechanism(string Name, string Forward, string Members = "", string Types = "", string? Id = null, string? File = null)
{
    public IReadOnlyList<string> Sources => File is null ? [Source] : [Source, File];

    private string Source => $$"""
        using System;
        using System.Collections;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Linq;
        using E3Gen;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using Linear = TorchSharp.Modules.Linear;

        [EquivariantModule]
        public sealed partial class Sample : nn.Module<Tensor, Tensor>
        {
            [return: Irreps("1o")]
            public override Tensor forward([Irreps("1o")] Tensor x) {{Forward}}
            {{Members}}
        }

        {{Types}}
        """;

    public override string ToString() => Name;
}
