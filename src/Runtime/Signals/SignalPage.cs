using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace E3Gen;

/// <summary>A page that draws a signal on the sphere. The template and its script are the resource SignalPage.html.</summary>
internal static partial class SignalPage
{
    /// <param name="path">The file to write.</param>
    /// <param name="title">Any text.</param>
    /// <param name="grid">Where the values are.</param>
    /// <param name="values">[N, M], finite.</param>
    public static void Save(string path, string title, S2Grid grid, double[] values)
    {
        double largest = values.Max(Math.Abs);
        // Three digits of the largest are more than the eye sees.
        string numbers = string.Join(',', values.Select(v => (largest == 0 ? 0 : v / largest).ToString("0.###", CultureInfo.InvariantCulture)));
        string page = Placeholder().Replace(Template(), match => match.Groups[1].Value switch
        {
            "title" => WebUtility.HtmlEncode(title),
            "largest" => largest.ToString("g4", CultureInfo.InvariantCulture),
            "beta" => grid.Beta.ToString(CultureInfo.InvariantCulture),
            "alpha" => grid.Alpha.ToString(CultureInfo.InvariantCulture),
            _ => numbers,
        });
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(page)));
    }

    private static string Template()
    {
        using var reader = new StreamReader(typeof(SignalPage).Assembly.GetManifestResourceStream("SignalPage.html")!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();
}
