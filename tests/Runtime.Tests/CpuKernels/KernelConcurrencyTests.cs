using E3Gen.Autograd;
using E3Gen.Runtime.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.CpuKernels;

/// <summary>Many threads call and derive at once while the garbage collector runs.</summary>
[Collection(Alone.Name)]
public sealed class KernelConcurrencyTests
{
    private static readonly string[] Names = ["CopiesConvolutions.Of9", "CopiesProducts.Of7", "SpecialOperations.SharedWeights", "SpecialOperations.CopiesOfEdges"];

    // Made once: TorchSharp counts parameters of modules that are disposed.
    private static readonly KernelOperation[] Operations = [.. Names.Select(name => new KernelOperation(name, ScalarType.Float64))];

    [Fact]
    public void ThreadsDoNotDisturbEachOtherAndNothingIsLeft()
    {
        const int Threads = 6, Calls = 40;
        Run(threads: 1, calls: 1); // the first calls make what is kept for ever
        Collect();
        long tensors = Tensor.TotalCount;
        int slots = AutogradNode.Slots;

        Run(Threads, Calls);
        Run(threads: 1, calls: 1);
        Collect();
        Assert.True(Tensor.TotalCount <= tensors, $"{Tensor.TotalCount - tensors} tensors are left");

        // A call with its derivatives has a handful of nodes at a time.
        int made = AutogradNode.Slots - slots;
        Assert.True(made <= Threads * 40, $"{made} slots were made for {Threads} threads");
        Run(Threads, Calls);
        Assert.True(AutogradNode.Slots - slots <= Threads * 40, $"{AutogradNode.Slots - slots} slots after as many calls again");
    }

    [Fact]
    public void CallsOneAfterTheOtherShareTheirSlots()
    {
        Run(threads: 1, calls: 3);
        int slots = AutogradNode.Slots;
        Run(threads: 1, calls: 100);
        Assert.Equal(slots, AutogradNode.Slots);
    }

    /// <summary>As training with shared parameters on several threads does where only the heads differ.</summary>
    [Fact]
    public void ThreadsMayDeriveOneGraph()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(2);
        using var operation = new KernelOperation("CopiesProducts.Of9", ScalarType.Float64);
        Tensor[] arguments = [.. operation.Random(random, 20).Select(a => a.requires_grad_(true))];
        Tensor z = operation.Apply(arguments);
        Tensor[] heads = [.. Enumerable.Range(0, 6).Select(_ => randn(z.shape, ScalarType.Float64, generator: random))];
        Tensor[][] expected = [.. heads.Select(Derive)];
        var errors = InParallel(heads.Length, thread =>
        {
            for (int call = 0; call < 400; call++)
            {
                using var inner = NewDisposeScope();
                Assert.All(expected[thread].Zip(Derive(heads[thread])), pair => Assert.True(pair.First.Equals(pair.Second)));
            }
        });
        Assert.Empty(errors);

        Tensor[] Derive(Tensor head) => [.. autograd.grad([(z * head).sum()], arguments, retain_graph: true)];
    }

    private static void Run(int threads, int calls)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(5);
        using Graph graph = SmallGraphs.Usual();
        Tensor[][] arguments = [.. Operations.Select(o => o.Random(random, 17, o.TakesGraph ? graph : null))];
        Tensor[][][] expected = [.. Operations.Select((_, i) => Compute(i))];
        bool done = false;
        var collector = new Thread(() =>
        {
            while (!Volatile.Read(ref done))
            {
                GC.Collect();
                Thread.Sleep(1);
            }
        });
        collector.Start();
        var errors = InParallel(threads, thread =>
        {
            for (int call = 0; call < calls; call++)
            {
                using var inner = NewDisposeScope();
                int which = (thread + call) % Operations.Length;
                Tensor[][] actual = Compute(which);
                Assert.All(expected[which].SelectMany(e => e).Zip(actual.SelectMany(a => a)), pair => Assert.True(pair.First.Equals(pair.Second), Names[which]));
            }
        });
        Volatile.Write(ref done, true);
        collector.Join();
        Assert.Empty(errors);

        Tensor[][] Compute(int i) => Derivatives.Of(a => Operations[i].Apply(a, Operations[i].TakesGraph ? graph : null), arguments[i]);
    }

    private static Exception[] InParallel(int count, Action<int> body)
    {
        var errors = new Exception?[count];
        using var start = new Barrier(count);
        var threads = Enumerable.Range(0, count).Select(i => new Thread(() =>
        {
            try
            {
                set_num_threads(1);
                start.SignalAndWait();
                body(i);
            }
            catch (Exception error)
            {
                errors[i] = error;
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        return [.. errors.OfType<Exception>()];
    }

    private static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
