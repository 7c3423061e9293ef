namespace E3Gen.Flow.Tests.Stopped;

/// <summary>What fields and properties hold, and who else sees it.</summary>
public static partial class Stops
{
    private static Stop[] Members =>
    [
        new("a constant vector in a stated field", "[Irreps(\"1o\")] private readonly Tensor _axis = [|torch.ones(1, 3)|];",
            "E3G0403", "'_axis' holds 1x1o"),
        new("an argument of the constructor in a stated field",
            """
            [Irreps("1o")] private readonly Tensor _axis;
            public Sample(Tensor axis) : base("Sample") { _axis = [|axis|]; RegisterComponents(); }
            """,
            "E3G0510", "number of axes that is not known"),
        new("a tensor without rows", "[Irreps(\"0e\")] private readonly Tensor _strength = [|torch.ones(1)|];", "E3G0510", "Rows = 0"),
        new("more rows than stated", "[return: Irreps(X)] public Tensor Stacked([Irreps(X)] Tensor x) => [|torch.stack([x, x])|];",
            "E3G0510", "Rows = 2"),
        new("a member that changes and states nothing",
            """
            private Tensor _last = torch.zeros(1, 20);
            [return: Irreps(X)] public Tensor Last([Irreps(X)] Tensor x) { var last = [|_last|]; _last = x; return last; }
            """,
            "E3G0510", "may hold anything"),
        new("a parameter that is used in two ways", "[return: Irreps(X)] public Tensor Both([|Tensor x|]) => Mix(x) + Mix(Grow(x));",
            "E3G0512", "'x'"),
        new("a parameter that goes nowhere directly", "[return: Irreps(X)] public Tensor Scaled([|Tensor x|]) => Mix(x * 2);",
            "E3G0512", "'x'"),
        new("a parameter of another object", "[return: Irreps(X)] public Tensor Of([|Holder holder|]) => holder.Value;",
            "E3G0510", "an object of which nothing is known"),
        Stop.Vector("a member without source", "=> x * [|Functions.Scale|];", "E3G0510", "is a member whose source is not here"),
        Stop.Vector("an element of a tuple in a field", "{ _pair.A = y; return x * [|_pair|].A.sum(); }",
            "E3G0510", "assigned outside of the constructors", "private (Tensor A, int B) _pair = (torch.zeros(1), 0);"),
        Stop.Vector("a field that grows", "{ var s = [|_sum|]; _sum += y.sum(); return x * s; }",
            "E3G0510", "assigned outside of the constructors", "private Tensor _sum = torch.zeros(1);"),
        Stop.Vector("a field that a lambda of the constructor assigns",
            "=> x * [|_scale|];", "E3G0510", "assigned outside of the constructors",
            """
            private Tensor _scale = torch.ones(1);
            private readonly Action _change;
            public Sample() : base("Sample") { _change = () => { _scale = torch.ones(3); }; RegisterComponents(); }
            """),
        Stop.Vector("a static tensor that others set", "=> x * [|Shared.Scale|];",
            "E3G0510", "can be assigned from outside", types: "public static class Shared { public static Tensor Scale = torch.ones(1); }"),
        new("a parameter of the class that is assigned",
            "", "E3G0510", "is assigned, so that it may hold anything",
            """
            [EquivariantModule]
            public sealed partial class Other(Tensor scale) : nn.Module<Tensor, Tensor>("Other")
            {
                public void Set([Invariant] Tensor s) => scale = s;
                [return: Irreps("1o")] public override Tensor forward([Irreps("1o")] Tensor x) => x * [|scale|];
            }
            """),
        new("a property that is assigned through what it overrides",
            "", "E3G0510", "Not proven to be equivariant: '",
            """
            public abstract class Origin() : nn.Module<Tensor, Tensor>("origin")
            {
                private protected abstract Tensor Scale { get; set; }
                private protected void Set(Tensor t) => Scale = t;
            }
            [EquivariantModule]
            public sealed partial class Derived : Origin
            {
                private protected override Tensor Scale { get; set; } = torch.zeros(1);
                [return: Irreps("1o")] public override Tensor forward([Irreps("1o")] Tensor x) { [|Set(x)|]; return x * [|Scale|].sum(); }
            }
            """),
    ];

