namespace E3Gen;

/// <summary>
/// Memory that the values of a pickle may take: so much for each of its bytes. A few bytes can ask for a copy of a large value, again and again, and only
/// a sum stops that.
/// </summary>
internal sealed class PickleBudget(int pickleLength)
{
    private const long Free = 1 << 20, PerByte = 256, Limit = 4L << 30;

    private readonly long _total = Math.Min(Free + PerByte * pickleLength, Limit);
    private long _spent;

    /// <summary>Accounts for a value before it is made.</summary>
    /// <param name="bytes">About what it takes.</param>
    public void Spend(long bytes)
    {
        _spent += bytes;
        if (_spent > _total)
            throw new InvalidDataException($"its pickle of {pickleLength} bytes asks for more than {_total} bytes of memory. torch.save writes no such file.");
    }
}
