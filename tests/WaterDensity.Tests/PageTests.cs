using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using WaterDensity.Density;
using WaterDensity.Pages;
using WaterDensity.Systems;

namespace WaterDensity.Tests;

/// <summary>What is in the page that shows a density.</summary>
public sealed class PageTests
{
    private static readonly WaterSystem System = Shared.Dataset.Of(Split.Test).First(s => s.Waters == 1);

    /// <summary>Something near the reference, as a prediction is.</summary>
    private static readonly double[] Prediction = [.. System.Coefficients.Select((c, i) => c * (1 + 0.01 * Math.Sin(i)))];

    private static readonly string[] AllViews =
    [
        .. from field in new[] { "density", "deformation", "reference", "error" }
           from l in new[] { "all", "0", "1", "2", "3", "4" }
           select $"field={field}&l={l}",
    ];

    private static readonly Lazy<Task<BrowserReport>> Visited = new(()
        => Browse(Page(), [.. AllViews, "l=2", "field=error&l=1&iso=0.5", "field=nonsense&l=7&iso=-1"]));

    private static DensityPage Page(string name = "water.xyz", bool withReference = true)
        => DensityPage.Of(name, System, Shared.Basis, "PBE0", Prediction, withReference ? (System.Coefficients, 0.0123) : null);

    /// <summary>Point by point: the parts are those of the densities, and what the page adds up are the densities.</summary>
    [Fact]
    public void PackedPartsAddUpToTheDensities()
    {
        JsonElement data = Data(Page().Write()), fields = data.GetProperty("fields");
        int[] counts = data.GetProperty("counts").Deserialize<int[]>()!;
        double[] origin = data.GetProperty("origin").Deserialize<double[]>()!;
        double spacing = data.GetProperty("spacing").GetDouble();
        double[] isolated = Unpack(fields.GetProperty("isolatedAtoms"));
        double[][] deformation = UnpackAll(fields.GetProperty("deformation")), error = UnpackAll(fields.GetProperty("error"));

        double[] positions = System.PositionsInBohr();
        DensityField Field(double[] coefficients) => new(Shared.Basis, System.Species, positions, coefficients);
        DensityField prediction = Field(Prediction), reference = Field(System.Coefficients),
            atoms = Field(Shared.Basis.IsolatedAtoms(System.Species));

        int looked = 0;
        for (int index = 0; index < isolated.Length; index += 97)
        {
            int x = index / (counts[1] * counts[2]), y = index / counts[2] % counts[1], z = index % counts[2];
            double[] point = [origin[0] + x * spacing, origin[1] + y * spacing, origin[2] + z * spacing];
            PointSet here = Shared.Points(Frame.FromLaboratory(point));
            double[] Parts(DensityField field) => [.. field.EvaluateByDegree(here).Select(part => part[0])];
            double[] predicted = Parts(prediction), expected = Parts(reference), alone = Parts(atoms);
            double rounding = 0;
            void Near(double value, double packed)
            {
                double allowed = Math.Abs(value) * PackedField.RelativeError + PackedField.Negligible;
                Assert.Equal(value, packed, allowed);
                rounding += allowed;
            }

            Near(alone[0], isolated[index]);
            for (int l = 0; l < DensityField.Degrees; l++)
            {
                Near(predicted[l] - alone[l], deformation[l][index]);
                Near(predicted[l] - expected[l], error[l][index]);
            }
            double sum = isolated[index] + deformation.Sum(part => part[index]);
            Assert.Equal(prediction.Evaluate(here)[0], sum, rounding);
            Assert.Equal(reference.Evaluate(here)[0], sum - error.Sum(part => part[index]), rounding);
            looked += sum > 1e-3 ? 1 : 0;
        }
        Assert.True(looked > 100, "the test should look where there is density");
    }

    [Fact]
    public void LargeMoleculesHaveCoarserGrids()
    {
        WaterSystem octamer = Shared.Dataset.Of(Split.Test).Last(s => s.Waters == 8);
        DensityPage page = DensityPage.Of("octamer", octamer, Shared.Basis, "PBE0", octamer.Coefficients, (octamer.Coefficients, 0));
        Assert.InRange(page.Fields.Grid.Points, 450_000, 550_000);
        Assert.InRange(page.Fields.Grid.Spacing, 0.2, 0.35);
        Assert.InRange(page.Write().Length, 1_000_000, 10_000_000);
    }

