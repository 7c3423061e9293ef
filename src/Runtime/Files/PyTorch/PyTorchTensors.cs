namespace E3Gen;

/// <summary>Tensors from the arguments that torch.save writes for them. Every one lies within its storage.</summary>
internal static class PyTorchTensors
{
    /// <summary>libtorch's limit for the number of axes that its operations take.</summary>
    private const int MaxRank = 64;

    /// <summary>Arguments of <c>_rebuild_tensor_v2</c>: storage, offset, shape, strides, requires_grad, hooks, metadata.</summary>
    public static object Rebuild(object?[] arguments)
    {
        if (arguments is not [PyTorchStorage storage, long offset, object?[] shape, object?[] strides, ..]) throw Odd();
        RefuseMetadata(arguments, 6);
        return Make(storage, storage.Type, offset, shape, strides);
    }

    /// <summary>Arguments of <c>_rebuild_tensor_v3</c>: the same with an untyped storage and the type before metadata.</summary>
    public static object RebuildTyped(object?[] arguments)
    {
        if (arguments is not [PyTorchStorage storage, long offset, object?[] shape, object?[] strides, _, _, PyTorchObject name, ..]) throw Odd();
        if (PyTorchTypes.OfName(name.Name) is not { } type) throw Odd();
        RefuseMetadata(arguments, 7);
        return Make(storage, type, offset, shape, strides);
    }

    private static PyTorchEntry Make(PyTorchStorage storage, PyTorchType type, long offset, object?[] shape, object?[] strides)
    {
        (long[] sizes, long[] steps) = (Numbers(shape), Numbers(strides));
        if (sizes.Length > MaxRank) throw new InvalidDataException($"a tensor in it has {sizes.Length} axes; at most {MaxRank} are possible.");
        if (sizes.Length != steps.Length || offset < 0) throw Odd();
        string tensor = $"of shape [{string.Join(", ", sizes)}], strides [{string.Join(", ", steps)}] and offset {offset}";
        try
        {
            // Axes of length 0 do not excuse absurd lengths of others.
            _ = checked(sizes.Aggregate((long)type.Size, (product, size) => product * Math.Max(size, 1)));
            long last = checked(sizes.Zip(steps, (size, step) => Math.Max(size - 1, 0) * step).Aggregate(offset, (sum, more) => checked(sum + more)));
            long available = storage.Record.Length / type.Size;
            if (!sizes.Contains(0) && last >= available)
                throw new InvalidDataException($"a tensor {tensor} reaches element {last} of the storage '{Excerpt.Short(storage.Key)}', which has {available} of type {type.Name}.");
        }
        catch (OverflowException)
        {
            throw new InvalidDataException($"a tensor {tensor} is larger than any memory.");
        }
        return new PyTorchEntry(storage, type, sizes, steps, offset);
    }

    /// <summary>Flags of lazily conjugated or negated views: leaving them out would change values.</summary>
    private static void RefuseMetadata(object?[] arguments, int index)
    {
        if (arguments.Length > index && arguments[index] is not (null or IReadOnlyDictionary<object, object?> { Count: 0 }))
            throw new InvalidDataException("a tensor in it is a lazily conjugated or negated view, which is not read here. In Python, call resolve_conj().resolve_neg() first.");
    }

    private static long[] Numbers(object?[] items) => [.. items.Select(i => i is long and >= 0 ? (long)i : throw Odd())];

    private static InvalidDataException Odd() => new("a tensor in it is described in a way that torch.save does not write. The file is damaged.");
}
