using E3Gen.Generator.Diagnostics;
using E3Gen.Generator.Flow.Contracts;
using E3Gen.Generator.Flow.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace E3Gen.Generator.Flow;

/// <summary>The proof of one body, from what its parameters state to what it returns, and what is reported of it.</summary>
internal sealed class Proof
{
    private readonly CodeBlockAnalysisContext _context;
    private readonly Source _source;
    private readonly HashSet<Finding> _reported = [];

    private Proof(CodeBlockAnalysisContext context, Source source) => (_context, _source) = (context, source);

    public static void Of(CodeBlockAnalysisContext context, Source source, AnnotatedNames names)
    {
        if (context.OwningSymbol is not { ContainingType: { } type } owner || GeneratedTrees.IsOurs(context.CodeBlock.SyntaxTree)
            || StatedContracts.Waived(owner) is not null)
        {
            return;
        }

        bool isChecked = StatedContracts.IsChecked(type);
        if (!isChecked && !names.Contain(owner) && !names.OccurIn(context.CodeBlock))
        {
            return;
        }

        var proof = new Proof(context, source);
        switch (owner)
        {
            case IMethodSymbol method when !source.Contracts.IsGenerated(method):
                proof.Prove(method, isChecked);
                break;
            case IFieldSymbol or IPropertySymbol when source.Contracts.Of(owner) is { } contract:
                proof.ProveInitializer(owner, contract);
                break;
        }
    }

    private void Prove(IMethodSymbol method, bool isChecked)
    {
        // Private methods that state nothing are followed where they are called, with what is known there.
        bool states = _source.Contracts.States(method);
        bool isEntry = isChecked
            && method.MethodKind is not (MethodKind.Constructor or MethodKind.StaticConstructor or MethodKind.Destructor)
            && (states || (!IsPrivate(method)
                && (method.Name == "forward" || FlowTypes.HoldsTensors(method.ReturnType)
                    || method.Parameters.Any(p => FlowTypes.HoldsTensors(p.Type)))));
        bool mustHold = isEntry || _source.Contracts.Result(method) is not null || (states && isChecked);
        var initializer = method.MethodKind == MethodKind.Constructor ? _source.Initializer(method) : null;
        if ((_source.Body(method) ?? initializer) is not { } body)
        {
            return;
        }

        if (!mustHold && !states && !Mentions(body) && !(initializer is not null && Mentions(initializer)))
        {
            return;
        }

        method = method.OriginalDefinition;
        var frame = new Frame(method, 0, null,
            method.IsStatic ? null : new This(method.ContainingType, method.ContainingType.IsSealed, Which: 0), null, null);
        var machine = new Machine(_source, new Counter(), frame, _context.CancellationToken) { TrustsNumbers = mustHold || isChecked };
        Value? result = null;
        try
        {
            result = machine.Prove(method, body, mustHold);
        }
        catch (NotFollowedException exception)
        {
            machine.Unfollow(exception.Because);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or NotFollowedException or TooMuchException))
        {
            // A bug in the analyzer must not let a module pass.
            machine.Unfollow(Reasons.NotFollowed(Identifier(method), $"could not be followed ({exception.GetType().Name})",
                "please report this, and state the result with .AssumeIrreps(\"…\")"));
        }
        catch (TooMuchException)
        {
            machine.Unfollow(Reasons.NotFollowed(
                Identifier(method), "is too much to be followed", "take it apart into methods that state what they take and return"));
        }

        Report(machine.Mismatches);
        Report(machine.Unkept);
        bool isReliedOn = states
            || method.ContainingType.GetMembers().Any(m => m is IFieldSymbol or IPropertySymbol && _source.Contracts.Of(m) is not null);
        if (isReliedOn)
        {
            // Whoever relies on what is stated relies on nobody writing to it.
            Report(machine.Effects.Where(e => e.Rule.Id == EquivarianceRules.SeenByOthers.Id));
        }

        if (states || MentionsMember(body))
        {
            Report(machine.Unfollowed); // what is not looked at may break what is stated
        }

        if (mustHold)
        {
            Report(machine.Effects);
        }

