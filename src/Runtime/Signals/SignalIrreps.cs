namespace E3Gen;

/// <summary>
/// The irreps of signals on the sphere: one of each degree l = 0 … lmax, with the parity p_val·p_arg^l. Inversion P takes the signal f to (P f)(x) = p_val f(p_arg x).
/// </summary>
/// <param name="MaxL">lmax.</param>
/// <param name="ValueParity">p_val: ±1.</param>
/// <param name="ArgumentParity">p_arg: −1 for signals on the sphere of vectors, +1 for that of pseudovectors.</param>
internal readonly record struct SignalIrreps(int MaxL, int ValueParity, int ArgumentParity)
{
    public Irreps ToIrreps()
    {
        (int value, int argument) = (ValueParity, ArgumentParity);
        return new(Enumerable.Range(0, MaxL + 1).Select(l => new MulIrrep(1, new Irrep(l, l % 2 == 0 ? value : value * argument))));
    }

    /// <summary>Reads irreps; entries without copies are skipped, as in e3nn.</summary>
    public static SignalIrreps Of(Irreps irreps, string name)
    {
        ArgumentNullException.ThrowIfNull(irreps, name);
        Irrep[] all = [.. irreps.Where(e => e.Multiplicity > 0).SelectMany(e => Enumerable.Repeat(e.Irrep, e.Multiplicity))];
        if (all.Length > 0)
        {
            // A signal of degree 0 is the same on both spheres; e3nn takes it for one of pseudovectors.
            var signal = new SignalIrreps(all.Length - 1, all[0].Parity, all.Length == 1 ? 1 : all[0].Parity * all[1].Parity);
            if (all.SequenceEqual(signal.ToIrreps().Select(e => e.Irrep)))
                return signal;
        }
        throw new ArgumentException(
            $"\"{irreps}\" are not the irreps of a signal on the sphere: one of each degree 0, 1, … in this order, with parities all alike (0e + 1e + 2e) or alternating (0e + 1o + 2e).", name);
    }
}
