using E3Gen.Generator.Model;
using E3Gen.Generator.Operations;
using E3Gen.Generator.Parsing;
using E3Gen.Generator.Potentials;
using static E3Gen.Generator.Emission.Potentials.PotentialTypes;

namespace E3Gen.Generator.Emission.Potentials;

/// <summary>Prints a potential: its constructor, the energies of the atoms, its layers, their operations, and the parts with parameters.</summary>
internal abstract class PotentialEmitter
{
    private readonly PotentialModel _model;
    private readonly FreeNames _names;
    private readonly Dictionary<string, string> _taken = [];

    protected PotentialEmitter(PotentialModel model, CouplingNames couplings)
    {
        (_model, _names) = (model, new FreeNames(model.Type.TakenNames));
        Kernels = new KernelClass(_names.Take($"{model.Type.Name}Kernels"), couplings);
    }

    protected SourceWriter Writer { get; } = new();

    protected KernelClass Kernels { get; }

    /// <summary>The field that holds the parts with parameters.</summary>
    protected string Network => $"this.{Name("_network")}";

    /// <summary>The field that holds the elements.</summary>
    protected string Elements => $"this.{Name("_elements")}";

    public static string Emit(PotentialModel model, CouplingNames couplings) => model switch
    {
        MaceModel mace => new MaceEmitter(mace, couplings).Write(),
        NequipModel nequip => new NequipEmitter(nequip, couplings).Write(),
        _ => throw new ArgumentException($"No emitter for {model.GetType().Name}."),
    };

    /// <summary>The parts: what each is, its name in the state dict, and the field that holds it.</summary>
    protected abstract IEnumerable<PotentialPart> AllParts { get; }

    /// <summary>Where the model is described.</summary>
    protected abstract string Source { get; }

    /// <summary>A parameter that every potential of the kind has, whose type is that of all.</summary>
    protected abstract string TypicalParameter { get; }

    /// <summary>Prints the vectors along the edges.</summary>
    protected abstract void WriteVectors();

    /// <summary>Prints the energies of the atoms from the features of all layers.</summary>
    protected abstract void WriteEnergies();

    /// <summary>Prints the layers: from <c>h</c> to <c>features</c>.</summary>
    protected abstract void WriteLayers();

    /// <summary>Prints what the numbers of a data set become.</summary>
    protected abstract void WriteAdaptation();

    /// <summary>The numbers that the class fixes, by their names in the state dict.</summary>
    protected abstract IEnumerable<(string Name, string Value)> Constants { get; }

    /// <summary>Numbers for the choices that change what is computed without changing what has parameters.</summary>
    protected abstract IEnumerable<int> Choices { get; }

    /// <summary>A name for a member that nothing else has.</summary>
    protected string Name(string wish)
    {
        if (!_taken.TryGetValue(wish, out string? name))
        {
            _taken[wish] = name = _names.Take(wish);
        }

        return name;
    }

    /// <summary>A call of an operation.</summary>
    protected string Call(OperationModel operation, params string[] arguments) => $"this.{Name(operation.Method.Name)}({string.Join(", ", arguments)})";

    /// <summary>Prints that energies go on in float64.</summary>
    protected void WriteWidening()
    {
        Writer.Line("// Energies of isolated atoms have more digits than float32: with them energies are float64.");
        Writer.Line("energies = energies.to(global::TorchSharp.torch.float64);");
    }

    /// <summary>The end of an expression to which something is added.</summary>
    /// <param name="term">What is added.</param>
    protected string Plus(string term) => $".add({term}, {Kernels.Value("One", 1, "Factor of what is added: the one that add(x) makes may be collected while native code reads it")})";

    /// <summary>The number of neighbours, as an argument of mul or div.</summary>
    /// <param name="isRoot">Whether its root is wanted.</param>
    protected string Neighbors(bool isRoot) => _model.NumNeighbors is { } number
        ? Kernels.Value("Neighbors", isRoot ? Math.Sqrt(number) : number, $"The {(isRoot ? "root of the " : "")}typical number of neighbours, {NetworkEmitter.Text(number)}")
        : $"{Network}.Statistics[\"avg_num_neighbors\"]{(isRoot ? ".sqrt()" : "")}";

