#:project ../../src/Algebra/E3Gen.Algebra.csproj

// Draws docs/pictures/harmonics.png: the real harmonics up to l = 3. Run in the repository's folder: dotnet run docs/pictures/harmonics.cs
using System.Buffers.Binary;
using System.IO.Compression;
using E3Gen;

const int MaxL = 3, Tile = 140, Samples = 2, Side = Tile * Samples, Columns = (2 * MaxL) + 1, Rows = MaxL + 1;
const double Turn = 0.5, Tilt = 0.35;
double[] light = [1, 1, 1];
var image = new double[Rows * Side, Columns * Side][];
var depth = new double[Rows * Side, Columns * Side];
for (int i = 0; i < Rows * Side; i++)
{
    for (int j = 0; j < Columns * Side; j++)
        (image[i, j], depth[i, j]) = (light, double.NegativeInfinity);
}

for (int l = 0; l <= MaxL; l++)
{
    for (int m = -l; m <= l; m++)
        Surface(SolidHarmonics.Of(l)[l + m], l, MaxL + m);
}
Axes(0, 0);
Save(Path.Combine("docs", "pictures", "harmonics.png"));

// The surface with the radius |Y|: orange where Y is positive, blue where it is negative.
void Surface(Polynomial harmonic, int row, int column)
{
    const int Betas = 120, Alphas = 240;
    (double[] Point, double Value) At(int i, int j)
    {
        double beta = Math.PI * i / Betas, alpha = 2 * Math.PI * j / Alphas;
        double[] n = [Math.Sin(beta) * Math.Sin(alpha), Math.Cos(beta), Math.Sin(beta) * Math.Cos(alpha)];
        double value = harmonic.Evaluate(n[0], n[1], n[2]);
        return (Project([.. n.Select(c => 0.92 * Math.Abs(value) * c)]), value);
    }
    var points = new (double[] Point, double Value)[Betas + 1, Alphas + 1];
    for (int i = 0; i <= Betas; i++)
    {
        for (int j = 0; j <= Alphas; j++)
            points[i, j] = At(i, j);
    }
    for (int i = 0; i < Betas; i++)
    {
        for (int j = 0; j < Alphas; j++)
        {
            Triangle(points[i, j], points[i + 1, j], points[i + 1, j + 1], row, column);
            Triangle(points[i, j], points[i + 1, j + 1], points[i, j + 1], row, column);
        }
    }
}

// x to the right, z towards the reader and to the left, y up, all seen from a little above.
static double[] Project(double[] p)
{
    double a = (p[0] * Math.Cos(Turn)) - (p[2] * Math.Sin(Turn)), b = (p[0] * Math.Sin(Turn)) + (p[2] * Math.Cos(Turn));
    return [a, (p[1] * Math.Cos(Tilt)) - (b * Math.Sin(Tilt)), (p[1] * Math.Sin(Tilt)) + (b * Math.Cos(Tilt))];
}

void Triangle((double[] Point, double Value) first, (double[] Point, double Value) second, (double[] Point, double Value) third, int row, int column)
{
    (double[] a, double[] b, double[] c) = (first.Point, second.Point, third.Point);
    double[] u = [.. b.Zip(a, (p, q) => p - q)], v = [.. c.Zip(a, (p, q) => p - q)];
    double[] n = [(u[1] * v[2]) - (u[2] * v[1]), (u[2] * v[0]) - (u[0] * v[2]), (u[0] * v[1]) - (u[1] * v[0])];
    double length = Math.Sqrt((n[0] * n[0]) + (n[1] * n[1]) + (n[2] * n[2]));
    if (length == 0 || n[2] == 0)
        return;
    double shade = 0.35 + (0.65 * Math.Abs(n[2] + (0.4 * n[1]) - (0.3 * n[0])) / length / 1.12);
    double[] color = [.. (first.Value + second.Value + third.Value > 0 ? new[] { 0.93, 0.45, 0.13 } : [0.16, 0.42, 0.80]).Select(part => part * shade)];
    (double x, double y) = ((column + 0.5) * Side, (row + 0.5) * Side);
    (double X, double Y)[] corners = [.. new[] { a, b, c }.Select(p => (x + (p[0] * Side / 2), y - (p[1] * Side / 2)))];
    for (int i = (int)corners.Min(p => p.Y); i <= corners.Max(p => p.Y); i++)
    {
        for (int j = (int)corners.Min(p => p.X); j <= corners.Max(p => p.X); j++)
        {
            // The plane of the triangle at this pixel, where the pixel is inside.
            (double px, double py) = (((j + 0.5 - x) * 2 / Side) - a[0], ((y - i - 0.5) * 2 / Side) - a[1]);
            double s = ((px * v[1]) - (py * v[0])) / n[2], t = ((u[0] * py) - (u[1] * px)) / n[2];
            double z = a[2] + (s * u[2]) + (t * v[2]);
            if (s < -1e-9 || t < -1e-9 || s + t > 1 + 1e-9 || z <= depth[i, j])
                continue;
            (depth[i, j], image[i, j]) = (z, color);
        }
    }
}

