using System.Globalization;

namespace E3Gen;

/// <summary>
/// The grammar of irreps, with white space allowed between tokens:
/// <c>irreps = [ term { "+" term } ]</c>, <c>term = [ number "x" ] irrep</c>, <c>irrep = number ( "e" | "o" | "y" )</c>.
/// Reads from left to right and stops at the first mistake.
/// </summary>
internal sealed class IrrepsParser
{
    private const string Example = "Write irreps as \"16x0e + 8x1o\".";

    private readonly string _text;
    private int _at;
    private IrrepsSyntaxError? _error;

    private IrrepsParser(string text) => _text = text;

    internal static bool TryParseIrreps(string text, out Irreps irreps, out IrrepsSyntaxError? error)
    {
        var parser = new IrrepsParser(text);
        irreps = parser.ReadSum(out List<MulIrrep> terms) ? new Irreps(terms) : Irreps.Empty;
        error = parser._error;
        return error is null;
    }

    internal static bool TryParseIrrep(string text, out Irrep irrep, out IrrepsSyntaxError? error)
    {
        var parser = new IrrepsParser(text);
        parser.ReadLoneIrrep(out irrep);
        error = parser._error;
        return error is null;
    }

    private bool AtEnd => _at == _text.Length;

    private bool AtTermEnd => AtEnd || _text[_at] == '+';

    private bool ReadSum(out List<MulIrrep> terms)
    {
        terms = [];
        long dim = 0;
        SkipSpace();
        if (AtEnd)
            return true;
        while (true)
        {
            int start = _at;
            if (!ReadTerm(out MulIrrep term))
                return false;
            terms.Add(term);
            dim += term.Dim;
            if (dim > int.MaxValue)
                return Fail(IrrepsErrorKind.Overflow, start, _at - start,
                    $"With {term} the irreps have {dim} components; at most {int.MaxValue} are possible.");
            SkipSpace();
            if (AtEnd)
                return true;
            if (_text[_at] != '+')
                return Unexpected("Terms are separated by '+'.");
            _at++;
            SkipSpace();
        }
    }

    private bool ReadTerm(out MulIrrep term)
    {
        term = default;
        if (AtTermEnd)
        {
            // At the end of the text it is the plus sign before that is one too many.
            int plus = AtEnd ? _text.LastIndexOf('+') : _at;
            return Fail(IrrepsErrorKind.EmptyTerm, plus, 1, $"A term is missing {(AtEnd ? "after" : "before")} this '+'. {Example}");
        }
        int start = _at;
        Number number = ReadNumber();
        if (FindMultiplicitySign(start, number) is not int sign)
            return ReadIrrep(number, "2x1o", out Irrep alone) && MakeTerm(1, alone, start, out term);
        if (!CheckMultiplicity(number, start, sign))
            return false;
        _at = sign + 1;
        SkipSpace();
        Number degree = ReadNumber();
        if (AtTermEnd && degree.Length == 0)
            return Fail(IrrepsErrorKind.MissingL, sign, 1, $"An irrep such as 1o must follow 'x'. {Example}");
        return ReadIrrep(degree, "1o", out Irrep irrep) && MakeTerm((int)number.Value, irrep, start, out term);
    }

    /// <summary>
    /// Where the x of a multiplicity stands in this term, or null if what was read is the degree of an irrep without one.
    /// </summary>
    private int? FindMultiplicitySign(int start, Number number)
    {
        if (AtTermEnd)
            return null;
        if (_text[_at] == 'x')
            return _at;
        if (number.Length > 0 && char.IsLetter(_text[_at]))
            return null;
        // Neither a multiplicity nor a degree: if an x follows, whatever stands before it was meant as a multiplicity.
        int end = _text.IndexOf('+', start);
        int sign = _text.IndexOf('x', start, (end < 0 ? _text.Length : end) - start);
        return sign < 0 ? null : sign;
    }

    private bool CheckMultiplicity(Number number, int start, int sign)
    {
        string written = _text.Substring(start, sign - start).TrimEnd();
        if (written.Length == 0)
            return Fail(IrrepsErrorKind.InvalidMultiplicity, sign, 1,
                $"A multiplicity, a whole number of 0 or more, must stand before 'x'. {Example}");
        if (written.Length != number.Length || !number.HasDigits)
            return Fail(IrrepsErrorKind.InvalidMultiplicity, start, written.Length,
                $"Multiplicity \"{written}\" is not a whole number. {Example}");
        if (number.Negative)
            return Fail(IrrepsErrorKind.NegativeMultiplicity, start, written.Length,
                $"Multiplicity {written} is negative; it must be 0 or more.");
        if (number.Value > int.MaxValue)
            return Fail(IrrepsErrorKind.Overflow, start, written.Length,
                $"Multiplicity {written} is too large; at most {int.MaxValue} is possible.");
        return true;
    }

