namespace E3Gen.Generator.Emission;

/// <summary>Code that states the order of the columns of features. E3nn's order, mul_ir, is the default and not written.</summary>
internal static class LayoutText
{
    public const string IrMul = "global::E3Gen.Layout.IrMul", MulIr = "global::E3Gen.Layout.MulIr";

    /// <summary>Whether the order of a segment's columns has to be said: scalars and single copies have but one.</summary>
    public static bool Matters(Layout layout, int copies, int components) => layout == Layout.IrMul && copies > 1 && components > 1;

    /// <summary>Whether the order of the columns has to be said.</summary>
    public static bool Matters(Layout layout, Irreps irreps) => irreps.Any(e => Matters(layout, e.Multiplicity, e.Irrep.Dim));
}
