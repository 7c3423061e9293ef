using System.Runtime.InteropServices;

namespace Shared.Execution;

/// <summary>
/// While it exists, the first of Ctrl-C (SIGINT), SIGTERM and SIGHUP (the terminal is gone) does not end the process but asks the work at hand to save itself and end; a second Ctrl-C
/// ends the process at once. Before and after, signals do what they always do.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _received;

    public StopSignal()
    {
        _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(s => PosixSignalRegistration.Create(s, Receive))];
        if (!Console.IsOutputRedirected)
            Console.SetOut(new TerminalWriter(Console.Out));
    }

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _source.Token;

    public bool Received => _received != 0;

    /// <summary>Of the first signal, such as "SIGTERM".</summary>
    public string Name => ((PosixSignal)_received).ToString();

    /// <summary>What shells expect of a process that a signal ended: 128 + the signal's number.</summary>
    public int ExitCode => 128 + (PosixSignal)_received switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        _ => 15,
    };

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        bool first = Interlocked.CompareExchange(ref _received, (int)context.Signal, 0) == 0;
        // Only Ctrl-C is a person's. SIGTERM comes twice from whoever sends it to a whole process group in which 'dotnet run' forwards it.
        context.Cancel = first || context.Signal != PosixSignal.SIGINT;
        if (first)
            _source.Cancel();
    }
}
