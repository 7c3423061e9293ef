namespace E3Gen.Kernels;

/// <summary>
/// Spreads the rows of a call over threads. Every row is computed as a whole by one thread,
/// so that results do not depend on their number.
/// </summary>
internal static class Work
{
    private const int ChunksPerThread = 8;

    /// <summary>
    /// Cost of what each thread must at least have to do: 20 µs, about what it takes to hand work over.
    /// Tests set it so that little work is spread, too.
    /// </summary>
    internal static double WorthAThread { get; set; } = 200_000;

    /// <summary>How many threads there are: all processors, unless somebody sets it (the runtime to libtorch's number, which may change at any time).</summary>
    internal static Func<int> AllThreads { get; set; } = static () => Environment.ProcessorCount;

    /// <summary>How many threads a call gets.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="costPerRow">Tenths of a nanosecond that a row takes, about.</param>
    public static int Threads(int rows, double costPerRow)
    {
        return (int)Math.Max(1, Math.Min(AllThreads(), Math.Min(rows, rows * costPerRow / WorthAThread)));
    }

    /// <summary>Does ranges of rows; an exception of a thread is thrown here.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="costPerRow">Tenths of a nanosecond that a row takes, about.</param>
    /// <param name="body">Does the rows from … to − 1.</param>
    public static void For(int rows, double costPerRow, Action<int, int> body)
    {
        int threads = Threads(rows, costPerRow);
        if (threads == 1)
        {
            if (rows > 0)
            {
                body(0, rows);
            }

            return;
        }

        int chunks = Math.Min(rows, threads * ChunksPerThread);
        try
        {
            Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = threads },
                c => body((int)((long)rows * c / chunks), (int)((long)rows * (c + 1) / chunks)));
        }
        catch (AggregateException error)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }
    }
}
