using System.Globalization;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>
/// Constants with C#'s arithmetic. A constant is boxed as the type of its expression: an int 1 and a long 1 are
/// not equal as objects, and conversions may truncate or round. The result is null where C# would overflow, or a conversion is not
/// exactly known.
/// </summary>
internal static class Constants
{
    /// <summary>Up to here every whole number is a double.</summary>
    private const long MostExact = 1L << 53;

    /// <summary>
    /// The type that constants of a type are boxed as: of an enum the numbers that it is made of, of a nullable type what it holds.
    /// </summary>
    public static ITypeSymbol? Underlying(ITypeSymbol? type)
    {
        while (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] })
        {
            type = inner;
        }

        return type is INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType: { } numbers } ? numbers : type;
    }

    /// <summary>Whether null is a value of a type; it is not known of a type parameter.</summary>
    public static bool IsNullable(ITypeSymbol type) =>
        type.IsReferenceType || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T || type.TypeKind == TypeKind.Pointer;

    private static bool IsNumber(ITypeSymbol? type) => type?.SpecialType is >= SpecialType.System_Char and <= SpecialType.System_Double;

    private static bool HasConstants(ITypeSymbol? type) =>
        IsNumber(type) || type?.SpecialType is SpecialType.System_Boolean or SpecialType.System_String;

    /// <summary>What a variable or element of a type begins with.</summary>
    public static Value Default(ITypeSymbol? type)
    {
        if (type is null || IsNullable(type))
        {
            return Value.Null;
        }

        if (type is INamedTypeSymbol { IsTupleType: true } tuple)
        {
            return new Group([.. tuple.TupleElements.Select(e => Default(e.Type))]);
        }

        var numbers = Underlying(type)!;
        return numbers.SpecialType == SpecialType.System_Boolean ? Data.Of(false)
            : IsNumber(numbers) && Convert(0, numbers) is { } zero && type.Name != "ScalarType" ? Data.Of(zero)
            : Value.Plain;
    }

    /// <summary>A constant as another type; null where it is not known what becomes of it.</summary>
    public static object? Convert(object constant, ITypeSymbol? type)
    {
        type = Underlying(type);
        if (type is null || !HasConstants(type))
        {
            return null;
        }

        if (IsOf(constant, type.SpecialType))
        {
            return constant;
        }

        try
        {
            return constant switch
            {
                float or double => FromFloat(System.Convert.ToDouble(constant, CultureInfo.InvariantCulture), type.SpecialType),
                char letter => FromWhole(letter, type.SpecialType),
                sbyte or byte or short or ushort or int or uint or long or ulong =>
                    FromWhole(System.Convert.ToDecimal(constant, CultureInfo.InvariantCulture), type.SpecialType),
                _ => null,
            };
        }
        catch (OverflowException)
        {
            return null; // it depends on how the code is compiled what comes of it
        }
    }

    /// <summary>Whether a constant is boxed as what an expression of a type is.</summary>
    private static bool IsOf(object constant, SpecialType type) => type switch
    {
        SpecialType.System_Boolean => constant is bool,
        SpecialType.System_String => constant is string,
        SpecialType.System_Char => constant is char,
        SpecialType.System_SByte => constant is sbyte,
        SpecialType.System_Byte => constant is byte,
        SpecialType.System_Int16 => constant is short,
        SpecialType.System_UInt16 => constant is ushort,
        SpecialType.System_Int32 => constant is int,
        SpecialType.System_UInt32 => constant is uint,
        SpecialType.System_Int64 => constant is long,
        SpecialType.System_UInt64 => constant is ulong,
        SpecialType.System_Single => constant is float,
        SpecialType.System_Double => constant is double,
        SpecialType.System_Decimal => constant is decimal,
        _ => false,
    };

    private static object? FromWhole(decimal number, SpecialType type) => type switch
    {
        SpecialType.System_Char => (char)number,
        SpecialType.System_SByte => (sbyte)number,
        SpecialType.System_Byte => (byte)number,
        SpecialType.System_Int16 => (short)number,
        SpecialType.System_UInt16 => (ushort)number,
        SpecialType.System_Int32 => (int)number,
        SpecialType.System_UInt32 => (uint)number,
        SpecialType.System_Int64 => (long)number,
        SpecialType.System_UInt64 => (ulong)number,
        SpecialType.System_Single when Math.Abs(number) <= MostExact => (float)(double)(long)number,
        SpecialType.System_Double when Math.Abs(number) <= MostExact => (double)(long)number,
        SpecialType.System_Decimal => number,
        _ => null,
    };

    private static object? FromFloat(double number, SpecialType type) => type switch
    {
        SpecialType.System_Single => (float)number,
        SpecialType.System_Double => number,
        SpecialType.System_Decimal => null,
        _ when Math.Abs(number) <= MostExact => FromWhole((long)Math.Truncate(number), type), // never so for what is not a number
        _ => null,
    };

    /// <summary>A value as the type of the expression that it is the value of.</summary>
    public static Value Typed(Value value, ITypeSymbol? type)
    {
        if (value is not Data { Constant: { } constant } data || Underlying(type) is not { } numbers || !HasConstants(numbers)
            || IsOf(constant, numbers.SpecialType))
        {
            return value;
        }

        return Convert(constant, numbers) is { } typed ? Data.Of(typed) with { DType = data.DType } : Value.Plain;
    }

    /// <summary>A value after a conversion that is built in.</summary>
    public static Value Converted(Value value, ITypeSymbol? from, ITypeSymbol? to) => (value, to) switch
    {
        (Group, INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] }) =>
            Converted(value, from, inner),
        (Group group, INamedTypeSymbol { IsTupleType: true } tuple) when tuple.TupleElements.Length == group.Elements.Length =>
            new Group([.. group.Elements.Select((e, n) => Converted(e, Element(from, n), tuple.TupleElements[n].Type))]),
        (Data data, { }) => Converted(data, from, to),
        _ => value,
    };

    private static ITypeSymbol? Element(ITypeSymbol? tuple, int number) =>
        tuple is INamedTypeSymbol { IsTupleType: true } named && number < named.TupleElements.Length
            ? named.TupleElements[number].Type
            : null;

    private static Value Converted(Data data, ITypeSymbol? from, ITypeSymbol to)
    {
        if (data.IsNull)
        {
            return IsNullable(to) ? data : Value.Plain; // what is no object throws
        }

        var numbers = Underlying(to)!;
        if (!HasConstants(numbers))
        {
            // As an object a number keeps its type, but an enum is no number then; whatever is made of anything
            // else is not known as a constant.
            bool isKept = to.IsReferenceType || to.Name is "Index" or "Range";
            return !isKept ? new Data(null, null, DType: data.DType)
                : HasConstants(Inner(from)) || from is { IsReferenceType: true } and not ITypeParameterSymbol ? data
                : data with { Constant = null, Extent = null };
        }

        if (from is { IsValueType: false } and not { SpecialType: SpecialType.System_String })
        {
            return data.Constant is { } boxed && to.TypeKind != TypeKind.Enum && IsOf(boxed, numbers.SpecialType)
                ? data
                : new Data(null, null, DType: data.DType);
        }

        if (data.Constant is not null)
        {
            return Typed(data, to);
        }

        // A number of rows is no larger as an int than as a long.
        bool isWide = numbers.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64;
        bool wasWhole = Underlying(from)?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64;
        return isWide && wasWhole && data.Extent is not { Known: < int.MinValue or > int.MaxValue }
            ? new Data(null, data.Extent)
            : new Data(null, null, DType: SymbolEqualityComparer.Default.Equals(Inner(from), Inner(to)) ? data.DType : NumberKind.Unknown);
    }

    private static ITypeSymbol? Inner(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] }
            ? inner
            : type;

    /// <summary>
    /// Whether two constants are equal where a pattern asks: both as the type that the pattern takes. Null where that is not known.
    /// </summary>
    public static bool? Match(object x, object y, ITypeSymbol? input, ITypeSymbol? pattern)
    {
        if (HasConstants(Underlying(input)))
        {
            return Convert(x, input) is { } a && Convert(y, input) is { } b ? Equals(a, b) : null;
        }

        // An object is equal to a constant of its own type only; which enum a number belongs to is not known.
        return input is { IsReferenceType: true } and not ITypeParameterSymbol && pattern is not { TypeKind: TypeKind.Enum }
            ? Equals(x, y)
            : null;
    }

    /// <summary>
    /// What a constant is the key of a dictionary as; null where other constants may be the same key, or the same constants different ones.
    /// </summary>
    public static object? Key(Value key, ITypeSymbol? type) => key is Data { Constant: { } constant } ? Convert(constant, type) : null;

    /// <summary>-x, +x, ~x and !x; null where it is not known.</summary>
    public static object? Unary(UnaryOperatorKind kind, object x, ITypeSymbol? type) => (kind, Convert(x, type)) switch
    {
        (UnaryOperatorKind.Plus, var same) => same,
        (UnaryOperatorKind.Not, bool truth) => !truth,
        (UnaryOperatorKind.BitwiseNegation, int number) => ~number,
        (UnaryOperatorKind.BitwiseNegation, long number) => ~number,
        (UnaryOperatorKind.Minus, int number and not int.MinValue) => -number,
        (UnaryOperatorKind.Minus, long number and not long.MinValue) => -number,
        (UnaryOperatorKind.Minus, float number) => -number,
        (UnaryOperatorKind.Minus, double number) => -number,
        (UnaryOperatorKind.Minus, decimal number) => -number,
        _ => null,
    };

    /// <summary>
    /// A built-in operator of constants converted to its operand types, and the type of its result. Null if it
    /// overflows, checked or not, throws, or is not known.
    /// </summary>
    public static object? Binary(BinaryOperatorKind kind, object x, object y, ITypeSymbol? type)
    {
        try
        {
            object? result = (x, y) switch
            {
                (int a, int b) => Whole(kind, a, b, 31),
                (long a, int b) when kind is BinaryOperatorKind.LeftShift or BinaryOperatorKind.RightShift => Whole(kind, a, b, 63),
                (long a, long b) => Whole(kind, a, b, 63),
                (sbyte or byte or short or ushort or uint or char, _) when x.GetType() == y.GetType() =>
                    Whole(kind, ToLong(x), ToLong(y), null),
                (float a, float b) => Float(kind, a, b) is double number ? (float)number : Float(kind, a, b),
                (double a, double b) => Float(kind, a, b),
                (bool a, bool b) => Truth(kind, a, b),
                (string a, string b) => kind switch
                {
                    BinaryOperatorKind.Add => a + b,
                    BinaryOperatorKind.Equals => string.Equals(a, b, StringComparison.Ordinal),
                    BinaryOperatorKind.NotEquals => !string.Equals(a, b, StringComparison.Ordinal),
                    _ => null,
                },
                _ => null,
            };
            return result is null ? null : Convert(result, type);
        }
        catch (ArithmeticException)
        {
            return null;
        }
    }

    /// <summary>
    /// A built-in operator of two values; null if its result is known only to be a plain value. Comparisons of
    /// floating-point numbers are not decided: the last digits of a power or a sine depend on the machine.
    /// </summary>
    public static Data? Operation(BinaryOperatorKind kind, Value x, ITypeSymbol? left, Value y, ITypeSymbol? right, ITypeSymbol? type)
    {
        if (Typed(x, left) is not Data a || Typed(y, right) is not Data b || a.IsNull || b.IsNull)
        {
            return null;
        }

        if (a.Constant is { } p && b.Constant is { } q)
        {
            return p is float or double && type?.SpecialType == SpecialType.System_Boolean
                ? null
                : Binary(kind, p, q, type) is { } result ? Data.Of(result) : null;
        }

        if (type?.SpecialType is not (SpecialType.System_Int32 or SpecialType.System_Int64) || a.Extent is null || b.Extent is null)
        {
            return null;
        }

        // Numbers of rows are not so large that their products wrapped around.
        var extent = kind switch
        {
            BinaryOperatorKind.Multiply => Extent.Product(a.Extent, b.Extent),
            BinaryOperatorKind.Divide => Extent.Quotient(a.Extent, b.Extent),
            _ => null,
        };
        return extent is null or { Known: < int.MinValue or > int.MaxValue } ? null : (Data)Typed(Data.Of(extent), type);
    }

    /// <summary>One more or one less, in the type of a variable.</summary>
    public static Data? Next(Value x, ITypeSymbol? type, bool isMore) => Underlying(type) is { } numbers && Convert(1, numbers) is { } one
        ? Operation(isMore ? BinaryOperatorKind.Add : BinaryOperatorKind.Subtract, x, numbers, Data.Of(one), numbers, numbers)
        : null;

    private static long ToLong(object number) =>
        number is char letter ? letter : System.Convert.ToInt64(number, CultureInfo.InvariantCulture);

    private static object? Whole(BinaryOperatorKind kind, long a, long b, int? bits) => kind switch
    {
        BinaryOperatorKind.Add => checked(a + b),
        BinaryOperatorKind.Subtract => checked(a - b),
        BinaryOperatorKind.Multiply => checked(a * b),
        BinaryOperatorKind.Divide when b != 0 => checked(a / b),
        BinaryOperatorKind.Remainder when b != 0 => a % b,
        BinaryOperatorKind.And => a & b,
        BinaryOperatorKind.Or => a | b,
        BinaryOperatorKind.ExclusiveOr => a ^ b,
        BinaryOperatorKind.LeftShift when bits == 31 => (long)((int)a << (int)(b & 31)),
        BinaryOperatorKind.LeftShift when bits == 63 => a << (int)(b & 63),
        BinaryOperatorKind.RightShift when bits is { } most => a >> (int)(b & most),
        BinaryOperatorKind.Equals => a == b,
        BinaryOperatorKind.NotEquals => a != b,
        BinaryOperatorKind.LessThan => a < b,
        BinaryOperatorKind.LessThanOrEqual => a <= b,
        BinaryOperatorKind.GreaterThan => a > b,
        BinaryOperatorKind.GreaterThanOrEqual => a >= b,
        _ => null,
    };

    /// <summary>A float's operators are a double's, rounded once more: that is exact for these.</summary>
    private static object? Float(BinaryOperatorKind kind, double a, double b) => kind switch
    {
        BinaryOperatorKind.Add => a + b,
        BinaryOperatorKind.Subtract => a - b,
        BinaryOperatorKind.Multiply => a * b,
        BinaryOperatorKind.Divide => a / b,
        BinaryOperatorKind.Remainder => a % b,
        BinaryOperatorKind.Equals => a == b,
        BinaryOperatorKind.NotEquals => a != b,
        BinaryOperatorKind.LessThan => a < b,
        BinaryOperatorKind.LessThanOrEqual => a <= b,
        BinaryOperatorKind.GreaterThan => a > b,
        BinaryOperatorKind.GreaterThanOrEqual => a >= b,
        _ => null,
    };

    private static object? Truth(BinaryOperatorKind kind, bool a, bool b) => kind switch
    {
        BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd => a && b,
        BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr => a || b,
        BinaryOperatorKind.ExclusiveOr or BinaryOperatorKind.NotEquals => a != b,
        BinaryOperatorKind.Equals => a == b,
        _ => null,
    };
}
