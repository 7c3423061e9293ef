using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace E3Gen.Benchmarks.Kernels.Plots;

/// <summary>What the figures have in common. Their axes hold log₁₀ of what the labels say.</summary>
internal static class Figures
{
    /// <summary>Decades of an axis up to which 2 and 5 between the powers of ten have room for labels.</summary>
    private const double ManyDecades = 2.5;

    /// <summary>Narrow spaces between thousands: a comma may be read as a decimal one.</summary>
    private static readonly NumberFormatInfo Grouped = new() { NumberGroupSeparator = "\u202f" };

    /// <summary>Told apart by most people who confuse colours, and in grey.</summary>
    public static readonly Color Blue = Color.FromHex("#1f4e79"), Teal = Color.FromHex("#2a9d8f"), Orange = Color.FromHex("#e9a23b"),
        Red = Color.FromHex("#d1495b"), Violet = Color.FromHex("#7b4ea3");

    /// <summary>Ticks of a logarithmic axis: 1, 2, 5, 10, … or, over many decades, the powers of ten.</summary>
    /// <param name="low">log₁₀ of where the axis begins.</param>
    /// <param name="high">log₁₀ of where it ends.</param>
    public static NumericManual Ticks(double low, double high)
    {
        var ticks = new NumericManual();
        for (int decade = (int)Math.Floor(low); decade <= high; decade++)
        {
            for (int digit = 1; digit <= 9; digit++)
            {
                double position = decade + Math.Log10(digit);
                if (position < low - 1e-9 || position > high + 1e-9)
                    continue;
                if (digit == 1 || (digit is 2 or 5 && high - low <= ManyDecades))
                    ticks.AddMajor(position, Number(digit * Math.Pow(10, decade)));
                else
                    ticks.AddMinor(position);
            }
        }
        return ticks;
    }

    public static string Number(double value) => value.ToString(value >= 1000 ? "#,0" : "0.######", Grouped);
}
