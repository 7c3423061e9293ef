using Microsoft.CodeAnalysis.Text;
using Xunit.Abstractions;

namespace E3Gen.Editor.Tests;

/// <summary>What every editor shows, whichever way it comes to it.</summary>
public abstract class Scenarios
{
    protected const string Text = """
        using E3Gen;
        using TorchSharp;
        using static TorchSharp.torch;

        namespace Edited;

        [EquivariantModule]
        public sealed partial class Block : nn.Module<Tensor, Tensor>
        {
            [Linear("4x0e + 2x1o", "8x0e + 2x1o")]
            public partial Tensor Mix(Tensor x);

            [Linear("@" + nameof(Mix), "3x0e + 5x1o")]
            public partial Tensor Last(Tensor x);

            public override Tensor forward(Tensor x) => Last(Mix(x));
        }

        [MessagePassingNetwork(
            Input = "2x0e", Hidden = "4x0e + 2x1o", Output = "0e", EdgeHarmonics = "0e + 1o", Layers = 1, MaxRadius = 3.5)]
        public sealed partial class Energy;

        """;

    /// <summary>The text with an irrep that no path reaches.</summary>
    protected static readonly string Wrong = Text.Replace("8x0e + 2x1o", "8x0e + 2x1e");

    /// <summary>Null where there is none: then the tests say why and assert nothing.</summary>
    protected abstract IEditor? Editor { get; }

    [Fact]
    public async Task Diagnostics_come_and_go_with_edits()
    {
        if (Editor is null)
        {
            return;
        }

        var before = await Editor.DiagnosticsAsync(Text);
        Assert.Equal(["E3G0509"], before.Select(r => r.Id)); // the verdict: it is equivariant
        Assert.Equal(
            [new("E3G0204", Characters(Wrong, "2x1o")), new("E3G0203", Characters(Wrong, "2x1e"))],
            await Editor.DiagnosticsAsync(Wrong));
        Assert.Equal(before, await Editor.DiagnosticsAsync(Text));
    }

    [Fact]
    public async Task Hover_on_an_operation_shows_its_formulas()
    {
        if (Editor is null)
        {
            return;
        }

        string tooltip = await Editor.HoverAsync(Text.Replace("Tensor Mix", "Tensor $$Mix"));
        Assert.Contains("Tensor Block.Mix(Tensor x)", tooltip);
        Assert.Contains("Linear map 4x0e+2x1o → 8x0e+2x1o.", tooltip);
        Assert.Contains("4x0e → 8x0e   y[w] = 1/2 Σ_u W[u,w] x[u]\n2x1o → 2x1o   y[w] = 1/√2 Σ_u W[u,w] x[u]", tooltip);
        Assert.Contains("36 weights, \"Mix.weight\" in the state dict", tooltip);
    }

    [Fact]
    public async Task Hover_on_a_network_shows_its_layers()
    {
        if (Editor is null)
        {
            return;
        }

        string tooltip = await Editor.HoverAsync(Text.Replace("class Energy", "class $$Energy"));
        Assert.Contains("Message passing within 3.5, from 2x0e of each node to 1x0e of each node.", tooltip);
        Assert.Contains("0: 2x0e → 4x0e+2x1o   1824 parameters, about 3616 operations an edge and 80 a node\n1: ", tooltip);
        Assert.Contains("3902 parameters in all", tooltip);
    }

    [Fact]
    public async Task Definition_of_a_class_is_also_what_was_generated()
    {
        if (Editor is null)
        {
            return;
        }

        var definitions = await Editor.DefinitionsAsync(Text.Replace("class Block", "class $$Block"));
        Assert.Equal(2, definitions.Count);
        Assert.StartsWith("Block : nn.Module<Tensor, Tensor>", definitions[0]);
        Assert.StartsWith("Block\n", definitions[1]);
        Assert.Contains("BlockKernels.MixProgram.Apply(x, this._mix.Weight", definitions[1]);
    }

    [Fact]
    public async Task Completion_in_a_string_lists_irreps_and_operations()
    {
        if (Editor is null)
        {
            return;
        }

        var items = await Editor.CompletionAsync(Text.Replace("3x0e + 5x1o", "3x0e + $$"));
        Assert.Contains("1o", items);
        Assert.Contains("@Mix", items);
    }