    [Fact]
    public void WithoutReferenceThereIsNoError()
    {
        string page = Page(withReference: false).Write();
        Assert.Equal(JsonValueKind.Null, Data(page).GetProperty("fields").GetProperty("error").ValueKind);
        Assert.Contains("unknown, no reference", page);
        Assert.Contains("1.23 %", Page().Write());
    }

    [Fact]
    public void NothingComesFromElsewhere()
    {
        string page = Page().Write();
        Assert.Contains("default-src 'none'", page);
        string own = Regex.Replace(page, "(?s)<pre>.*?</pre>", "").Replace(Resource("3Dmol-min.js"), "");
        Assert.True(own.Length < page.Length - 500_000, "the viewer should have been in the page");
        Assert.DoesNotMatch(@"(?i)https?:|\b(src|href)\s*=|url\(|@import|\bimport\s*[\w({""']|fetch\(|XMLHttpRequest", own);
    }

    /// <summary>Nothing that could be read as markup or as a placeholder, in the title, in the heading and around.</summary>
    [Theory]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("</title><img src=x onerror='alert(1)'> \"&amp;\"")]
    [InlineData("<!--<script>{{data}} {{page.js}} $1 $&")]
    public void NamesAreText(string name)
    {
        string page = Page(name).Write(), plain = Page("a-plain-name").Write();
        Assert.Equal(plain.Replace("a-plain-name", global::System.Net.WebUtility.HtmlEncode(name)), page);
        Assert.Equal(Regex.Count(plain, "<"), Regex.Count(page, "<"));
    }

    [ChromiumFact]
    public async Task EveryViewIsDrawn()
    {
        BrowserReport report = await Visited.Value;
        string[] views = AllViews;
        Assert.Empty(report.Trouble);
        Assert.Equal(0, report.Requests);
        Assert.Equal(views, report.Views.Take(views.Length).Select(v => $"field={v.Field}&l={v.L}"));

        foreach (BrowserReport.View view in report.Views.Take(views.Length))
        {
            Assert.InRange(view.Isovalue, 1e-5, 1);
            Assert.InRange(view.Positive, 20, 50_000);
            bool positiveOnly = view is { Field: "density" or "reference", L: "all" or "0" };
            Assert.True(positiveOnly ? view.Negative == 0 : view.Negative >= 20, view.ToString());
        }
        foreach (IGrouping<string, BrowserReport.View> field in report.Views.Take(views.Length).GroupBy(v => v.Field))
            Assert.Equal(6, field.Select(v => v.Picture).Distinct().Count());

        // The fragment alone chooses a view; an isovalue that nothing reaches draws nothing; nonsense is the first view.
        BrowserReport.View[] last = [.. report.Views.Skip(views.Length)];
        Assert.Equal(("density", "2"), (last[0].Field, last[0].L));
        Assert.Equal((0.5, 0, 0), (last[1].Isovalue, last[1].Positive, last[1].Negative));
        Assert.Equal(report.Views[0], last[2]);
    }

    /// <summary>What the page adds up, unpacked by its own script.</summary>
    [ChromiumFact]
    public async Task DegreesAddUpInThePage()
    {
        BrowserReport report = await Visited.Value;
        Assert.Equal(["density", "deformation", "reference", "error"], report.Sums.Keys);
        Assert.All(report.Sums, sum => Assert.InRange(sum.Value.LargestDifference, 0, 1e-6 * sum.Value.Largest));
        double highest = Enumerable.Max(Sample(Prediction));
        Assert.Equal(highest, report.Sums["density"].Largest, 2 * PackedField.RelativeError * highest);
        highest = Enumerable.Max(Sample(System.Coefficients));
        Assert.Equal(highest, report.Sums["reference"].Largest, 2 * PackedField.RelativeError * highest);
    }

    /// <summary>The surface of a ball: where it should be, closed, and seen from outside.</summary>
    [ChromiumFact]
    public async Task IsosurfaceOfABallIsASphere()
    {
        BrowserReport.Ball ball = (await Visited.Value).Sphere;
        Assert.InRange(ball.LargestDistance, 0, 0.01);
        Assert.Equal(2, ball.Euler);
        Assert.Equal(0, ball.Inward);
        Assert.True(ball.Vertices > 500);
    }

    [ChromiumFact]
    public async Task WithoutReferenceThePageSaysSo()
    {
        BrowserReport report = await Browse(Page(withReference: false), ["field=error", "field=deformation&l=1"]);
        Assert.Empty(report.Trouble);
        Assert.Equal(["density", "deformation"], report.Views.Select(v => v.Field));
        Assert.True(report.SaysThatThereIsNoReference);
    }

    [ChromiumFact]
    public async Task WithoutWebGLThereIsAMessage()
    {
        string document = await Dump(Page().Write(), Chromium.NoWebGL);
        Assert.Matches(@"<p id=""message"" role=""alert"">This picture needs WebGL 2", document);
        Assert.DoesNotContain("data-ready", Regex.Match(document, "<body[^>]*>").Value);
    }

    private static double[] Sample(double[] coefficients)
    {
        var field = new DensityField(Shared.Basis, System.Species, System.PositionsInBohr(), coefficients);
        UniformGrid grid = UniformGrid.Around(System.PositionsInBohr(), Page().Fields.Grid.Spacing);
        return new LaboratoryGrid(grid).Sample(1, points => [field.Evaluate(points)])[0];
    }

    /// <summary>Opens a page from a file, visits views by their fragments, and asks the page's scripts what came of it.</summary>
    private static async Task<BrowserReport> Browse(DensityPage page, string[] views)
    {
        string visit = Resource("visit.js").Replace("VIEWS", JsonSerializer.Serialize(views));
        string html = page.Write();
        string document = await Dump(html.Insert(html.IndexOf("<style>", StringComparison.Ordinal), $"<script>{visit}</script>"), Chromium.SoftwareWebGL);
        Match report = Regex.Match(document, @"(?s)<pre id=""report"">(.*?)</pre>");
        Assert.True(report.Success, $"no report; {Regex.Match(document, "<body[^>]*>").Value}");
        return JsonSerializer.Deserialize<BrowserReport>(
            global::System.Net.WebUtility.HtmlDecode(report.Groups[1].Value), JsonSerializerOptions.Web)!;
    }

    private static async Task<string> Dump(string page, string[] graphics)
    {
        string folder = Directory.CreateTempSubdirectory().FullName, path = Path.Combine(folder, "page.html");
        try
        {
            File.WriteAllText(path, page);
            return await Chromium.DumpAsync(path, graphics);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static JsonElement Data(string page)
        => JsonDocument.Parse(Regex.Match(page, @"id=""data"">(.*?)</script>").Groups[1].Value).RootElement;

    private static double[][] UnpackAll(JsonElement list) => [.. list.EnumerateArray().Select(Unpack)];

    private static double[] Unpack(JsonElement text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(text.GetBytesFromBase64()), CompressionMode.Decompress))
            gzip.CopyTo(bytes);
        return [.. MemoryMarshal.Cast<byte, Half>(bytes.ToArray()).ToArray().Select(h => (double)h)];
    }

    private static string Resource(string name)
    {
        var assembly = name == "visit.js" ? typeof(PageTests).Assembly : typeof(DensityPage).Assembly;
        return new StreamReader(assembly.GetManifestResourceStream(name)!).ReadToEnd();
    }

    /// <summary>What visit.js found.</summary>
    private sealed record BrowserReport(
        string[] Trouble, int Requests, BrowserReport.View[] Views, Dictionary<string, BrowserReport.Sum> Sums, BrowserReport.Ball Sphere,
        bool SaysThatThereIsNoReference)
    {
        public sealed record View(string Field, string L, double Isovalue, int Positive, int Negative, int Picture);

        public sealed record Sum(double Largest, double LargestDifference);

        public sealed record Ball(int Vertices, double LargestDistance, int Euler, int Inward);
    }
}
