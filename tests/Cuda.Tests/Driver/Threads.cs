namespace E3Gen.Cuda.Tests;

/// <summary>Threads that begin at the same time.</summary>
internal static class Threads
{
    /// <summary>Runs them all, and throws what one of them throws.</summary>
    public static void Run(int count, Action<int> body)
    {
        var errors = new List<Exception>();
        using var start = new Barrier(count);
        var threads = Enumerable.Range(0, count).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                body(i);
            }
            catch (Exception e)
            {
                lock (errors)
                {
                    errors.Add(e);
                }
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        if (errors.Count > 0)
        {
            throw new AggregateException(errors);
        }
    }
}
