namespace E3Gen.Cuda.Tests;

/// <summary>gpu_check.py, which a machine with a GPU needs nothing else of: its cases, and its half that needs no GPU.</summary>
public sealed class GpuCheckTests
{
    /// <summary>Writes the cases where E3GEN_GPU_CHECK says, for a machine with a GPU.</summary>
    [Fact]
    public void Cases_are_written_on_request()
    {
        if (Environment.GetEnvironmentVariable("E3GEN_GPU_CHECK") is { Length: > 0 } folder)
        {
            GpuCheckCases.Write(folder);
        }
    }

    [HostFact]
    public void The_script_runs_on_the_host()
    {
        if (Command.Find("python3") is not { } python)
        {
            return; // the cases themselves are those of other tests
        }

        string folder = Directory.CreateTempSubdirectory("e3gen-cuda-").FullName;
        try
        {
            GpuCheckCases.Write(folder);
            string script = Path.Combine(folder, "gpu_check.py");
            Assert.InRange(new FileInfo(Path.Combine(folder, GpuCheckCases.Name)).Length, 1, 1_000_000);
            Command.Run(python, script, "--host");

            // A wrong number is found.
            GpuCheckCases.Write(folder, text => text.Replace("T sum = 0", "T sum = 1"));
            Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Command.Run(python, script, "--host", "--only", "product"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
