using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace E3Gen.Autograd;

/// <summary>
/// Entry points of TorchSharp's native library for custom autograd nodes. TorchSharp's public class costs three times as much per call, and an
/// exception in a derivative ends the process. The entry points are those of one version of TorchSharp; others use the public class.
/// </summary>
internal static unsafe partial class AutogradInterop
{
    private const string Library = "LibTorchSharp";

    [LibraryImport(Library, EntryPoint = "THSAutograd_CSharpNode_ctor")]
    public static partial Node CreateNode(nint apply, nint delete);

    [LibraryImport(Library, EntryPoint = "THSAutograd_CSharpNode_disposeSharedPtr")]
    public static partial void ReleaseShared(Node node);

    [LibraryImport(Library, EntryPoint = "THSAutograd_CSharpNode_disposeWeakPtr")]
    public static partial void ReleaseWeak(Node node);

    [LibraryImport(Library, EntryPoint = "THSAutograd_CSharpNode_setNextEdges")]
    public static partial void SetNextEdges(Node node, Handles inputs, byte isExecutable);

    [LibraryImport(Library, EntryPoint = "THSAutograd_CSharpNode_clearInputMetadata")]
    public static partial void ClearInputMetadata(Node node);

    [LibraryImport(Library, EntryPoint = "THSAutograd_Function_wrapOutputs")]
    public static partial void WrapOutputs(Handles inputs, Handles nonDifferentiable, Handles dirty, Handles outputs, Node node,
        delegate* unmanaged[Cdecl]<nint, nint> allocate);

    [LibraryImport(Library, EntryPoint = "THSAutograd_SavedVariable_ctor")]
    public static partial nint Save(nint tensor, Node node, byte isInplaceView);

    [LibraryImport(Library, EntryPoint = "THSAutograd_SavedVariable_unpack")]
    public static partial nint Unpack(nint saved, Node node);

    [LibraryImport(Library, EntryPoint = "THSAutograd_SavedVariable_dispose")]
    public static partial void DisposeSaved(nint saved);

    /// <summary>A node's shared and weak pointer.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Node
    {
        public nint Shared;
        public nint Weak;
    }

    /// <summary>An array of tensor handles.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Handles
    {
        public nint* First;
        public long Count;
    }
}