    /// <summary>Members that others assign: what they begin with says nothing.</summary>
    private static Stop[] Open =>
    [
        new("a flag that others set",
            """
            public bool Flag { get; set; }
            [return: Irreps(X)] public Tensor Flagged([Irreps(X)] Tensor x) { if (Flag) { x = [|x.relu()|]; } return x; }
            """,
            "E3G0501", "'relu'"),
        new("a number that others set",
            "internal int _kind = 1; [return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) => _kind == 1 ? x : [|x.relu()|];",
            "E3G0501", "'relu'"),
        new("a number that is set while the object is made",
            """
            public int Kind { get; init; } = 1;
            [return: Irreps(X)] public Tensor Chosen([Irreps(X)] Tensor x) => Kind == 1 ? x : [|x.relu()|];
            """,
            "E3G0501", "'relu'"),
        new("a module that others set",
            """
            public nn.Module<Tensor, Tensor> Act { get; set; } = nn.Identity();
            [return: Irreps(X)] public Tensor Acted([Irreps(X)] Tensor x) => [|Act|].call(x);
            """,
            "E3G0510", "can be assigned from outside"),
        new("a list of functions that others change",
            """
            public readonly List<Func<Tensor, Tensor>> Acts = [t => t * 2];
            [return: Irreps(X)] public Tensor Acted([Irreps(X)] Tensor x) { foreach (var act in [|Acts|]) { x = act(x); } return x; }
            """,
            "E3G0510", "nothing is known"),
        new("a tensor that others set",
            "internal Tensor _scale = torch.ones(1); [return: Irreps(X)] public Tensor Scaled([Irreps(X)] Tensor x) => x * [|_scale|];",
            "E3G0510", "can be assigned from outside"),
        Stop.Vector("a flag of another class that others set", "=> Settings.Acts ? [|x.relu()|] : x;",
            "E3G0501", "'relu'", types: "public static class Settings { public static bool Acts = false; }"),
        new("a flag that a derived class sets",
            "", "E3G0501", "'relu'",
            """
            public abstract class Origin() : nn.Module<Tensor, Tensor>("origin") { protected bool Acts = false; }
            [EquivariantModule]
            public sealed partial class Derived : Origin
            {
                public Derived() => Acts = true;
                [return: Irreps("1o")] public override Tensor forward([Irreps("1o")] Tensor x) => Acts ? [|x.relu()|] : x;
            }
            """),
    ];

    /// <summary>What constructors do to a member beside its initialiser, or where there are several, or only on some paths.</summary>
    private static Stop[] Construction =>
    [
        Stop.Vector("a flag that one of two constructors sets",
            "=> _keeps ? x : [|x.relu()|];", "E3G0501", "'relu'",
            """
            private readonly bool _keeps;
            public Sample() : base("Sample") { RegisterComponents(); }
            public Sample(int k) : base("Sample") { _keeps = true; RegisterComponents(); }
            """),
        Stop.Vector("a number that a constructor sets on one path", "=> _kind switch { 1 => x, _ => [|x.relu()|] };",
            "E3G0501", "'relu'",
            "private readonly int _kind; public Sample(bool flag) : base(\"Sample\") { if (flag) { _kind = 1; } RegisterComponents(); }"),
        Stop.Vector("a number that another is copied from before it is set", "=> _b == 3 ? x : [|x.relu()|];",
            "E3G0501", "'relu'",
            "private readonly int _a, _b; public Sample() : base(\"Sample\") { _b = _a; _a = 3; RegisterComponents(); }"),
        Stop.Vector("a flag that is false by its initialiser",
            "=> _acts ? [|x.relu()|] : x;", "E3G0501", "'relu'",
            """
            private readonly bool _acts = false;
            public Sample(bool flag) : base("Sample") { if (flag) { _acts = true; } RegisterComponents(); }
            """),
        Stop.Vector("a function that the constructor replaces",
            "=> _act(x);", "E3G0501", "'relu'",
            """
            private readonly Func<Tensor, Tensor> _act = t => t;
            public Sample() : base("Sample") { _act = t => [|t.relu()|]; RegisterComponents(); }
            """),
        Stop.Vector("a module that the constructor replaces on one path",
            "=> [|_act.call(x)|];", "E3G0501", "'ReLU'",
            """
            private readonly nn.Module<Tensor, Tensor> _act = nn.Identity();
            public Sample(bool flag) : base("Sample") { if (flag) { _act = nn.ReLU(); } RegisterComponents(); }
            """),
        Stop.Vector("zeros that the constructor fills",
            "=> [|x + _zeros|];", "E3G0503", "A constant is added",
            """
            private readonly Tensor _zeros = torch.zeros(1, 3); public Sample() : base("Sample") { _zeros.fill_(1); RegisterComponents(); }
            """),
        Stop.Vector("zeros that a method of the constructor fills",
            "=> [|x + _zeros|];", "E3G0503", "A constant is added",
            """
            private readonly Tensor _zeros = torch.zeros(1, 3);
            public Sample() : base("Sample") { Fill(); RegisterComponents(); }
            private void Fill() => _zeros.fill_(1);
            """),
        Stop.Vector("zeros that a static constructor fills", "=> [|x + Zeros|];",
            "E3G0503", "A constant is added",
            "private static readonly Tensor Zeros = torch.zeros(1, 3); static Sample() { Zeros.fill_(1); }"),
        Stop.Vector("a parameter that begins with zeros", "=> [|x + _zeros|];",
            "E3G0503", "A constant is added", "private readonly Parameter _zeros = new(torch.zeros(3));"),
        Stop.Vector("a stated member that the constructor fills",
            "=> x + _vector;", "E3G0515", "others see the tensor",
            """
            [Irreps("1o")] private readonly Tensor _vector = torch.zeros(1, 3);
            public Sample() : base("Sample") { [|_vector.fill_(1)|]; RegisterComponents(); }
            """),
        Stop.Vector("a parameter that repeats itself",
            "=> [|x * _scale|];", "E3G0504", "1x1o",
            """
            private readonly Tensor _scale = torch.ones(1).expand(3).clone();
            public Sample() : base("Sample") { _scale[0] = 2; RegisterComponents(); }
            """),
    ];

