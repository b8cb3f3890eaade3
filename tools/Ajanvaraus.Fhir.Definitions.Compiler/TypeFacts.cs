namespace Ajanvaraus.Fhir.Definitions.Compiler;

/// <summary>One type and its elements. <c>Kind</c> is primitive, complex, resource, or one of the latter two with
/// <c>abstract-</c> before it.</summary>
internal sealed record TypeFacts(
    string Name, string Kind, string Base, IReadOnlyList<ConstraintFacts> Constraints,
    IReadOnlyList<ElementFacts> Elements)
{
    public IEnumerable<string> Lines(ConstraintTable constraints)
    {
        yield return string.Join('\t', Name, Kind, Base, constraints.Labels(Constraints));
        foreach (var element in Elements)
            yield return element.Line(constraints);
    }
}

/// <summary>One element. Flags: s summary, m modifier, a XML attribute. Binding: strength and canonical.</summary>
internal sealed record ElementFacts(
    string Name, string Cardinality, string Flags, IReadOnlyList<TypeReference> Types, string Binding,
    IReadOnlyList<ConstraintFacts> Constraints)
{
    public string Line(ConstraintTable constraints) =>
        string.Join('\t', "", Name, Cardinality, Flags, string.Join('|', Types), Binding,
            constraints.Labels(Constraints));
}

/// <summary>A type that an element allows; targets for Reference and canonical, in ordinal order.</summary>
internal sealed record TypeReference(string Code, IReadOnlyList<string> Targets)
{
    public override string ToString() => Targets.Count == 0 ? Code : $"{Code}({string.Join(',', Targets)})";
}

internal sealed record ConstraintFacts(string Key, string Severity, string Expression);
