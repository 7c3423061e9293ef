using TorchSharp;
using static TorchSharp.torch;
using WaterDensity.Density;
using WaterDensity.Learning;
using WaterDensity.Systems;
var clock = System.Diagnostics.Stopwatch.StartNew();
var d = WaterDataset.Load();
var sys = d.Of(Split.Train).Where(s=>s.Waters>=1).Where((s,i)=>i%4==0).ToList();
foreach (var p in new[]{0,0.5,1}) { DensityMetric.Power=p; Console.WriteLine($"power {p}"); var t = TargetScaling.Fit(d.Basis, sys, (s,f)=>DensityMetric.Compute(d.Basis,f,s)); 
  // truncation: keep k components per l: error
  foreach (double cut in new[]{0.3,0.1,0.03,0.01,0.003,0.001}) {
   double e=0; int n=0; var keep = (t.Deviations > cut*t.Deviations.max()).to(float64);
   foreach (var s in d.Of(Split.Test).Where(s=>s.Waters==4).Take(3)) {
     var pos=s.PositionsInBohr();
     var c = (double[])s.Coefficients.Clone();
     for(int a=0;a<s.Atoms;a++){ int z=s.Species[a]; var dc = tensor(Enumerable.Range(0,70).Select(k=>s.Coefficients[70*a+k]-d.Basis.IsolatedCoefficients[z][k]-t.Means[z][k]).ToArray());
       var y = t.FromCoefficients[z].mv(dc)*keep[z]; var back=t.ToCoefficients[z].mv(y).data<double>().ToArray(); for(int k=0;k<70;k++) c[70*a+k]=d.Basis.IsolatedCoefficients[z][k]+t.Means[z][k]+back[k]; }
     e+=DensityComparison.Compare(d.Basis,s.Species,pos,c,s.Coefficients,UniformGrid.Around(pos,0.3,4)).Error; n++;
   }
   Console.WriteLine($"  cut {cut}: kept O {keep[1].sum().item<double>()} H {keep[0].sum().item<double>()} err {e/n:P3}");
  }
}
