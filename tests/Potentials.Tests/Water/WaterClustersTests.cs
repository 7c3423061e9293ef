using Potential.Water;

namespace E3Gen.Potentials.Tests.Water;

public class WaterClustersTests
{
    /// <summary>The counts are those of the data's README; the energies are known: hydrogen's is nearly −½ hartree, a water's bonds hold it together by some 10 eV.</summary>
    [Fact]
    public void TheDataAreInElectronVoltsAndAngstroms()
    {
        WaterClusters water = WaterClusters.Load();
        Assert.Equal((573, 45, 125), (water.Training.Count, water.Validation.Count, water.Test.Count));
        Assert.InRange(water.AtomEnergies["H"], -13.7, -13.5);
        Assert.All(water.Training, s =>
        {
            int waters = WaterClusters.Waters(s);
            double bound = (s.Energy!.Value - waters * (2 * water.AtomEnergies["H"] + water.AtomEnergies["O"])) / waters;
            Assert.InRange(bound, -12, -7);
            Assert.Equal(s.Atoms.Count, 3 * waters);
            for (int axis = 0; axis < 3; axis++) Assert.Equal(0, s.Forces!.Where((_, i) => i % 3 == axis).Sum(), 0.05);
        });
        Assert.Equal([1, 2, 3, 4, 5, 6, 8], water.Test.Select(WaterClusters.Waters).Distinct().Order());
    }
}