    private bool MakeTerm(int multiplicity, Irrep irrep, int start, out MulIrrep term)
    {
        term = default;
        long dim = (long)multiplicity * irrep.Dim;
        if (dim > int.MaxValue)
            return Fail(IrrepsErrorKind.Overflow, start, _at - start,
                $"{multiplicity}x{irrep} has {dim} components; at most {int.MaxValue} are possible.");
        term = new MulIrrep(multiplicity, irrep);
        return true;
    }

    private bool ReadLoneIrrep(out Irrep irrep)
    {
        irrep = default;
        SkipSpace();
        if (!ReadIrrep(ReadNumber(), "1o", out Irrep read))
            return false;
        SkipSpace();
        if (!AtEnd)
            return Unexpected("A single irrep is a degree and a parity, such as 1o.");
        irrep = read;
        return true;
    }

    /// <summary>The parity after a degree that has just been read.</summary>
    private bool ReadIrrep(Number degree, string expected, out Irrep irrep)
    {
        irrep = default;
        string written = _text.Substring(degree.Start, degree.Length);
        if (!degree.HasDigits)
        {
            if (degree.Negative)
                _at = degree.Start;   // a minus sign alone is the odd one out, not what follows it
            else if (AtTermEnd || IsParity(_text[_at]))
                return Fail(IrrepsErrorKind.MissingL, _at, AtEnd ? 0 : 1,
                    $"A degree l, a whole number from 0 to {Irrep.MaxL}, must stand here: write {expected}.");
            return Unexpected($"A term such as {expected} must begin here.");
        }
        if (degree.Negative)
            return Fail(IrrepsErrorKind.NegativeL, degree.Start, degree.Length,
                $"Degree l = {written} is negative; it must be from 0 to {Irrep.MaxL}.");
        if (degree.Value > Irrep.MaxL)
            return Fail(IrrepsErrorKind.LTooLarge, degree.Start, degree.Length,
                $"Degree l = {written} is too large; it must be from 0 to {Irrep.MaxL}.");
        if (AtTermEnd)
            return Fail(IrrepsErrorKind.MissingParity, degree.Start, degree.Length,
                $"A parity must follow l = {written}: {written}e (even) or {written}o (odd).");
        char parity = _text[_at];
        if (!char.IsLetter(parity))
            return Unexpected($"A parity must follow l = {written}: {written}e (even) or {written}o (odd).");
        if (!IsParity(parity))
            return Fail(IrrepsErrorKind.UnknownParity, _at, 1,
                $"Parity '{parity}' is not known: write {written}e (even) or {written}o (odd).");
        _at++;
        int l = (int)degree.Value;
        irrep = new Irrep(l, parity == 'e' || (parity == 'y' && l % 2 == 0) ? 1 : -1);
        return true;
    }

    // y: the parity (−1)^l of the spherical harmonics.
    private static bool IsParity(char c) => c is 'e' or 'o' or 'y';

    /// <summary>A whole number of decimal digits with an optional minus sign; no characters at all where none stands here.</summary>
    private readonly record struct Number(int Start, int Length, bool Negative, long Value)
    {
        public bool HasDigits => Length > (Negative ? 1 : 0);
    }

    private Number ReadNumber()
    {
        int start = _at;
        bool negative = !AtEnd && _text[_at] == '-';
        if (negative)
            _at++;
        long value = 0;
        // Saturates: beyond int.MaxValue every number is equally too large.
        for (; !AtEnd && _text[_at] is >= '0' and <= '9'; _at++)
            value = Math.Min(value * 10 + (_text[_at] - '0'), (long)int.MaxValue + 1);
        var number = new Number(start, _at - start, negative, value);
        SkipSpace();
        return number;
    }

    private void SkipSpace()
    {
        while (!AtEnd && char.IsWhiteSpace(_text[_at]))
            _at++;
    }

    private bool Unexpected(string allowed)
    {
        // A character outside the basic plane is two chars here: report both halves.
        int length = char.IsSurrogatePair(_text, _at) ? 2 : 1;
        string shown = _text.Substring(_at, length);
        if (char.IsControl(_text[_at]))
            shown = "U+" + ((int)_text[_at]).ToString("X4", CultureInfo.InvariantCulture);
        return Fail(IrrepsErrorKind.UnexpectedCharacter, _at, length, $"Unexpected '{shown}'. {allowed}");
    }

    private bool Fail(IrrepsErrorKind kind, int position, int length, string message)
    {
        _error = new IrrepsSyntaxError(kind, position, length, message);
        return false;
    }
}
