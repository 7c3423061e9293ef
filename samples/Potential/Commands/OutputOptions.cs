using System.CommandLine;
using Shared.Execution;

namespace Potential.Commands;

/// <summary>Where a training writes, and what becomes of an earlier one there.</summary>
/// <param name="replacesDefault">Whether an earlier training in the default folder is replaced without being asked: that of the example, which makes itself again in minutes.</param>
internal sealed class OutputOptions(bool replacesDefault = false)
{
    private readonly Option<string> _out = new("--out", "-o") { Description = "Folder for results.", HelpName = "folder", DefaultValueFactory = _ => TrainingFolder.Default() };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on from the checkpoint in the folder of --out." };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace the training that the folder of --out has." };

    public void AttachTo(Command command)
    {
        foreach (Option option in new Option[] { _out, _resume, _overwrite }) command.Options.Add(option);
    }

    public bool Resumes(ParseResult arguments) => arguments.GetValue(_resume);

    public TrainingFolder FolderOf(ParseResult arguments) => new(arguments.GetValue(_out)!);

    /// <summary>Keeps other processes, and this one, from writing over a training.</summary>
    /// <exception cref="ArgumentException">The folder has a training, and nobody says what is to become of it.</exception>
    public FolderLock Reserve(ParseResult arguments)
    {
        TrainingFolder folder = FolderOf(arguments);
        bool isExample = replacesDefault && (arguments.GetResult(_out) is null or { Implicit: true });
        return Reservation.Take(
            folder.Path, Resumes(arguments), arguments.GetValue(_overwrite), folder.Checkpoint, () => folder.HasTraining && !isExample ? $"{folder.Path} has a training" : null);
    }
}
