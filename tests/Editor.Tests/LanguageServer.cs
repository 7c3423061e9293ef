using System.Diagnostics;
using System.Text.Json;
using E3Gen.Tests;
using Microsoft.CodeAnalysis.Text;
using StreamJsonRpc;

namespace E3Gen.Editor.Tests;

/// <summary>
/// A client of csharp-ls: the server's process, spoken to in JSON-RPC over its standard input and output, and one open file. Every
/// request is preceded by the edit that leads from the file's last text to the one that the request is about.
/// </summary>
internal sealed class LanguageServer : IEditor, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2); // the first request waits for the project to load

    private readonly Process _process;
    private readonly JsonRpc _rpc;
    private readonly string _uri;
    private string _text = "";
    private int _version = 1;

    private LanguageServer(Process process, string file)
    {
        _process = process;
        _uri = new Uri(file).AbsoluteUri;
        _rpc = new JsonRpc(new HeaderDelimitedMessageHandler(
            process.StandardInput.BaseStream, process.StandardOutput.BaseStream, new SystemTextJsonFormatter()));

        // Both are off unless the editor's settings ask for them.
        _rpc.AddLocalRpcMethod("workspace/configuration", (JsonElement items) =>
            Enumerable.Repeat(new { analyzersEnabled = true, useMetadataUris = true }, items.GetArrayLength()));
        _rpc.StartListening();
    }

    /// <summary>Starts the tool of the repository's manifest on the folder of a project and opens a file of it.</summary>
    public static async Task<LanguageServer> StartAsync(string file)
    {
        var process = Process.Start(PackedFeed.StartInfo("dotnet", PackedFeed.RepositoryRoot, "csharp-ls", "--loglevel", "error"))!;
        _ = process.StandardError.ReadToEndAsync(); // or the server would wait for somebody to read
        var server = new LanguageServer(process, file);
        try
        {
            await server.OpenAsync(Path.GetDirectoryName(file)!);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task<IReadOnlyList<Remark>> DiagnosticsAsync(string text)
    {
        await EditAsync(text);
        var report = await RequestAsync("textDocument/diagnostic", new { textDocument = new { uri = _uri } });
        return
        [
            .. report.GetProperty("items").EnumerateArray()
                .Select(d => new Remark(d.GetProperty("code").GetString()!, Span(text, d.GetProperty("range"))))
                .Where(r => r.Id.StartsWith("E3G", StringComparison.Ordinal))
                .OrderBy(r => r.Span.Start),
        ];
    }

    public async Task<IReadOnlyList<string>> CompletionAsync(string marked)
    {
        // Inside a string only a package completes, and what packages bring is loaded once somebody has asked: an editor asks at every key.
        for (int asked = 1; ; asked++)
        {
            var items = (await AskAsync("completion", marked)).GetProperty("items");
            if (items.GetArrayLength() > 0 || asked == 60)
            {
                return [.. items.EnumerateArray().Select(i => i.GetProperty("label").GetString()!)];
            }

            await Task.Delay(250);
        }
    }

    public async Task<string> HoverAsync(string marked) =>
        (await AskAsync("hover", marked)).GetProperty("contents").GetProperty("value").GetString()!;

    public async Task<IReadOnlyList<string>> DefinitionsAsync(string marked)
    {
        var sources = new List<string>();
        foreach (var location in (await AskAsync("definition", marked)).EnumerateArray())
        {
            // Generated code has no file. The server invents an address for it and tells what is there.
            string uri = location.GetProperty("uri").GetString()!;
            string text = uri == _uri
                ? _text
                : (await RequestAsync("csharp/metadata", new { textDocument = new { uri } })).GetProperty("source").GetString()!;
            sources.Add(text[Span(text, location.GetProperty("range")).Start..]);
        }

        return sources;
    }

    public async Task<IReadOnlyList<Choice>> LightBulbAsync(string marked)
    {
        var caret = await PlaceCaretAsync(marked);
        var actions = await RequestAsync("textDocument/codeAction", new
        {
            textDocument = new { uri = _uri },
            range = new { start = caret, end = caret },
            context = new { diagnostics = Array.Empty<object>() },
        });
        return [.. actions.EnumerateArray().Select(a => new Choice(a.GetProperty("title").GetString()!, After(a.GetProperty("edit"))))];
    }

    public async Task<string> RenameAsync(string marked, string name)
    {
        var caret = await PlaceCaretAsync(marked);
        return After(await RequestAsync(
            "textDocument/rename", new { textDocument = new { uri = _uri }, position = caret, newName = name }));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await RequestAsync("shutdown", null).WaitAsync(TimeSpan.FromSeconds(5));
            await _rpc.NotifyAsync("exit");
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(5));
        }
        catch (Exception e) when (e is TimeoutException or ConnectionLostException or RemoteRpcException)
        {
            // Its tests have said what is wrong; what is left is to end it.
        }

        _rpc.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task OpenAsync(string folder)
    {
        await RequestAsync("initialize", new
        {
            processId = Environment.ProcessId,
            rootUri = new Uri(folder).AbsoluteUri,
            workspaceFolders = new[] { new { uri = new Uri(folder).AbsoluteUri, name = "Edited" } },
            capabilities = new
            {
                workspace = new { configuration = true, workspaceEdit = new { documentChanges = true } },
                textDocument = new
                {
                    diagnostic = new { }, // the server answers instead of sending diagnostics whenever it likes
                    hover = new { contentFormat = new[] { "markdown" } },
                    codeAction = new { codeActionLiteralSupport = new { codeActionKind = new { valueSet = Array.Empty<string>() } } },
                },
            },
        });
        await _rpc.NotifyWithParameterObjectAsync("initialized", new { });
        await _rpc.NotifyWithParameterObjectAsync(
            "textDocument/didOpen", new { textDocument = new { uri = _uri, languageId = "csharp", version = 1, text = "" } });
    }

    /// <summary>A request about the caret's place.</summary>
    private async Task<JsonElement> AskAsync(string what, string marked)
    {
        var caret = await PlaceCaretAsync(marked);
        return await RequestAsync($"textDocument/{what}", new { textDocument = new { uri = _uri }, position = caret });
    }

    private async Task<object> PlaceCaretAsync(string marked)
    {
        int caret = marked.IndexOf("$$", StringComparison.Ordinal);
        await EditAsync(marked.Remove(caret, 2));
        return Position(_text, caret);
    }

    /// <summary>Tells the server what was typed: the part between what the old and the new text have in common.</summary>
    private async Task EditAsync(string text)
    {
        int start = _text.AsSpan().CommonPrefixLength(text);
        int end = 0;
        while (end < Math.Min(_text.Length, text.Length) - start && _text[^(end + 1)] == text[^(end + 1)])
        {
            end++;
        }

        var range = new { start = Position(_text, start), end = Position(_text, _text.Length - end) };
        var typed = new { range, text = text[start..^end] };
        _text = text;
        await _rpc.NotifyWithParameterObjectAsync(
            "textDocument/didChange",
            new { textDocument = new { uri = _uri, version = ++_version }, contentChanges = new[] { typed } });
    }

    private Task<JsonElement> RequestAsync(string method, object? parameters) =>
        _rpc.InvokeWithParameterObjectAsync<JsonElement>(method, parameters).WaitAsync(Patience);

    /// <summary>The file's text after an edit, which may be about this file only.</summary>
    private string After(JsonElement edit)
    {
        var changes = edit.GetProperty("documentChanges").EnumerateArray()
            .Where(d => d.GetProperty("textDocument").GetProperty("uri").GetString() == _uri)
            .SelectMany(d => d.GetProperty("edits").EnumerateArray())
            .Select(e => new TextChange(Span(_text, e.GetProperty("range")), e.GetProperty("newText").GetString()!));
        return SourceText.From(_text).WithChanges(changes).ToString();
    }

    private static object Position(string text, int offset)
    {
        var position = SourceText.From(text).Lines.GetLinePosition(offset);
        return new { line = position.Line, character = position.Character };
    }

    private static TextSpan Span(string text, JsonElement range)
    {
        return SourceText.From(text).Lines.GetTextSpan(new LinePositionSpan(Place("start"), Place("end")));

        LinePosition Place(string name)
        {
            var place = range.GetProperty(name);
            return new LinePosition(place.GetProperty("line").GetInt32(), place.GetProperty("character").GetInt32());
        }
    }
}
