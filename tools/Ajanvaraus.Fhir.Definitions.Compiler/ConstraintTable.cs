namespace Ajanvaraus.Fhir.Definitions.Compiler;

/// <summary>Every invariant once, under a label that the types use.</summary>
/// <remarks>The label is the key; where R4 uses one key for several rules (<c>inv-1</c>), the later ones, in ordinal
/// order of their expressions, get <c>~2</c>, <c>~3</c>.</remarks>
internal sealed class ConstraintTable
{
    private readonly Dictionary<ConstraintFacts, string> _labels;

    private ConstraintTable(Dictionary<ConstraintFacts, string> labels) => _labels = labels;

    public static ConstraintTable Of(IEnumerable<TypeFacts> types)
    {
        var labels = types
            .SelectMany(type => type.Constraints.Concat(type.Elements.SelectMany(element => element.Constraints)))
            .Distinct()
            .GroupBy(constraint => constraint.Key)
            .SelectMany(rules => rules.OrderBy(rule => rule.Expression, StringComparer.Ordinal).Select((rule, i) =>
                (Rule: rule, Label: i == 0 ? rule.Key : $"{rule.Key}~{i + 1}")));
        return new ConstraintTable(labels.ToDictionary(x => x.Rule, x => x.Label));
    }

    public string Labels(IEnumerable<ConstraintFacts> constraints) =>
        string.Join(' ', constraints.Select(constraint => _labels[constraint]));

    public IEnumerable<string> Lines() =>
        _labels.OrderBy(x => x.Value, StringComparer.Ordinal)
            .Select(x => $"{x.Value}\t{x.Key.Severity}\t{x.Key.Expression}");
}