    /// <summary>Text is no reference: <c>nameof</c> is the way to name an operation that may be renamed, and the rest is told.</summary>
    [Fact]
    public async Task Rename_carries_nameof_along_and_text_does_not_compile()
    {
        if (Editor is null)
        {
            return;
        }

        string text = Text.Replace("public override", """
            [Linear("@Mix", "0e + 1o")]
                public partial Tensor Other(Tensor x);

                public override
            """);
        string renamed = await Editor.RenameAsync(text.Replace("Tensor Mix", "Tensor $$Mix"), "Blend");
        Assert.Equal(text.Replace("Mix(", "Blend(").Replace("(Mix)", "(Blend)"), renamed);
        Assert.Contains(new Remark("E3G0107", Characters(renamed, "@Mix")), await Editor.DiagnosticsAsync(renamed));
    }

    /// <summary>Where that stands for the first time.</summary>
    private static TextSpan Characters(string text, string part) => new(text.IndexOf(part, StringComparison.Ordinal), part.Length);
}

/// <summary>What Roslyn's own services make of this repository's generator, analyzers, fixes and completion.</summary>
public sealed class WorkspaceTests : Scenarios
{
    protected override IEditor Editor { get; } = new WorkspaceEditor();

    [Fact]
    public async Task Definition_of_an_operation_is_its_generated_body()
    {
        string definition = Assert.Single(await Editor.DefinitionsAsync(Text.Replace("Last(Mix(", "Last($$Mix(")));
        Assert.StartsWith("Mix(global::TorchSharp.torch.Tensor x)\n        {", definition);
        Assert.Contains("BlockKernels.MixProgram.Apply(x, this._mix.Weight", definition);
    }

    [Fact]
    public async Task Light_bulb_lists_our_fixes_and_one_removes_the_error()
    {
        var choices = await Editor.LightBulbAsync(Wrong.Replace("2x1e", "2x$$1e"));
        Assert.Equal(["Change '2x1e' to '2x1o'", "Remove '2x1e'"], choices.Select(c => c.Title).Order());
        Assert.Equal(Text, choices.Single(c => c.Title.StartsWith("Change", StringComparison.Ordinal)).After);
        Assert.Equal(["E3G0509"], (await Editor.DiagnosticsAsync(Text)).Select(r => r.Id));
    }
}

/// <summary>
/// What csharp-ls shows of the packed package. It cannot offer our fixes, since it has only Roslyn's own and those only for what the
/// compiler reports; nor does F12 lead it from an operation to its body. <see cref="WorkspaceTests"/> cover both.
/// </summary>
public sealed class LanguageServerTests(ServerFixture fixture, ITestOutputHelper output) : Scenarios, IClassFixture<ServerFixture>
{
    protected override IEditor? Editor
    {
        get
        {
            if (fixture.Missing is not null)
            {
                output.WriteLine($"Not run, since the server cannot be had:\n{fixture.Missing}");
            }

            return fixture.Editor;
        }
    }

    [Fact]
    public void The_server_is_there_where_it_must_be()
    {
        bool required = Environment.GetEnvironmentVariable("E3GEN_REQUIRE_LANGUAGE_SERVER") == "1";
        Assert.True(Editor is not null || !required, fixture.Missing);
    }

    /// <summary>If a later version can, its test moves from <see cref="WorkspaceTests"/> to all editors.</summary>
    [Fact]
    public async Task What_the_server_cannot_do()
    {
        if (Editor is null)
        {
            return;
        }

        var titles = (await Editor.LightBulbAsync(Wrong.Replace("2x1e", "2x$$1e"))).Select(c => c.Title).ToList();
        Assert.Contains(titles, t => t.StartsWith("Introduce constant", StringComparison.Ordinal));
        Assert.DoesNotContain(titles, t => t.Contains("'2x1e'"));
        Assert.StartsWith("Mix(Tensor x);", Assert.Single(await Editor.DefinitionsAsync(Text.Replace("Last(Mix(", "Last($$Mix("))));
    }
}
