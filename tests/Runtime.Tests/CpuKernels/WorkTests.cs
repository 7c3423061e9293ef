using E3Gen.Kernels;
using E3Gen.Runtime.Tests.Support;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>Rows are spread over threads, each once, and what goes wrong on one of them is thrown as it is.</summary>
[Collection(Alone.Name)]
public sealed class WorkTests
{
    private const double Much = 1e9, Little = 1;

    [Theory]
    [InlineData(1, Much)]
    [InlineData(2, Much)]
    [InlineData(4, Much)]
    [InlineData(4, Little)]
    [InlineData(4, 0)]
    public void EveryRowIsDoneOnce(int threads, double cost) => With(threads, () =>
    {
        foreach (int rows in new[] { 0, 1, 2, 3, 7, 31, 32, 33, 1000 })
        {
            var done = new int[rows];
            Work.For(rows, cost, (from, to) =>
            {
                Assert.True(from < to);
                for (int row = from; row < to; row++) Interlocked.Increment(ref done[row]);
            });
            Assert.All(done, count => Assert.Equal(1, count));
        }
    });

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void ExceptionsOfThreadsAreThrownAsTheyAre(int threads) => With(threads, () =>
        Assert.Equal("row", Assert.Throws<FormatException>(() => Work.For(100, Much, (_, _) => throw new FormatException("row"))).Message));

    [Fact]
    public unsafe void MemoryIsAlignedAndGrows()
    {
        foreach (long numbers in new[] { 1L, 100, 10_000, 5, 1_000_000 })
        {
            double* memory = Workspace.Get<double>(numbers);
            Assert.Equal(0, (nint)memory % 64);
            new Span<double>(memory, (int)numbers).Fill(1);
            using var scratch = new Scratch<float>(numbers, 3);
            Assert.Equal(0, scratch.Rows.Pointer % 64);
            new Span<float>(scratch.Rows.Row(0), (int)numbers * 3).Fill(1);
        }
    }

    private static void With(int threads, Action test)
    {
        int before = get_num_threads();
        set_num_threads(threads);
        try
        {
            test();
        }
        finally
        {
            set_num_threads(before);
        }
    }
}
