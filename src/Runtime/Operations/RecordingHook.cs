using System.ComponentModel;
using System.Runtime.CompilerServices;
using E3Gen.Analysis;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Operations;

/// <summary>
/// Where generated operations show their tensors to an <see cref="Recorder"/>. Called by generated code;
/// one comparison where nobody records.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RecordingHook
{
    private static readonly Lock Changing = new();

    // Steps that are open, in any thread; replaced as a whole, so that operations read it without a lock.
    // Null where there are none, nearly always.
    private static volatile StepRecord[]? _steps;

    /// <summary>Shows the result of an operation.</summary>
    /// <param name="module">The module that the operation belongs to.</param>
    /// <param name="operation">Its name in messages, such as "Interaction.Mix".</param>
    /// <param name="input">Its first argument.</param>
    /// <param name="result">Its result.</param>
    /// <returns>The result; where its gradient is recorded the same values in another tensor.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tensor Result(nn.Module module, string operation, Tensor input, Tensor result) =>
        _steps is { } steps ? Show(steps, module, operation, input, result) : result;

    /// <summary>Shows the weights that an operation was passed as an argument.</summary>
    /// <param name="module">The module that the operation belongs to.</param>
    /// <param name="operation">Its name in messages, such as "Interaction.Convolve".</param>
    /// <param name="weights">The weights.</param>
    /// <returns>The weights; where their gradient is recorded the same values in another tensor.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Tensor Weights(nn.Module module, string operation, Tensor weights) =>
        _steps is { } steps ? Show(steps, module, operation, weights) : weights;

    internal static void Add(StepRecord step)
    {
        lock (Changing)
        {
            _steps = [.. _steps ?? [], step];
        }
    }

    internal static void Remove(StepRecord step)
    {
        lock (Changing)
        {
            StepRecord[] others = [.. (_steps ?? []).Where(s => s != step)];
            _steps = others.Length == 0 ? null : others;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Tensor Show(StepRecord[] steps, nn.Module module, string operation, Tensor input, Tensor result)
    {
        foreach (var step in steps)
        {
            result = step.Find(module, operation)?.Result(input, result) ?? result;
        }

        return result;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Tensor Show(StepRecord[] steps, nn.Module module, string operation, Tensor weights)
    {
        foreach (var step in steps)
        {
            weights = step.Find(module, operation)?.Passed(weights) ?? weights;
        }

        return weights;
    }
}
