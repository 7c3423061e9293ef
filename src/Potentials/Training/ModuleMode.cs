using static TorchSharp.torch;

namespace E3Gen.Potentials;

/// <summary>Puts a module and all in it into training or evaluation mode, which dropout and batch normalisation depend on, until it is disposed.</summary>
internal sealed class ModuleMode : IDisposable
{
    /// <summary>Parents before their children, whose modes they set, too.</summary>
    private readonly (nn.Module Module, bool Training)[] _before;

    private ModuleMode(nn.Module module, bool training)
    {
        _before = [.. module.modules().Prepend(module).Select(m => (m, m.training))];
        module.train(training);
    }

    public static ModuleMode Training(nn.Module module) => new(module, true);

    public static ModuleMode Evaluation(nn.Module module) => new(module, false);

    public void Dispose()
    {
        foreach ((nn.Module module, bool training) in _before) module.train(training);
    }
}
