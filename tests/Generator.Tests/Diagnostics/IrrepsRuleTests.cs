namespace E3Gen.Generator.Tests.Diagnostics;

/// <summary>E3G01xx: the grammar of irreps strings.</summary>
public class IrrepsRuleTests
{
    [Theory]
    [InlineData("E3G0101", "8x0e + 8x1[|a|]", "Parity 'a' is not known: write 1e (even) or 1o (odd).")]
    [InlineData("E3G0101", "8x[|1|]", "A parity must follow l = 1: 1e (even) or 1o (odd).")]
    [InlineData("E3G0102", "[|-2|]x0e + 1o", "Multiplicity -2 is negative; it must be 0 or more.")]
    [InlineData("E3G0102", "1o + [|1.5|]x0e", "Multiplicity \"1.5\" is not a whole number. Write irreps as \"16x0e + 8x1o\".")]
    [InlineData("E3G0103", "[|-1|]o", "Degree l = -1 is negative; it must be from 0 to 1000000.")]
    [InlineData("E3G0103", "1o + [|2x12e|] + 0e", "l = 12 in '2x12e' is out of range: E3Gen has couplings for l from 0 to 11")]
    [InlineData("E3G0104", "1o [|+|] + 2e", "")]
    [InlineData("E3G0104", "1o [|+|]", "A term is missing after this '+'. Write irreps as \"16x0e + 8x1o\".")]
    [InlineData("E3G0105", "1o[|,|] 2e", "Unexpected ','. Terms are separated by '+'.")]
    [InlineData("E3G0105", "[|,|]", "Unexpected ','. A term such as 2x1o must begin here.")]
    [InlineData("E3G0105", "2[|x|]", "An irrep such as 1o must follow 'x'. Write irreps as \"16x0e + 8x1o\".")]
    [InlineData("E3G0106", "[|3000000000|]x0e", "Multiplicity 3000000000 is too large; at most 2147483647 is possible.")]
    public void A_mistake_is_shown_at_its_characters(string id, string irreps, string message) =>
        Diagnose.Members(id, message, $"""
                [SphericalHarmonics("{irreps}")]
                private partial Tensor Harmonics(Tensor vectors);
            """);
}
