using WaterDensity.Density;
using WaterDensity.Systems;
var d = WaterDataset.Load();
foreach (Split sp in Enum.GetValues<Split>())
foreach (int w in new[]{1,2,3,4,5,6,8}) {
double e=0; int n=0; double el=0; DensityComparison tot=null!;
foreach (var s in d.Of(sp).Where(s=>s.Waters==w).Take(40)) {
  var iso = s.Species.SelectMany(z=>d.Basis.IsolatedCoefficients[z]).ToArray();
  var pos=s.PositionsInBohr();
  var c = DensityComparison.Compare(d.Basis, s.Species, pos, iso, s.Coefficients, UniformGrid.Around(pos,0.25,4));
  e+=c.Error; el+=c.Reference; n++; tot = tot==null?c:tot+c;
}
if (n>0) Console.WriteLine($"{sp} {w}: {e/n:P3} mean electrons {el/n:F4} pooled {tot.Error:P3} by l {string.Join(" ",tot.DifferenceByDegree.Select(x=>(x/tot.Reference).ToString("P3")))} n {n}");
}