void Axes(int row, int column)
{
    (string Name, double[] End, (double X, double Y)[][] Strokes)[] axes =
    [
        ("x", [0.7, 0, 0], [[(-1, -1), (1, 1)], [(-1, 1), (1, -1)]]),
        ("y", [0, 0.7, 0], [[(-1, 1), (0, 0)], [(1, 1), (-1, -1)]]),
        ("z", [0, 0, 0.7], [[(-1, 1), (1, 1), (-1, -1), (1, -1)]]),
    ];
    foreach ((_, double[] end, (double X, double Y)[][] strokes) in axes)
    {
        double[] tip = Project(end);
        Line((0, 0), (tip[0], tip[1]));
        foreach ((double X, double Y)[] stroke in strokes)
        {
            for (int k = 1; k < stroke.Length; k++)
                Line(Near(stroke[k - 1]), Near(stroke[k]));
        }
        (double, double) Near((double X, double Y) at) => ((tip[0] * 1.25) + (at.X * 0.06), (tip[1] * 1.25) + (at.Y * 0.08));
    }

    void Line((double X, double Y) from, (double X, double Y) to)
    {
        for (double t = 0; t <= 1; t += 0.002)
        {
            int i = (int)(((row + 0.5) * Side) - ((from.Y + (t * (to.Y - from.Y))) * Side / 2)), j = (int)(((column + 0.5) * Side) + ((from.X + (t * (to.X - from.X))) * Side / 2));
            for (int k = 0; k < 9; k++)
                image[i - 1 + (k / 3), j - 1 + (k % 3)] = [0.25, 0.25, 0.25];
        }
    }
}

void Save(string path)
{
    using var pixels = new MemoryStream();
    using (var zlib = new ZLibStream(pixels, CompressionLevel.SmallestSize, leaveOpen: true))
    {
        for (int i = 0; i < Rows * Tile; i++)
        {
            zlib.WriteByte(0);
            for (int j = 0; j < Columns * Tile; j++)
            {
                for (int part = 0; part < 3; part++)
                {
                    double sum = 0;
                    for (int k = 0; k < Samples * Samples; k++)
                        sum += image[(i * Samples) + (k / Samples), (j * Samples) + (k % Samples)][part];
                    zlib.WriteByte((byte)Math.Clamp(255 * sum / (Samples * Samples), 0, 255));
                }
            }
        }
    }
    using FileStream file = File.Create(path);
    file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
    var header = new byte[13];
    BinaryPrimitives.WriteInt32BigEndian(header, Columns * Tile);
    BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Rows * Tile);
    (header[8], header[9]) = (8, 2); // 8 bits, red, green and blue
    Chunk(file, "IHDR"u8, header);
    Chunk(file, "IDAT"u8, pixels.ToArray());
    Chunk(file, "IEND"u8, []);
}

static void Chunk(Stream file, ReadOnlySpan<byte> type, byte[] data)
{
    byte[] number = new byte[4], body = [.. type, .. data];
    BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
    file.Write(number);
    file.Write(body);
    uint check = uint.MaxValue; // CRC-32
    foreach (byte b in body)
    {
        check ^= b;
        for (int bit = 0; bit < 8; bit++)
            check = (check & 1) != 0 ? (check >> 1) ^ 0xEDB88320 : check >> 1;
    }
    BinaryPrimitives.WriteUInt32BigEndian(number, ~check);
    file.Write(number);
}