    private string Write()
    {
        var type = _model.Type;
        var operations = _model.Operations.ToList();
        var parts = AllParts.ToList();
        var places = parts.ToDictionary(p => p.Field, p => p.Path);
        var descriptions = operations.Select(o => OperationDescription.Attribute(
            o, $"{type.Name}.{o.Method.Name}", o.Parameters.Weights > 0 && places.TryGetValue(o.Method.Name, out string? path) ? path : ""));
        GeneratedFile.Write(Writer, type, Kernels, descriptions, Header(_model.DeclaresBase), () =>
        {
            PotentialConstructorEmitter.Write(Writer, _model, Name("_elements"), Name("_network"), Name("Network"));
            WriteForward();
            WriteFeatures();
            WritePropagate();
            WriteAdapt();
            WriteConstants();
            foreach (var operation in operations)
            {
                Writer.Line();
                string name = Name(operation.Method.Name);
                var method = operation.Method with { Name = name, Header = $"private {WellKnown.Tensor} {name}" };
                OperationEmitter.Emit(operation, new EmissionContext(
                    Writer, Kernels, method, operation.Method.Name, $"{type.Name}.{operation.Method.Name}", $"{Network}.{operation.Method.Name}",
                    places.TryGetValue(operation.Method.Name, out string? place) ? place : ""));
            }

            Writer.Line();
            PotentialPartsEmitter.Write(Writer, Name("Network"), parts);
        }, PotentialDocumentation.Of(_model, Source));
        return Writer.ToString();
    }

    private void WriteSignature(string returns, string header)
    {
        Writer.Line("/// <param name=\"positions\">Positions of the atoms, [N, 3].</param>");
        Writer.Line("/// <param name=\"species\">Place of each atom's element in <see cref=\"Species\"/>, whole numbers [N].</param>");
        Writer.Line("/// <param name=\"graph\">Pairs of atoms closer than <see cref=\"Cutoff\"/>.</param>");
        Writer.Line($"/// <returns>{returns}</returns>");
        Writer.Line(WellKnown.GeneratedCode);
        Writer.Line(header);
    }

    private void WriteArguments()
    {
        Writer.Line("using var scope = global::TorchSharp.torch.NewDisposeScope();");
        Writer.Line($"var atoms = {Elements}.Rows(positions, species, graph, {Network}.{TypicalParameter});");
        WriteVectors();
        Writer.Line($"var lengths = {Parts}.Edges.Lengths(vectors);");
        Writer.Line($"var features = this.{Name("Propagate")}(vectors, lengths, atoms, graph);");
    }

    private void WriteForward()
    {
        const string Parameters = $"[global::E3Gen.Positions] {WellKnown.Tensor} positions, [global::E3Gen.Invariant] {WellKnown.Tensor} species, {WellKnown.Graph} graph";
        Writer.Line("/// <summary>The energies of the atoms; their sum is the energy of a molecule or crystal.</summary>");
        WriteSignature("[N], float64.", _model.Harmonics.Vector.Parity < 0 ? "[return: global::E3Gen.Invariant]" : "// Not stated to be invariant: without parity, mirror images may differ.");
        using (Writer.Braces($"public override {WellKnown.Tensor} forward({Parameters})"))
        {
            WriteArguments();
            Writer.Line();
            WriteEnergies();
        }

        Writer.Line();
    }

    private void WriteFeatures()
    {
        const string Parameters = $"[global::E3Gen.Positions] {WellKnown.Tensor} positions, [global::E3Gen.Invariant] {WellKnown.Tensor} species, {WellKnown.Graph} graph";
        var irreps = _model.Features.ToList();
        Writer.Line("/// <summary>Features of the atoms after each layer, descriptors of their surroundings.</summary>");
        WriteSignature($"[N, columns] of each layer: {string.Join("; ", irreps)}.", $"public {WellKnown.Tensor}[] Features({Parameters})");
        using (Writer.Braces())
        {
            WriteArguments();
            for (int i = 0; i < irreps.Count; i++)
            {
                if (LayoutText.Matters(Networks.GatePoints.Inside, irreps[i]))
                {
                    string field = Kernels.Irreps($"Features{i}", irreps[i], $"Features after layer {i}");
                    Writer.Line($"features[{i}] = global::E3Gen.IrrepsLayout.Convert(features[{i}], {field}, {LayoutText.IrMul}, {LayoutText.MulIr});");
                }
            }

            Writer.Line("return global::System.Array.ConvertAll(features, f => f.MoveToOuterDisposeScope());");
        }

        Writer.Line();
    }

