using System.Buffers.Binary;

namespace E3Gen;

/// <summary>What the first bytes of a file say about it.</summary>
internal enum FileKind
{
    Unknown,
    Safetensors,
    Zip,
    LegacyPyTorch,
    Pickle,
    Hdf5,
    Gzip,
    Numpy,
    Gguf,
    GitLfs,
    Html,
}

/// <summary>Recognises files, so that the wrong reader can name the right one.</summary>
internal static class FileKinds
{
    private static readonly (byte[] Start, FileKind Kind)[] Starts =
    [
        ([.. "PK"u8, 3, 4], FileKind.Zip), ([.. "PK"u8, 5, 6], FileKind.Zip),
        // torch.save before 1.6: a pickle of the number 0x1950a86a20f9469cfc6c comes first.
        ([0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19], FileKind.LegacyPyTorch),
        ([0x80, 2], FileKind.Pickle), ([0x80, 3], FileKind.Pickle), ([0x80, 4], FileKind.Pickle), ([0x80, 5], FileKind.Pickle),
        ([0x89, .. "HDF\r\n"u8, 0x1a, .. "\n"u8], FileKind.Hdf5), ([0x1f, 0x8b], FileKind.Gzip), ([0x93, .. "NUMPY"u8], FileKind.Numpy),
        ([.. "GGUF"u8], FileKind.Gguf), ([.. "version https://git-lfs"u8], FileKind.GitLfs),
        ([.. "<!DOCTYPE"u8], FileKind.Html), ([.. "<!doctype"u8], FileKind.Html), ([.. "<html"u8], FileKind.Html),
    ];

    /// <summary>Looks at the start of a file; the stream is at its start again afterwards.</summary>
    public static FileKind Of(Stream stream)
    {
        Span<byte> start = stackalloc byte[32];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        // First: a header's length may begin with any of the bytes below.
        if (start.Length > 8 && start[8] == '{' && BinaryPrimitives.ReadUInt64LittleEndian(start) <= (ulong)stream.Length) return FileKind.Safetensors;
        foreach ((byte[] signature, FileKind kind) in Starts)
        {
            if (start.StartsWith(signature)) return kind;
        }
        return FileKind.Unknown;
    }

    /// <summary>What the file is and what to do with it; null if that is not known.</summary>
    public static string? Explain(FileKind kind) => kind switch
    {
        FileKind.Safetensors => "it is a safetensors file; call Safetensors.Read, or ModuleWeights.Load, which takes both formats.",
        FileKind.Zip => "it is a zip archive, as torch.save writes (.pt, .pth); call PyTorchFile.Read, or ModuleWeights.Load, which takes both formats.",
        FileKind.LegacyPyTorch => "it is a PyTorch file in the format before torch 1.6, which is not read here. Save it again with a newer torch: "
            + "torch.save(torch.load(path, map_location='cpu', weights_only=True), path).",
        FileKind.Pickle => "it is a Python pickle, not in a zip archive as torch.save writes it since torch 1.6. Load it in Python and save its tensors with torch.save.",
        FileKind.Hdf5 => "it is an HDF5 file (.h5), as Keras writes. Convert its arrays to safetensors in Python.",
        FileKind.Gzip => "it is compressed with gzip; decompress it first.",
        FileKind.Numpy => "it is a NumPy array (.npy). In Python: safetensors.numpy.save_file({'name': numpy.load(path)}, 'x.safetensors').",
        FileKind.Gguf => "it is a GGUF file, as llama.cpp uses; its quantised tensors are not read here.",
        FileKind.GitLfs => "it is a pointer of Git LFS; the file itself was not downloaded. Run git lfs pull.",
        FileKind.Html => "it is a web page; the download went wrong.",
        _ => null,
    };
}
