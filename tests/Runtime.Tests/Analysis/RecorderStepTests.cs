using E3Gen.Analysis;
using E3Gen.Runtime.Tests.Explanation;
using E3Gen.Runtime.Tests.Networks;
using TorchSharp;
using static E3Gen.Runtime.Tests.Analysis.RecorderSamples;
using static TorchSharp.torch;

namespace E3Gen.Runtime.Tests.Analysis;

/// <summary>Steps and recorders: what each of them sees, how they end, and what is refused.</summary>
public sealed class RecorderStepTests
{
    [Fact]
    public void AStepThatFailsKeepsWhatWasMeasured()
    {
        using var scope = NewDisposeScope();
        using var module = new EveryKind();
        Tensor x = Random(3, 10).to(ScalarType.Float32);
        var list = new PowerList();
        using var recorder = new Recorder(module, list);
        Assert.Throws<ArgumentException>(() =>
        {
            using var step = recorder.Step(3);
            module.Mix(x);
            module.Activate(zeros(3, 10)); // ten columns where twelve are wanted
        });
        Assert.Equal(["Mix"], list.Rows.Select(r => r.Operation).Distinct());
        using (recorder.Step(4)) module.Mix(x);
        Assert.Equal([3, 4], list.Rows.Select(r => r.Step).Distinct());
    }

    [Fact]
    public void EachRecorderSeesItsOwnModule()
    {
        using var scope = NewDisposeScope();
        using var around = new Surrounding();
        Tensor x = Random(3, 2).to(ScalarType.Float32);
        PowerList first = new(), second = new(), all = new();
        using var firstRecorder = new Recorder(around.First, first);
        using var secondRecorder = new Recorder(around.Second, second);
        using var allRecorder = new Recorder(around, all);
        using (firstRecorder.Step(1))
        using (secondRecorder.Step(2))
        using (allRecorder.Step(3))
        {
            around.First.First(x).sum().backward();
        }

        Assert.Empty(second.Rows);
        Assert.Equal(["First"], first.Rows.Select(r => r.Operation).Distinct());
        Assert.Equal(["first.First"], all.Rows.Select(r => r.Operation).Distinct());
        Assert.Equal(first.Rows.Select(r => (r.Quantity, r.Power)), all.Rows.Select(r => (r.Quantity, r.Power)));
        Assert.Equal(4, first.Rows.Count);
    }

    [Fact]
    public void ThreadsRecordTheirOwnNetworks()
    {
        Parallel.For(0, 8, i =>
        {
            using var scope = NewDisposeScope();
            var (module, step) = Training(i % 2 == 0 ? "Network" : "NetworkWithAttributes");
            var alone = new PowerList();
            var list = new PowerList();
            foreach (var sink in new[] { alone, list })
            {
                using var recorder = new Recorder(module, sink);
                for (int k = 0; k < 5; k++)
                {
                    using (recorder.Step(k)) step();
                }
            }

            Assert.Equal(alone.Rows, list.Rows);
            int steps = list.Rows.Select(r => r.Step).Distinct().Count();
            Assert.Equal(5, steps);
        });
    }

    [Fact]
    public void Misuse()
    {
        using var network = new SmallWaterNetwork();
        using var plain = nn.Linear(2, 3);
        Assert.Contains("no generated operations", Assert.Throws<ArgumentException>(() => new Recorder(plain, new PowerList())).Message);
        var none = new RecorderOptions { Operations = _ => false };
        Assert.Contains("layers.2.Linear2", Assert.Throws<ArgumentException>(() => new Recorder(network, new PowerList(), none)).Message);
        Assert.Throws<ArgumentNullException>(() => new Recorder(null!, new PowerList()));
        Assert.Throws<ArgumentNullException>(() => new Recorder(network, null!));

        var recorder = new Recorder(network, new PowerList());
        var step = recorder.Step(4);
        Assert.Contains("Step 4 is still", Assert.Throws<InvalidOperationException>(() => recorder.Step(5)).Message);
        step.Dispose();
        step.Dispose();
        recorder.Step(5).Dispose();
        recorder.Dispose();
        recorder.Dispose();
        Assert.Throws<ObjectDisposedException>(() => recorder.Step(6));
    }

    [Fact]
    public void TheRecorderClosesItsSinkUnlessToldOtherwise()
    {
        using var network = new SmallWaterNetwork();
        var sink = new Counting();
        new Recorder(network, sink, new RecorderOptions { LeaveSinkOpen = true }).Dispose();
        Assert.Equal(0, sink.Disposals);
        new Recorder(network, sink).Dispose();
        Assert.Equal(1, sink.Disposals);
    }

    private sealed class Counting : IPowerSink
    {
        public int Disposals { get; private set; }

        public void Write(IReadOnlyList<PowerRow> rows)
        {
        }

        public void Dispose() => Disposals++;
    }
}
