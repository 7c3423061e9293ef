using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static E3Gen.Autograd.AutogradInterop;
using static TorchSharp.torch;

namespace E3Gen.Autograd;

/// <summary>
/// One call in libtorch's graph. The native node calls back for the derivative and once more when the graph is freed. Creating these two
/// entry points is slow, so each slot has one pair and is reused. No exception may escape into native frames: it is
/// stored in <see cref="BackwardError"/> and libtorch gets too few gradients, which it reports to the caller of
/// <c>backward()</c> as an error of its own.
/// </summary>
internal sealed unsafe class AutogradNode
{
    private const int MostTensors = 16;
    private static readonly ConcurrentStack<AutogradNode> Free = new();
    private static readonly ConcurrentBag<AutogradNode> All = []; // native code holds the entry points forever

    // Gradients that the last derivative on this thread returned. Native code copies them after the callback has ended and may free graphs
    // before, so they are kept until the next call.
    [ThreadStatic]
    private static List<Tensor>? _returned;

    // Derivatives being computed on this thread: graphs that they free must not release the gradients that they have yet to return.
    [ThreadStatic]
    private static int _depth;

    // Tensor handles passed between managed and native code, which reads or writes them within the call: one buffer per thread, so
    // several threads may differentiate one graph at the same time.
    [ThreadStatic]
    private static nint[]? _handles;

    private readonly ApplyCallback _apply;
    private readonly DeleteCallback _delete;
    private readonly nint _applyPointer;
    private readonly nint _deletePointer;
    private readonly nint[] _saved = new nint[MostTensors];

    private Node _node;
    private DifferentiableFunction? _function;
    private bool[] _needed = [];

    private AutogradNode()
    {
        (_apply, _delete) = (Derive, Delete);
        (_applyPointer, _deletePointer) = (Marshal.GetFunctionPointerForDelegate(_apply), Marshal.GetFunctionPointerForDelegate(_delete));
        All.Add(this);
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate Handles ApplyCallback(nint* gradients, int count);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void DeleteCallback();

    /// <summary>Whether this is the version of TorchSharp whose native entry points we know.</summary>
    public static bool IsSupported { get; } =
        typeof(torch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            .StartsWith("0.107.0", StringComparison.Ordinal) == true;

    /// <summary>Slots made so far: as many as there were calls in graphs at the same time.</summary>
    internal static int Slots => All.Count;

    private static nint* Buffer =>
        (nint*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_handles ??= GC.AllocateArray<nint>(MostTensors, pinned: true)));

    /// <summary>Calls a function and puts it into the graph.</summary>
    public static Tensor[] Record(DifferentiableFunction function, Tensor[] inputs, bool[] needed)
    {
        if (inputs.Length > MostTensors)
        {
            throw new ArgumentException($"{inputs.Length} inputs; a differentiable function takes at most {MostTensors}.", nameof(inputs));
        }

        ReleaseReturned();
        var outputs = function.Compute(inputs, recording: true);
        if (!Free.TryPop(out var slot))
        {
            slot = new AutogradNode();
        }

        try
        {
            slot.Connect(function, inputs, outputs, needed);
        }
        catch
        {
            foreach (var output in outputs)
            {
                output.Dispose();
            }

            throw;
        }

        return outputs;
    }

    private void Connect(DifferentiableFunction function, Tensor[] inputs, Tensor[] outputs, bool[] needed)
    {
        (_function, _needed) = (function, needed);
        _node = CreateNode(_applyPointer, _deletePointer);
        try
        {
            // First, because it may fail (inputs of inference mode cannot be saved): then nothing refers to the node yet.
            for (int i = 0; i < inputs.Length && function.SavesInputs; i++)
            {
                _saved[i] = Save(inputs[i].Handle, _node, 0);
                if (_saved[i] == 0)
                {
                    CheckForErrors();
                }
            }

            Wrap(inputs, outputs);
        }
        finally
        {
            // From here on the graph alone keeps the node.
            var node = _node;
            _node.Shared = 0;
            ReleaseShared(node);
            GC.KeepAlive(inputs);
            GC.KeepAlive(outputs);
        }
    }

    /// <summary>Makes the outputs results of the node.</summary>
    private void Wrap(Tensor[] inputs, Tensor[] outputs)
    {
        nint* from = stackalloc nint[inputs.Length], to = stackalloc nint[outputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            from[i] = inputs[i].Handle;
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            to[i] = outputs[i].Handle;
        }

        var handles = new Handles { First = from, Count = inputs.Length };
        SetNextEdges(_node, handles, 1);
        ClearInputMetadata(_node);
        WrapOutputs(handles, default, default, new Handles { First = to, Count = outputs.Length }, _node, &Allocate);
        CheckForErrors();
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i].Dispose();
            outputs[i] = Tensor.UnsafeCreateTensor(Buffer[i]);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Allocate(nint count) => (nint)Buffer;

    private Handles Derive(nint* gradients, int count)
    {
        ReleaseReturned();
        _depth++;
        try
        {
            using var scope = NewDisposeScope();
            var cotangents = new Tensor?[count];
            for (int i = 0; i < count; i++)
            {
                cotangents[i] = gradients[i] == 0 ? null : Tensor.UnsafeCreateTensor(gradients[i]);
            }

            var inputs = new Tensor[_function!.SavesInputs ? _needed.Length : 0];
            for (int i = 0; i < inputs.Length; i++)
            {
                nint handle = Unpack(_saved[i], _node);
                if (handle == 0)
                {
                    CheckForErrors(); // the graph was freed, or an input was changed in place
                }

                inputs[i] = Tensor.UnsafeCreateTensor(handle);
            }

            var results = _function.Backward(inputs, cotangents, _needed);
            var returned = _returned ??= [];
            nint* handles = Buffer;
            for (int i = 0; i < results.Length; i++)
            {
                handles[i] = 0;
                if (results[i] is { } result)
                {
                    handles[i] = result.Handle;
                    returned.Add(result.DetachFromDisposeScope());
                }
            }

            return new Handles { First = handles, Count = results.Length };
        }
        catch (Exception error)
        {
            BackwardError.Keep(error);
            return default;
        }
        finally
        {
            _depth--;
        }
    }

    private void Delete()
    {
        try
        {
            for (int i = 0; i < _needed.Length; i++)
            {
                if (_saved[i] != 0)
                {
                    DisposeSaved(_saved[i]);
                    _saved[i] = 0;
                }
            }

            ReleaseWeak(_node);
            (_function, _needed) = (null, []);
            Free.Push(this);
        }
        catch (Exception error)
        {
            BackwardError.Keep(error);
        }
    }

    private static void ReleaseReturned()
    {
        if (_depth == 0 && _returned is { Count: > 0 } returned)
        {
            foreach (var tensor in returned)
            {
                tensor.Dispose();
            }

            returned.Clear();
        }
    }
}
