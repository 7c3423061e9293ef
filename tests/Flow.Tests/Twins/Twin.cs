using System.Text.RegularExpressions;

namespace E3Gen.Flow.Tests.Twins;

/// <summary>A module that is equivariant, and one that differs in a few letters and is not.</summary>
/// <param name="Name">What both do.</param>
/// <param name="Body">The body of forward, of scalars s, vectors v and of x, which has both. <c>⟨right⇄wrong⟩</c> is where they differ.</param>
/// <param name="Members">Other members, the constructor among them.</param>
/// <param name="Types">Other types.</param>
public sealed partial record Twin(string Name, string Body, string Members = "", string Types = "")
{
    /// <summary>The irreps of the result.</summary>
    public string Result { get; init; } = "1o";

    /// <summary>The source of one of both.</summary>
    public string Source(bool isRight, int number) => Difference().Replace($$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using E3Gen;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using Linear = TorchSharp.Modules.Linear;

        namespace Twin{{number:D3}}{{(isRight ? "Right" : "Wrong")}};

        [EquivariantModule]
        public sealed partial class Sample : nn.Module<Tensor, Tensor, Tensor, Tensor>
        {
            [return: Irreps("{{Result}}")]
            public override Tensor forward([Irreps("4x0e")] Tensor s, [Irreps("1o")] Tensor v, [Irreps("4x0e + 4x1o")] Tensor x)
            {
                {{Body}}
            }

            {{(Members.Contains(" Sample(") ? "" : "public Sample() : base(\"sample\") => RegisterComponents();")}}

            {{Members}}
        }

        {{Types}}
        """, isRight ? "$1" : "$2");

    public override string ToString() => Name;

    [GeneratedRegex("⟨(.*?)⇄(.*?)⟩")]
    private static partial Regex Difference();
}