    /// <summary>Collections that a constructor fills: what they begin with says nothing.</summary>
    private static Stop[] Filled =>
    [
        Stop.Vector("a list of tensors that a constructor fills",
            "{ foreach (var w in _all) { x = [|x + w|]; } return x; }", "E3G0503", "A constant is added",
            """
            private readonly List<Tensor> _all = new(); public Sample() : base("Sample") { _all.Add(torch.ones(3)); RegisterComponents(); }
            """),
        Stop.Vector("a dictionary that a constructor fills",
            "=> [|x + _all[\"a\"]|];", "E3G0503", "A constant is added",
            """
            private readonly Dictionary<string, Tensor> _all = new();
            public Sample() : base("Sample") { _all["a"] = torch.ones(3); RegisterComponents(); }
            """),
        Stop.Vector("the values of a dictionary that a constructor fills",
            "{ foreach (var w in [|_all.Values|]) { x = x + w; } return x; }", "E3G0510", "is a property that is not followed",
            """
            private readonly Dictionary<string, Tensor> _all = new();
            public Sample() : base("Sample") { _all["a"] = torch.ones(3); RegisterComponents(); }
            """),
        Stop.Vector("a list of modules that a constructor fills",
            "{ foreach (var l in _all) { x = [|l.call(x)|]; } return x; }", "E3G0501", "'ReLU'",
            """
            private readonly ModuleList<ReLU> _all = new();
            public Sample() : base("Sample") { for (int i = 0; i < 2; i++) { _all.Add(nn.ReLU()); } RegisterComponents(); }
            """),
        Stop.Vector("a module in a list that is exchanged",
            "=> [|_all[0].call(x)|];", "E3G0501", "'ReLU'",
            """
            private readonly List<nn.Module<Tensor, Tensor>> _all = [nn.Identity()];
            public Sample() : base("Sample") { _all[0] = nn.ReLU(); RegisterComponents(); }
            """),
        Stop.Vector("a module that is appended to others",
            "=> [|_all.call(x.t())|].t();", "E3G0508", "Sequential",
            """
            private readonly Sequential _all = nn.Sequential(nn.Linear(4, 4, hasBias: false));
            public Sample() : base("Sample") { _all.append("r", nn.ReLU()); RegisterComponents(); }
            """),
        Stop.Vector("numbers in an array that a constructor fills",
            "=> _all[0] switch { 0 => x, _ => [|x.relu()|] };", "E3G0501", "'relu'",
            """
            private readonly int[] _all = [0, 0];
            public Sample() : base("Sample") { for (int i = 0; i < 2; i++) { _all[i] = 5; } RegisterComponents(); }
            """),
        Stop.Vector("the length of a list that a constructor fills", "=> _all.Count is 0 ? x : [|x.relu()|];",
            "E3G0501", "'relu'",
            "private readonly List<int> _all = []; public Sample() : base(\"Sample\") { _all.Add(1); RegisterComponents(); }"),
        Stop.Vector("as many turns as a constructor puts numbers into a list",
            "{ foreach (int k in _all) { x = [|x.relu()|]; } return x; }", "E3G0501", "'relu'",
            "private readonly List<int> _all = []; public Sample() : base(\"Sample\") { _all.Add(1); RegisterComponents(); }"),
        Stop.Vector("numbers that the constructor gets", "{ foreach (int k in new List<int>(_all)) { x = [|x.relu()|]; } return x; }",
            "E3G0501", "'relu'",
            "private readonly int[] _all; public Sample(int[] all) : base(\"Sample\") { _all = all; RegisterComponents(); }"),
        Stop.Vector("a function in a static dictionary",
            "=> [|All[\"a\"]|](x);", "E3G0510", "is a property that is not followed",
            """
            private static readonly Dictionary<string, Func<Tensor, Tensor>> All = new() { ["a"] = t => t };
            static Sample() { All["a"] = t => t.relu(); }
            """),
        Stop.Vector("parameters that change places",
            "=> [|x * _all[0]|];", "E3G0510", "how many columns",
            """
            private readonly Parameter[] _all = [new(torch.randn(1)), new(torch.randn(3))];
            public Sample() : base("Sample") { (_all[0], _all[1]) = (_all[1], _all[0]); RegisterComponents(); }
            """),
    ];

