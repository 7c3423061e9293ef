namespace E3Gen.Kernels;

/// <summary>
/// Distributes the rows of a call over threads. One thread computes each row completely,
/// so results do not depend on the number of threads.
/// </summary>
internal static class Work
{
    private const int ChunksPerThread = 8;

    /// <summary>
    /// Minimum cost of the work of each thread: 20 µs, about the time to hand work over.
    /// Tests lower it to distribute small work, too.
    /// </summary>
    internal static double WorthAThread { get; set; } = 200_000;

    /// <summary>Number of threads: all processors, unless set (the runtime sets it to libtorch's number, which may change at any time).</summary>
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
