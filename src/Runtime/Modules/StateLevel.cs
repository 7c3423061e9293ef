using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>A level of a state dict that only gives a name to the parts below it.</summary>
internal sealed class StateLevel() : nn.Module(nameof(StateLevel))
{
    /// <summary>Does nothing: parts are registered when they are added.</summary>
    protected override void RegisterComponents()
    {
    }
}
