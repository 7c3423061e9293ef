using ScottPlot;
using ScottPlot.MultiplotLayouts;
using SkiaSharp;

namespace E3Gen.Analysis;

/// <summary>Writes plots in rows and columns as one figure, PNG and SVG. The samples compile this file, too.</summary>
internal static class PanelFile
{
    /// <summary>Pixels of a PNG per unit of length.</summary>
    private const float Sharpness = 2;

    /// <summary>Writes <c>path.png</c> and <c>path.svg</c>, rows of <paramref name="columns"/> plots, each <paramref name="width"/> by <paramref name="height"/>.</summary>
    public static void Save(string path, int width, int height, int columns, IReadOnlyList<Plot> plots)
    {
        int rows = (plots.Count + columns - 1) / columns;
        var figure = new Multiplot();
        figure.Reset(plots[0]);
        for (int i = 1; i < rows * columns; i++)
        {
            figure.AddPlot(i < plots.Count ? plots[i] : Blank());
        }

        figure.Layout = new Grid(rows, columns);
        var area = new PixelRect(0, width * columns, height * rows, 0);
        using SKSurface surface = SKSurface.Create(new SKImageInfo((int)(area.Width * Sharpness), (int)(area.Height * Sharpness)));
        surface.Canvas.Scale(Sharpness);
        figure.Render(surface.Canvas, area);
        using (SKData png = surface.Snapshot().Encode(SKEncodedImageFormat.Png, 100))
        {
            File.WriteAllBytes(path + ".png", png.ToArray());
        }

        using Stream stream = File.Create(path + ".svg");
        using SKCanvas canvas = SKSvgCanvas.Create(SKRect.Create(area.Width, area.Height), stream);
        figure.Render(canvas, area);
    }

    /// <summary>A place without a plot would be black in an SVG.</summary>
    private static Plot Blank()
    {
        var blank = new Plot();
        blank.HideAxesAndGrid();
        return blank;
    }
}
