using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace E3Gen;

/// <summary>
/// Writes state dicts as torch.save does: a zip archive with a pickle of a dictionary and a record for each tensor's data. The dictionary is
/// a plain one, since torch::pickle_load of C++ reads no other; to load_state_dict of Python it is the same.
/// </summary>
internal static class PyTorchWriter
{
    private const string Folder = "archive/";

    public static void Save(string path, (string Name, Tensor Tensor)[] tensors)
    {
        RequireStorable(tensors);
        AtomicFile.Write(path, stream =>
        {
            var zip = new ZipWriter(stream);
            byte[] pickle = Pickle(tensors);
            zip.Add(Folder + "data.pkl", pickle);
            zip.Add(Folder + ".format_version", "1"u8);
            zip.Add(Folder + ".storage_alignment", "64"u8);
            zip.Add(Folder + "byteorder", "little"u8);
            for (int i = 0; i < tensors.Length; i++)
            {
                Tensor tensor = tensors[i].Tensor;
                zip.Add($"{Folder}data/{i}", ByteCount(tensor), target => TensorBytes.Write(target, tensor));
            }
            zip.Add(Folder + "version", "3\n"u8);
            zip.Add(Folder + ".data/serialization_id", Encoding.ASCII.GetBytes(Identity(pickle)));
            zip.Finish();
        });
    }

    private static void RequireStorable((string Name, Tensor Tensor)[] tensors)
    {
        var names = new HashSet<string>();
        foreach ((string name, Tensor tensor) in tensors)
        {
            if (!names.Add(name)) throw new ArgumentException($"Two tensors are named '{name}'; names must be unique.");
            if (PyTorchTypes.Of(tensor.dtype) is null)
                throw new ArgumentException($"Tensor '{name}' has type {tensor.dtype}, which cannot be stored; convert it to one of {PyTorchTypes.ReadableNames}.");
        }
    }

    private static byte[] Pickle((string Name, Tensor Tensor)[] tensors)
    {
        var pickle = new PickleWriter();
        pickle.Dictionary(() =>
        {
            for (int i = 0; i < tensors.Length; i++)
            {
                (string name, Tensor tensor) = tensors[i];
                pickle.Text(name);
                WriteTensor(pickle, tensor, i.ToString(CultureInfo.InvariantCulture));
            }
        });
        return pickle.Finish();
    }

    /// <summary>A call of <c>_rebuild_tensor_v2</c> with a contiguous view of a storage, without gradient and hooks.</summary>
    private static void WriteTensor(PickleWriter pickle, Tensor tensor, string key)
    {
        long[] shape = tensor.shape;
        pickle.Call("torch._utils", "_rebuild_tensor_v2", () =>
        {
            pickle.PersistentId(() =>
            {
                pickle.Text("storage");
                pickle.Global("torch", PyTorchTypes.Of(tensor.dtype)!.Storage!);
                pickle.Text(key);
                pickle.Text("cpu");
                pickle.Integer(tensor.numel());
            });
            pickle.Integer(0);
            pickle.Tuple(shape);
            pickle.Tuple(ContiguousStrides(shape));
            pickle.False();
            pickle.Call("collections", "OrderedDict", () => { });
        });
    }

    private static long[] ContiguousStrides(long[] shape)
    {
        long[] strides = new long[shape.Length];
        long stride = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= Math.Max(shape[axis], 1);
        }
        return strides;
    }

    private static long ByteCount(Tensor tensor) => tensor.numel() * PyTorchTypes.Of(tensor.dtype)!.Size;

    /// <summary>Forty digits that tell files apart; torch only keeps them.</summary>
    private static string Identity(byte[] pickle) => string.Create(CultureInfo.InvariantCulture, $"{pickle.Length:d20}{Crc32.Append(0, pickle):d20}");
}
