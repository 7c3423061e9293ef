using System.CommandLine;
using E3Gen.Potentials.Tests.Models;
using Potential.Commands;

namespace E3Gen.Potentials.Tests.Judging;

public sealed class JudgeCommandTests
{
    [Fact]
    public void The_exit_code_is_the_verdict()
    {
        string path = Path.GetTempFileName();
        try
        {
            ExtendedXyz.Write(path, [Structures.Cluster(4, 1), Structures.Crystal(2)]);
            Assert.Equal(0, Run(PairPotential.Smooth()));
            Assert.Equal(1, Run(PairPotential.Sharp()));

            int Run(IPotential potential) =>
                new JudgeCommand((_, _) => potential).Create().Parse(["--model", "any", "--data", path]).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = TextWriter.Null });
        }
        finally
        {
            File.Delete(path);
        }
    }
}
