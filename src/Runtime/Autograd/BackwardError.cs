namespace E3Gen.Autograd;

/// <summary>The cause of an error in a derivative: libtorch's error, which the caller of <c>backward()</c> gets, cannot carry it.</summary>
internal static class BackwardError
{
    [ThreadStatic]
    private static Exception? _last;

    /// <summary>The last exception of a derivative on this thread.</summary>
    public static Exception? Last => _last;

    public static void Keep(Exception error)
    {
        _last = error;
        Console.Error.WriteLine($"E3Gen: the derivative of an operation failed. {error}");
    }
}