    /// <summary>What is left where others find it.</summary>
    private static Stop[] Effects =>
    [
        new("an argument put into a list of others",
            "[return: Irreps(X)] public Tensor Kept([Irreps(X)] Tensor x, [|List<object> list|]) { list.Add(x); return (Tensor)list[0]; }",
            "E3G0510", "list"),
        Stop.Vector("a vector put into an object that states nothing", "{ _holder.Value = [|x|]; return x; }",
            "E3G0515", "'Value' of Holder states nothing", "private readonly Holder _holder = new();"),
        Stop.Vector("a vector put into a static field of another class", "{ Shared.Last = [|x|]; return x; }",
            "E3G0515", "'Last' of Shared states nothing", types: "public static class Shared { public static Tensor? Last; }"),
        Stop.Vector("a vector put into a list that others see", "{ _all[0] = [|x|]; return x; }",
            "E3G0515", "put into a collection that others see", "private readonly List<Tensor> _all = [torch.ones(1)];"),
        Stop.Vector("a vector added to a list that others see", "{ [|_all.Add(x)|]; return x; }",
            "E3G0515", "changes a collection that others see", "private readonly List<Tensor> _all = [torch.ones(1)];"),
        Stop.Vector("numbers of an array that others see, after they were exchanged", "{ _order[0] = 1; return [|x.permute(_order)|]; }",
            "E3G0508", "permute along an axis", "private readonly long[] _order = [0, 1];"),
        Stop.Vector("what a stated member gets, unknown", "{ Keep([|x.relu()|]); return _kept; }",
            "E3G0501", "'relu'",
            "[Irreps(\"1o\")] private Tensor _kept = torch.zeros(1, 3); private void Keep([Irreps(\"1o\")] Tensor t) => _kept = t;"),
        Stop.Vector("what a method with a result gets, unknown, where nobody takes the result",
            "{ Keep([|x.relu()|]); return _kept; }", "E3G0501", "'relu'",
            """
            [Irreps("1o")] private Tensor _kept = torch.zeros(1, 3);
            [return: Irreps("1o")] private Tensor Keep([Irreps("1o")] Tensor t) { _kept = t; return t; }
            """),
        Stop.Vector("the bias of a module that is assigned", "{ _mix.bias = [|_bias|]; return x; }",
            "E3G0510", "is assigned to 'bias'",
            "private readonly Linear _mix = nn.Linear(3, 3, hasBias: false); private readonly Parameter _bias = new(torch.ones(3));"),
    ];
}
