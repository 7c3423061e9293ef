using System.Diagnostics;
using E3Gen.Runtime.Tests.Support;

namespace E3Gen.Runtime.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static void Save(string path, string text) => AtomicFile.Write(path, stream => stream.Write(System.Text.Encoding.ASCII.GetBytes(text)));

    /// <summary>The name that a save of "x" writes under, here and now.</summary>
    private string Temporary()
    {
        string? name = null;
        AtomicFile.Write(_folder.File("x"), stream => name = stream.Name);
        return name!;
    }

    private static int FinishedProcess()
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.Id;
    }

    [Fact]
    public void WhatKilledProcessesLeftIsRemovedAtTheNextSave()
    {
        string mine = Temporary(), dead = mine.Replace($"-{Environment.ProcessId}-", $"-{FinishedProcess()}-");
        File.WriteAllText(dead, "half");
        File.WriteAllText(_folder.File("x.notes.tmp"), "of the user");
        Save(_folder.File("x"), "whole");
        Assert.Equal(["x", "x.notes.tmp"], _folder.Files);
        Assert.Equal("whole", File.ReadAllText(_folder.File("x")));
    }

    [Fact]
    public void WhatOthersWriteNowIsKept()
    {
        string mine = Temporary(), ofOtherTarget = mine.Replace("x.", "y.").Replace($"-{Environment.ProcessId}-", $"-{FinishedProcess()}-");
        string machine = Path.GetFileName(mine).Split('.', '-')[1], ofOtherMachine = mine.Replace(machine, "00000000").Replace($"-{Environment.ProcessId}-", $"-{FinishedProcess()}-");
        foreach (string file in (string[])[mine, ofOtherTarget, ofOtherMachine]) File.WriteAllText(file, "in progress");
        Save(_folder.File("x"), "whole");
        Assert.Equal(4, _folder.Files.Length);

        foreach (string file in (string[])[mine, ofOtherMachine]) File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-2));
        Save(_folder.File("x"), "whole");
        Assert.Equal(["x", Path.GetFileName(ofOtherTarget)], _folder.Files);
    }

    [Fact]
    public void ManyWritersOfOneFileDoNotDisturbEachOther()
    {
        Parallel.For(0, 100, i => Save(_folder.File("x"), new string((char)('a' + i % 26), 1000)));
        string text = File.ReadAllText(_folder.File("x"));
        Assert.Equal(new string(text[0], 1000), text);
        Assert.Equal(["x"], _folder.Files);
    }

    [Fact]
    public void AFailedSaveLeavesEverythingAsItWas()
    {
        Save(_folder.File("x"), "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(_folder.File("x"), _ => throw new InvalidOperationException()));
        Assert.Equal("old", File.ReadAllText(_folder.File("x")));
        Assert.Equal(["x"], _folder.Files);
    }

    [Fact]
    public void LinksAreFollowed()
    {
        if (OperatingSystem.IsWindows()) return;   // where links need a privilege
        Directory.CreateDirectory(_folder.File("a/b"));
        Directory.CreateSymbolicLink(_folder.File("folder"), "a/b");
        File.CreateSymbolicLink(_folder.File("link"), "second");
        File.CreateSymbolicLink(_folder.File("second"), "folder/third");
        File.CreateSymbolicLink(_folder.File("a/b/third"), "../file");   // counts from a/b, not from folder
        foreach (string text in (string[])["new", "replaced"])
        {
            Save(_folder.File("link"), text);
            Assert.Equal(text, File.ReadAllText(_folder.File("a/file")));
            Assert.Equal("second", new FileInfo(_folder.File("link")).LinkTarget);
            Assert.Equal("../file", new FileInfo(_folder.File("a/b/third")).LinkTarget);
        }
        File.CreateSymbolicLink(_folder.File("circle"), "circle");
        Assert.Throws<IOException>(() => Save(_folder.File("circle"), ""));
    }

    [Fact]
    public void PermissionsAreKept()
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        Save(_folder.File("x"), "old");
        File.SetUnixFileMode(_folder.File("x"), Mode);
        Save(_folder.File("x"), "new");
        Assert.Equal(Mode, File.GetUnixFileMode(_folder.File("x")));
    }

    [Fact]
    public void SafetensorsAreSavedThroughIt()
    {
        if (OperatingSystem.IsWindows()) return;
        using var scope = TorchSharp.torch.NewDisposeScope();
        File.CreateSymbolicLink(_folder.File("latest"), "step_1");
        Safetensors.Save(_folder.File("latest"), [("a", TorchSharp.torch.ones(3))]);
        PyTorchFile.Save(_folder.File("latest.pt"), [("a", TorchSharp.torch.ones(3))]);
        Assert.Equal(["latest", "latest.pt", "step_1"], _folder.Files);
        Assert.Equal("step_1", new FileInfo(_folder.File("latest")).LinkTarget);
    }
}
