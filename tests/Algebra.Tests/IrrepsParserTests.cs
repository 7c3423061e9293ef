namespace E3Gen.Tests;

public class IrrepsParserTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" \t\n", "")]
    [InlineData("0e", "1x0e")]
    [InlineData("16x1o + 3x0e", "16x1o+3x0e")]
    [InlineData("2x 0e", "2x0e")]
    [InlineData(" 2 x 1 o\n+ 0x2e ", "2x1o+0x2e")]
    [InlineData("007x0e", "7x0e")]
    [InlineData("2x1y+2y", "2x1o+1x2e")]
    [InlineData("1x99e", "1x99e")]
    public void WhatE3nnReads(string text, string expected)
    {
        Assert.True(Irreps.TryParse(text, out Irreps irreps, out IrrepsSyntaxError? error));
        Assert.Null(error);
        Assert.Equal(expected, irreps.ToString());
        Assert.Equal(irreps, Irreps.Parse(irreps.ToString()));
    }

    // The carets mark the characters that the error points at.
    [Theory]
    [InlineData("2x1a + 0e", "   ^     ", IrrepsErrorKind.UnknownParity, "'a'")]
    [InlineData("1O", " ^", IrrepsErrorKind.UnknownParity, "'O'")]
    [InlineData("1", "^", IrrepsErrorKind.MissingParity, "1e (even) or 1o (odd)")]
    [InlineData("2x12 + 0e", "  ^^     ", IrrepsErrorKind.MissingParity, "12e (even)")]
    [InlineData("0e + -2x1o", "     ^^   ", IrrepsErrorKind.NegativeMultiplicity, "-2")]
    [InlineData("1.5x0e", "^^^   ", IrrepsErrorKind.InvalidMultiplicity, "\"1.5\"")]
    [InlineData("0e + 1 6x0e", "     ^^^   ", IrrepsErrorKind.InvalidMultiplicity, "\"1 6\"")]
    [InlineData("xx0e", "^   ", IrrepsErrorKind.InvalidMultiplicity, "must stand before 'x'")]
    [InlineData("manyx1o", "^^^^   ", IrrepsErrorKind.InvalidMultiplicity, "\"many\"")]
    [InlineData("-x1o", "^   ", IrrepsErrorKind.InvalidMultiplicity, "\"-\"")]
    [InlineData("−2x1o", "^^   ", IrrepsErrorKind.InvalidMultiplicity, "\"−2\"")]
    [InlineData("2x-1o", "  ^^ ", IrrepsErrorKind.NegativeL, "l = -1")]
    [InlineData("-1o", "^^ ", IrrepsErrorKind.NegativeL, "from 0 to 99")]
    [InlineData("0e+100e", "   ^^^ ", IrrepsErrorKind.LTooLarge, "l = 100")]
    [InlineData("99999999999999999999e", "^^^^^^^^^^^^^^^^^^^^ ", IrrepsErrorKind.LTooLarge, "from 0 to 99")]
    [InlineData("2x", " ^", IrrepsErrorKind.MissingL, "must follow 'x'")]
    [InlineData("2x + 1o", " ^     ", IrrepsErrorKind.MissingL, "must follow 'x'")]
    [InlineData("2xe", "  ^", IrrepsErrorKind.MissingL, "1o")]
    [InlineData("o", "^", IrrepsErrorKind.MissingL, "2x1o")]
    [InlineData("1o + + 2e", "     ^   ", IrrepsErrorKind.EmptyTerm, "before this '+'")]
    [InlineData("+1o", "^  ", IrrepsErrorKind.EmptyTerm, "before this '+'")]
    [InlineData("1o + ", "   ^ ", IrrepsErrorKind.EmptyTerm, "after this '+'")]
    [InlineData("1o, 2e", "  ^   ", IrrepsErrorKind.UnexpectedCharacter, "','")]
    [InlineData("2x1o 3x0e", "     ^   ", IrrepsErrorKind.UnexpectedCharacter, "separated by '+'")]
    [InlineData("2X1o", " ^  ", IrrepsErrorKind.UnknownParity, "'X'")]
    [InlineData("2*1o", " ^  ", IrrepsErrorKind.UnexpectedCharacter, "'*'")]
    [InlineData("- 1o", "^   ", IrrepsErrorKind.UnexpectedCharacter, "'-'")]
    [InlineData("@Convolve", "^        ", IrrepsErrorKind.UnexpectedCharacter, "'@'")]
    [InlineData("1\0", " ^", IrrepsErrorKind.UnexpectedCharacter, "U+0000")]
    [InlineData("1o 😀", "   ^^", IrrepsErrorKind.UnexpectedCharacter, "😀")]
    [InlineData("2147483648x0e", "^^^^^^^^^^   ", IrrepsErrorKind.Overflow, "2147483647")]
    [InlineData("2147483647x1o", "^^^^^^^^^^^^^", IrrepsErrorKind.Overflow, "6442450941 components")]
    [InlineData("2147483647x0e + 1o", "                ^^", IrrepsErrorKind.Overflow, "2147483650 components")]
    public void MistakesAreNamedAndPointedAt(string text, string carets, IrrepsErrorKind kind, string message)
    {
        Assert.False(Irreps.TryParse(text, out Irreps irreps, out IrrepsSyntaxError? error));
        Assert.Equal(Irreps.Empty, irreps);
        Assert.Equal(kind, error!.Kind);
        Assert.Equal(carets.TrimEnd(), new string(' ', error.Position) + new string('^', error.Length));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        string thrown = Assert.Throws<FormatException>(() => Irreps.Parse(text)).Message;
        Assert.Contains(error.Message, thrown, StringComparison.Ordinal);
        Assert.Contains(text, thrown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0, 0, IrrepsErrorKind.MissingL)]
    [InlineData("2x1o", 1, 1, IrrepsErrorKind.UnknownParity)]
    [InlineData("1o+0e", 2, 1, IrrepsErrorKind.UnexpectedCharacter)]
    [InlineData("1q", 1, 1, IrrepsErrorKind.UnknownParity)]
    public void ASingleIrrepIsStricter(string text, int position, int length, IrrepsErrorKind kind)
    {
        Assert.False(Irrep.TryParse(text, out _, out IrrepsSyntaxError? error));
        Assert.Equal((kind, position, length), (error!.Kind, error.Position, error.Length));
        Assert.Throws<FormatException>(() => Irrep.Parse(text));
        Assert.False(Irrep.TryParse(text, out _));
        Assert.False(Irrep.TryParse(null, out _));
    }

    // Every text of these characters up to length 5: no exception, and an error always lies inside the text.
    [Fact]
    public void NoTextBreaksTheParser()
    {
        const string alphabet = "12x-oe+ .a";
        for (int length = 0; length <= 5; length++)
        {
            for (int code = 0; code < Math.Pow(alphabet.Length, length); code++)
            {
                var text = string.Create(length, code, (span, rest) =>
                {
                    for (int i = 0; i < span.Length; i++, rest /= alphabet.Length)
                        span[i] = alphabet[rest % alphabet.Length];
                });
                if (Irreps.TryParse(text, out Irreps irreps, out IrrepsSyntaxError? error))
                    Assert.Equal(irreps, Irreps.Parse(irreps.ToString()));
                else
                    Assert.True(error!.Position >= 0 && error.Length >= 1 && error.Position + error.Length <= text.Length,
                        $"\"{text}\": {error}");
            }
        }
    }
}
