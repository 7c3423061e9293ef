using Parquet;
using Parquet.Schema;

namespace E3Gen.Analysis.Tests;

public sealed class ParquetSinkTests
{
    [Fact]
    public async Task ATableOfAllRows()
    {
        using var folder = new Samples.Folder();
        string file = folder.File("powers.parquet");
        IReadOnlyList<PowerRow> rows;
        using (var sink = new ParquetSink(file, rowsOfGroup: 200))
        {
            rows = Samples.Rows(7, sink);
        }

        var (read, groups) = await Read(file);
        Assert.Equal(rows, read);
        Assert.True(groups > 1);
    }

    /// <summary>A reader finds all that was flushed while the sink is open, and a later sink goes on.</summary>
    [Fact]
    public async Task ReadableAfterEachFlushAndContinued()
    {
        using var folder = new Samples.Folder();
        string file = folder.File("powers.parquet");
        var rows = Samples.Rows(3);
        using (var sink = new ParquetSink(file))
        {
            sink.Write([.. rows.Take(5)]);
            sink.Flush();
            Assert.Equal(rows.Take(5), (await Read(file)).Rows);
            sink.Write([.. rows.Skip(5).Take(7)]);
            sink.Flush();
            Assert.Equal(rows.Take(12), (await Read(file)).Rows);
        }

        using (var sink = new ParquetSink(file))
        {
            sink.Write([.. rows.Skip(12)]);
        }

        Assert.Equal(rows, (await Read(file)).Rows);
    }

    [Fact]
    public async Task NothingIsATable()
    {
        using var folder = new Samples.Folder();
        var sink = new ParquetSink(folder.File("empty.parquet"));
        sink.Dispose();
        sink.Dispose();
        Assert.Empty((await Read(folder.File("empty.parquet"))).Rows);
        Assert.Throws<ObjectDisposedException>(() => sink.Write([]));
    }

    [Fact]
    public async Task OtherFilesAreLeftAlone()
    {
        using var folder = new Samples.Folder();
        string notes = folder.File("notes.txt"), other = folder.File("other.parquet");
        File.WriteAllText(notes, "some notes of mine");
        Assert.Contains(notes, Assert.Throws<InvalidDataException>(() => new ParquetSink(notes)).Message);
        Assert.Equal("some notes of mine", File.ReadAllText(notes));

        var field = new DataField<int>("mine");
        await using (var stream = File.Create(other))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(field), stream))
        using (var group = writer.CreateRowGroup())
        {
            await group.WriteAsync<int>(field, (ReadOnlyMemory<int>)new[] { 1, 2 });
        }

        Assert.Contains("mine", Assert.Throws<InvalidDataException>(() => new ParquetSink(other)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParquetSink(folder.File("x"), 0));
    }

    private static async Task<(List<PowerRow> Rows, int Groups)> Read(string path)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        await using var reader = await ParquetReader.CreateAsync(stream);
        var rows = new List<PowerRow>();
        for (int g = 0; g < reader.RowGroupCount; g++)
        {
            using var group = reader.OpenRowGroupReader(g);
            int count = (int)group.RowCount;
            DataField Field(string name) => reader.Schema.DataFields.Single(f => f.Name == name);
            async Task<T[]> Numbers<T>(string name)
                where T : struct
            {
                var values = new T[count];
                await group.ReadAsync<T>(Field(name), values.AsMemory());
                return values;
            }

            async Task<string[]> Texts(string name)
            {
                var values = new string?[count];
                await group.ReadAsync(Field(name), values.AsMemory());
                return [.. values.Select(v => v!)];
            }

            var gain = new double?[count];
            await group.ReadAsync<double>(Field("gain"), gain.AsMemory());
            var (step, index, channels, taken) = (await Numbers<long>("step"), await Numbers<int>("index"), await Numbers<long>("channels"), await Numbers<long>("rows"));
            var (power, component, l, parity) = (await Numbers<double>("power"), await Numbers<double>("power_per_component"), await Numbers<int>("l"), await Numbers<int>("parity"));
            var (operation, kind, quantity, part, irrep) = (await Texts("operation"), await Texts("kind"), await Texts("quantity"), await Texts("part"), await Texts("irrep"));
            for (int i = 0; i < count; i++)
            {
                var row = new PowerRow(
                    step[i], operation[i], kind[i], Enum.Parse<Quantities>(quantity[i]), index[i], part[i], Irrep.Parse(irrep[i]), channels[i], taken[i], power[i], component[i], gain[i]);
                Assert.Equal((row.L, row.Parity), (l[i], parity[i]));
                rows.Add(row);
            }
        }

        return (rows, reader.RowGroupCount);
    }
}
