using System.Text.Json;
using System.Text.Json.Serialization;
using E3Gen;

namespace HierarchicalLearning.Runs;

/// <summary>Finished runs, one file each, and claims on those at work, so that any number of processes can share one folder.</summary>
internal sealed class RunStore
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly string _folder;

    public RunStore(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    public bool Has(RunSpec spec) => File.Exists(Path(spec, ".json"));

    /// <summary>Where a run at work keeps its state.</summary>
    public string Checkpoint(RunSpec spec) => Path(spec, ".checkpoint");

    /// <summary>Takes a run for this process until the result is disposed or the process ends, however it ends.</summary>
    /// <returns>Null if another process has it.</returns>
    public IDisposable? Claim(RunSpec spec)
    {
        try
        {
            // The system frees the lock of a process that was killed; the file that it leaves means nothing.
            return new FileStream(Path(spec, ".claim"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Writes a result, all of it or nothing.</summary>
    public void Save(RunResult result)
    {
        AtomicFile.Write(Path(result.Spec, ".json"), stream => JsonSerializer.Serialize(stream, result, Json));
        File.Delete(Checkpoint(result.Spec));
    }

    /// <summary>Removes what killed processes left and nobody needs: unfinished files, and the checkpoints of finished runs.</summary>
    public void RemoveLeftovers(IEnumerable<RunSpec> specs)
    {
        AtomicFile.RemoveStale(_folder);
        foreach (RunSpec spec in specs.Where(Has))
            File.Delete(Checkpoint(spec));
    }

    /// <exception cref="InvalidDataException">The file is not what <see cref="Save"/> wrote for this run.</exception>
    public RunResult Load(RunSpec spec)
    {
        string path = Path(spec, ".json");
        RunResult? result;
        try
        {
            result = JsonSerializer.Deserialize<RunResult>(File.ReadAllBytes(path), Json);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is not a finished run: {error.Message} Delete it, and it is run again.", error);
        }
        if (result is null || result.Spec.Key() != spec.Key())
            throw new InvalidDataException($"{path} holds the run '{result?.Spec.Key()}', not what its name says. Delete it, and it is run again.");
        return result;
    }

    private string Path(RunSpec spec, string extension) => System.IO.Path.Combine(_folder, spec.Key() + extension);
}
