using Potential.Conversion;

namespace E3Gen.Potentials.Tests.Conversion;

public class StressOrderTests
{
    /// <summary>xx, xy, xz, yx, … of the components that a list calls by their names.</summary>
    [Theory]
    [InlineData("vasp", "xx yy zz xy yz xz")]
    [InlineData("lammps", "xx yy zz xy xz yz")]
    [InlineData("voigt", "xx yy zz yz xz xy")]
    public void ComponentsGoWhereTheirNamesSay(string order, string names)
    {
        var values = new Dictionary<string, double> { ["xx"] = 1, ["yy"] = 2, ["zz"] = 3, ["xy"] = 4, ["xz"] = 5, ["yz"] = 6 };
        double[] six = [.. names.Split(' ').Select(n => values[n])];
        Assert.Equal([1, 4, 5, 4, 2, 6, 5, 6, 3], new StressOrder(order).Matrix(six, null));
    }

    [Fact]
    public void GroupsMayHaveTheirOwn()
    {
        var order = new StressOrder("lammps, Elastic = vasp,a=b=voigt");
        double[] six = [1, 2, 3, 4, 5, 6];
        Assert.Equal([1, 4, 5, 4, 2, 6, 5, 6, 3], order.Matrix(six, null));
        Assert.Equal([1, 4, 5, 4, 2, 6, 5, 6, 3], order.Matrix(six, "Surface"));
        Assert.Equal([1, 4, 6, 4, 2, 5, 6, 5, 3], order.Matrix(six, "Elastic"));
        Assert.Equal([1, 6, 5, 6, 2, 4, 5, 4, 3], order.Matrix(six, "a=b"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Elastic=vasp")]
    [InlineData("vasp,lammps")]
    [InlineData("vasp,=lammps")]
    [InlineData("vasp,A=other")]
    [InlineData("vasp,A=lammps,A=voigt")]
    public void OtherListsAreRefused(string text) => Assert.Contains("order of stresses", Assert.Throws<FormatException>(() => new StressOrder(text)).Message, StringComparison.Ordinal);
}
