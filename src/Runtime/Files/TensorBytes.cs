using static TorchSharp.torch;

namespace E3Gen;

/// <summary>The data of tensors as files hold them: contiguous, and with the values that the tensor has, not those that its memory has.</summary>
internal static class TensorBytes
{
    private const int BufferSize = 1 << 20;

    public static void Write(Stream stream, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        // conj() and the imaginary part of it are views of unchanged memory that only say that signs are to be changed.
        Tensor data = tensor.detach().cpu();
        if (data.is_complex()) data = data.resolve_conj();
        data.resolve_neg().contiguous().WriteBytesToStream(stream, BufferSize);
    }
}