        if (result is not null && mustHold && isChecked)
        {
            Report(_source.Contracts.Result(method) is null ? machine.Unproven(result, method) : []);
            Report(method.Parameters
                .Where(p => p.RefKind is RefKind.Out or RefKind.Ref && _source.Contracts.Of(p) is null && machine.Reached is not null)
                .SelectMany(p => machine.Unproven(machine.State.Variable(frame, p) ?? Value.Null, method)));
        }

        if ((isReliedOn || mustHold) && _reported.Count == 0)
        {
            Report(machine.Unseen); // where more is wrong, a result that is not known has been reported at the same call
        }

        if (mustHold && isChecked && method.Name == "forward" && _reported.Count == 0)
        {
            _context.ReportDiagnostic(Diagnostic.Create(
                EquivarianceRules.Verified, method.Locations[0],
                machine.Assumptions.Select(a => a.At.GetLocation()), method.ContainingType.Name,
                machine.Assumptions.Count == 0 ? "" : $", given {string.Join("; ", machine.Assumptions.Select(a => a.What).Distinct())}"));
        }
    }

    /// <summary>
    /// What the analysis knows of a method's result and, in the machine's state, of its variables, whatever is stated of the result:
    /// what tests of the rules ask for.
    /// </summary>
    public static (Machine Machine, Value Result) Follow(Source source, IMethodSymbol method)
    {
        var machine = new Machine(source, new Counter(), new Frame(method, 0, null, null, null, null), CancellationToken.None);
        return (machine, machine.Prove(method, source.Body(method)!, mustHold: true));
    }

    /// <summary>Whether only its own class calls a method, and nobody through what it overrides or implements.</summary>
    private static bool IsPrivate(IMethodSymbol method) =>
        method.DeclaredAccessibility == Accessibility.Private && !method.IsOverride && method.ExplicitInterfaceImplementations.IsEmpty;

    /// <summary>What a field or property begins with must be what it states.</summary>
    private void ProveInitializer(ISymbol member, Contract contract)
    {
        var value = _context.CodeBlock.DescendantNodesAndSelf().OfType<EqualsValueClauseSyntax>().FirstOrDefault()?.Value;
        var constructor = member.ContainingType.InstanceConstructors.FirstOrDefault();
        if (value is null || constructor is null || _source.Operation(value) is not { } operation)
        {
            return;
        }

        var frame = new Frame(constructor, 0, null, null, null, null);
        var machine = new Machine(_source, new Counter(), frame, _context.CancellationToken) { TrustsNumbers = true };
        machine.ProveInitial(member, contract, operation);
        Report(machine.Mismatches);
        Report(machine.Effects);
    }

    private void Report(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            if (!_reported.Add(finding) || finding.IsReportedElsewhere)
            {
                continue;
            }

            _context.ReportDiagnostic(Diagnostic.Create(finding.Rule, finding.At.GetLocation(),
                finding.Origins.Where(o => o.SourceTree is { } tree && _context.SemanticModel.Compilation.ContainsSyntaxTree(tree)),
                finding.Properties, [.. finding.Arguments.Select(a => a is TensorValue ? a.ToString() : a)]));
        }
    }

    /// <summary>Whether a body has a place that states something: a parameter or member.</summary>
    private bool Mentions(IOperation body) => body.DescendantsAndSelf().Any(o => o switch
    {
        IInvocationOperation invocation =>
            (ModuleCalls.Forward(invocation, invocation.Instance?.Type as INamedTypeSymbol) ?? invocation.TargetMethod)
            .Parameters.Any(p => _source.Contracts.Of(p) is not null),
        IObjectCreationOperation { Constructor: { } constructor } => constructor.Parameters.Any(p => _source.Contracts.Of(p) is not null),
        IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member => _source.Contracts.Of(member.Member) is not null,
        ILocalFunctionOperation local => _source.Contracts.States(local.Symbol),
        IMethodReferenceOperation reference => _source.Contracts.States(reference.Method),
        _ => false,
    });

    /// <summary>Whether a body uses a field or property that states something, and so may break it.</summary>
    private bool MentionsMember(IOperation body) =>
        body.DescendantsAndSelf().Any(o => o is IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member
            && _source.Contracts.Of(member.Member) is not null);

    public static SyntaxNode Identifier(IMethodSymbol method) => method.DeclaringSyntaxReferences[0].GetSyntax();
}
