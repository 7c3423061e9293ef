using E3Gen.Generator.Flow.Values;

namespace E3Gen.Flow.Tests.Rules;

/// <summary>The numbers that symbols of extents stand for in one run: extents with the same symbols must be equal.</summary>
internal sealed class Extents
{
    private readonly Dictionary<string, long> _numbers = [];
    private readonly List<(string[] Symbols, long Number, string Where)> _products = [];

    /// <summary>Notes how many entries an axis has; what is wrong with it, or null.</summary>
    public string? Note(Extent claimed, long actual, string where)
    {
        if (claimed.Known is { } known)
        {
            return known == actual ? null : $"{where} has {actual} entries, not {known}";
        }

        string[] symbols = claimed.Key.Split(':')[1].Split(',');
        if (actual % claimed.Factor != 0)
        {
            return $"{where} has {actual} entries, which is no multiple of {claimed.Factor}";
        }

        long rest = actual / claimed.Factor;
        if (symbols.Length > 1)
        {
            _products.Add((symbols, rest, where));
            return null;
        }

        return _numbers.TryAdd(symbols[0], rest) || _numbers[symbols[0]] == rest ? null : $"{where} has {actual} entries, another one with the same symbol {_numbers[symbols[0]] * claimed.Factor}";
    }

    /// <summary>What is wrong with products of symbols, when all have been noted.</summary>
    public IEnumerable<string> Mistakes() =>
        from product in _products
        where product.Symbols.All(_numbers.ContainsKey) && product.Symbols.Aggregate(1L, (p, s) => p * _numbers[s]) != product.Number
        select $"{product.Where} has another number of entries than the axes that it is made of";
}