    private void WritePropagate()
    {
        Writer.Line("/// <summary>The layers. Features are ir_mul here: component after component, each with its copies side by side.</summary>");
        using (Writer.Braces($"private {WellKnown.Tensor}[] {Name("Propagate")}({WellKnown.Tensor} vectors, {WellKnown.Tensor} lengths, {Parts}.SpeciesRows atoms, {WellKnown.Graph} graph)"))
        {
            Writer.Line("// What depends on lengths alone is computed once for the two edges of a pair.");
            Writer.Line("var pairs = lengths.index_select(0, graph.EdgeOfPair);");
            string expanded = "pairs";
            if (_model.Radial.Transform == DistanceTransform.Agnesi)
            {
                Writer.Line("var radii = " + Elements + ".RadiusSums(atoms, graph.Source.index_select(0, graph.EdgeOfPair), graph.Destination.index_select(0, graph.EdgeOfPair), lengths);");
                expanded = $"global::E3Gen.RadialTransform.Agnesi(pairs, radii.mul({Kernels.Value("Half", 0.5, "r0 is half of the sum of two covalent radii")}))";
            }

            Writer.Line($"var radial = {Parts}.PotentialEdges.Radial({Network}.Bessel, {expanded}, pairs, this.Cutoff, {_model.Radial.Power});");
            Writer.Line($"var edges = {Call(_model.Harmonics, "vectors")}; // {_model.Harmonics.Output}");
            Writer.Line($"var h = {Network}.Embedding.Of(atoms);");
            WriteLayers();
            Writer.Line("return features;");
        }

        Writer.Line();
    }

    private void WriteAdapt()
    {
        Writer.Line("/// <summary>Takes over numbers of a training set: energies of single atoms, scale and shift, and the number of neighbours where it is not declared.</summary>");
        Writer.Line("/// <param name=\"statistics\">The numbers.</param>");
        Writer.Line(WellKnown.GeneratedCode);
        using (Writer.Braces("public void Adapt(global::E3Gen.DatasetStatistics statistics)"))
        {
            Writer.Line($"{Elements}.Expect(statistics);");
            WriteAdaptation();
            if (_model.NumNeighbors is null)
            {
                Writer.Line($"{Network}.Statistics.Set(\"avg_num_neighbors\", statistics.Neighbors);");
            }
        }

        Writer.Line();
    }

    private void WriteConstants()
    {
        const string Dictionary = "global::System.Collections.Generic.Dictionary<string, double[]>";
        Writer.Line("/// <summary>Numbers that weights of another potential may be at odds with.</summary>");
        Writer.Line(WellKnown.GeneratedCode);
        using (Writer.Braces($"{ConstantNames} global::E3Gen.IStateConstants.StateConstants => new {Dictionary}", "};"))
        {
            foreach (var (name, value) in Constants.Concat(OwnConstants()))
            {
                Writer.Line($"[\"{name}\"] = {value},");
            }
        }
    }

    /// <summary>What the originals keep beside their state dicts, under names of ours.</summary>
    private IEnumerable<(string Name, string Value)> OwnConstants()
    {
        yield return ("declared.cutoff", "[this.Cutoff]");
        yield return ("declared.cutoff_power", $"[{_model.Radial.Power}]");
        yield return ("declared.atomic_numbers", $"{Elements}.Numbers");
        yield return ("declared.choices", $"[{string.Join(", ", Choices.Prepend((int)_model.Constants))}]");
        if (_model.NumNeighbors is { } number)
        {
            yield return ("declared.avg_num_neighbors", $"[{Literals.Double(number)}]");
        }
    }
}
