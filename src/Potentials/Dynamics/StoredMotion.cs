namespace E3Gen.Potentials;

/// <summary>What a frame carries so that a simulation goes on from it: velocities, time and step.</summary>
internal static class StoredMotion
{
    /// <summary>Other programs have velocities in other units under the same name (ASE's and LAMMPS's, atomic ones): only those that say ours are taken.</summary>
    private const string UnitName = "velocities_unit", Unit = "angstrom/fs";

    private const string VelocityName = "velocities", TimeName = "time", StepName = "step";

    /// <summary>[3N], Å/fs; null where the structure has none that are known to be in this unit.</summary>
    public static double[]? Velocities(Atoms atoms)
    {
        if (!IsOurs(atoms) || !atoms.Columns.TryGetValue(VelocityName, out AtomColumn? column)) return null;
        bool fits = column is { Width: 3, Kind: ValueKind.Real or ValueKind.Integer } && column.Rows == atoms.Count;
        double[] values = !fits ? [] : column.Kind == ValueKind.Real ? [.. column.Reals] : [.. column.Integers.Select(i => (double)i)];
        return fits && Array.TrueForAll(values, double.IsFinite)
            ? values
            : throw new ArgumentException($"{Where(atoms)}the column '{VelocityName}' is not three finite numbers in Å/fs for each atom.", nameof(atoms));
    }

    /// <summary>Whether there are velocities in a unit that nobody says.</summary>
    public static bool HasUnknownVelocities(Atoms atoms) => atoms.Columns.ContainsKey(VelocityName) && !IsOurs(atoms);

    /// <summary>Step and time in fs; 0 where the structure does not say, or is no frame of ours: a stranger's <c>time</c> has any unit, and its <c>step</c> any meaning.</summary>
    public static (long Step, double Time) Clock(Atoms atoms)
    {
        if (!IsOurs(atoms)) return (0, 0);
        long step = 0;
        double time = 0;
        if (atoms.Info.TryGetValue(StepName, out InfoValue? steps))
            step = steps is { Kind: ValueKind.Integer, Count: 1 } && steps.ToIntegers()[0] is >= 0 and var n ? n : throw Wrong(StepName, steps, "a whole number from 0");
        if (atoms.Info.TryGetValue(TimeName, out InfoValue? times))
        {
            time = times is { Kind: ValueKind.Real or ValueKind.Integer, Count: 1 } && times.ToDoubles()[0] is var t && double.IsFinite(t)
                ? t
                : throw Wrong(TimeName, times, "a finite number of fs");
        }

        return (step, time);

        ArgumentException Wrong(string name, InfoValue value, string expected) => new($"{Where(atoms)}the info '{name}' is '{value}'; expected {expected}.", nameof(atoms));
    }

    public static void Store(Atoms frame, Simulation simulation)
    {
        frame.Info.Add(TimeName, new InfoValue(simulation.Time));
        frame.Info.Add(StepName, new InfoValue(simulation.Step));
        frame.Info.Add(UnitName, new InfoValue(Unit));
        frame.Columns.Add(VelocityName, new AtomColumn([.. simulation.Velocities], 3));
    }

    /// <summary>Whether it is a frame of a simulation of ours: it says our unit of velocities.</summary>
    public static bool IsOurs(Atoms atoms) => atoms.Info.TryGetValue(UnitName, out InfoValue? unit) && unit.Kind == ValueKind.Text && unit.ToString() == Unit;

    private static string Where(Atoms atoms) => atoms.Origin is null ? "" : $"{atoms.Origin}: ";
}
