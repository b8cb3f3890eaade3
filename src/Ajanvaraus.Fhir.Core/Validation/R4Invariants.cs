using System.Collections.Frozen;

using Ajanvaraus.Fhir.Core.Definitions;

namespace Ajanvaraus.Fhir.Core.Validation;

/// <summary>The invariants of the base definitions as they are evaluated: corrected, or left to a check by hand.</summary>
internal static class R4Invariants
{
    public const string Source = "FHIR R4";

    /// <summary>Written by hand because they are asked of nearly every element, or cost too much as FHIRPath.</summary>
    private static readonly FrozenSet<string> CheckedByHand = new[]
    {
        // EmptyElementCheck, ExtensionCheck, ReferenceCheck, ContainedCheck.
        "ele-1", "ext-1", "ref-1", "dom-2", "dom-3",
        // BundleCheck.
        "bdl-3", "bdl-5", "bdl-7", "bdl-8",
        // PrimitiveCheck of xhtml, for which FHIRPath has no function that could be evaluated.
        "txt-1", "txt-2",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> BestPractices = new[] { "dom-6", "con-3" }.ToFrozenSet();

    /// <summary>Rules whose published expression does not say what their text says.</summary>
    /// <remarks>Each with the expression as R4 has it: a rule that reads otherwise is not this one.</remarks>
    public static readonly ImmutableArray<CorrectedInvariant> Corrections =
    [
        new("per-1",
            "start.hasValue().not() or end.hasValue().not() or (start <= end)",
            "iif(start > end, false, true)",
            "start 2026 and end 2026-05 cannot be ordered, which is empty and would count as broken"),
        new("rng-2",
            "low.empty() or high.empty() or (low <= high)",
            "iif(low > high, false, true)",
            "a low or high without value, or in units that are not comparable, is no range upside down"),
        new("mdd-1",
            "whenHandedOver.empty() or whenPrepared.empty() or whenHandedOver >= whenPrepared",
            "iif(whenHandedOver < whenPrepared, false, true)",
            "moments of different precision may not be ordered, which is empty and would count as broken"),
        new("inv-1",
            "lastModified.exists().not() or authoredOn.exists().not() or lastModified >= authoredOn",
            "iif(lastModified < authoredOn, false, true)",
            "moments of different precision may not be ordered, which is empty and would count as broken"),
        new("app-4",
            "Appointment.cancelationReason.exists() implies (Appointment.status='no-show' or Appointment.status='cancelled')",
            "cancelationReason.exists() implies (status = 'noshow' or status = 'cancelled')",
            "the code of a client who did not come is noshow"),
        new("que-7",
            "operator = 'exists' implies (answer is Boolean)",
            "operator = 'exists' implies (answer is boolean)",
            "the answer is the FHIR type boolean, not the System type Boolean"),
        new("que-12",
            "enableWhen.count() > 2 implies enableBehavior.exists()",
            "enableWhen.count() > 1 implies enableBehavior.exists()",
            "the text says: more than one"),
        new("con-3",
            "clinicalStatus.exists() or verificationStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-ver-status' and code = 'entered-in-error').exists() or category.select($this='problem-list-item').empty()",
            "clinicalStatus.exists() or verificationStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-ver-status' and code = 'entered-in-error').exists() or category.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-category' and code='problem-list-item').empty()",
            "select gives a boolean for every category, so that the collection is never empty"),
    ];

    /// <summary>The name rules (<c>vsd-0</c>, <c>que-0</c>…) speak of a name that is there.</summary>
    private const string NameRule = "name.matches('[A-Z]([A-Za-z0-9_]){0,254}')";

    private static readonly FrozenDictionary<(string, string), string> CorrectedExpressions =
        Corrections.ToFrozenDictionary(c => (c.Key, c.Published), c => c.Corrected);

    /// <summary>Stand in every snapshot, in the wording of the year that it was made.</summary>
    private static readonly FrozenSet<string> Everywhere = new[]
    {
        "ele-1", "ext-1", "ref-1", "txt-1", "txt-2", "dom-2", "dom-3", "dom-4", "dom-5", "dom-6",
    }.ToFrozenSet();

    /// <summary>Stands at the elements that R4 itself makes a SimpleQuantity; a profile may make others one.</summary>
    private const string SimpleQuantity = "sqty-1";

    private static readonly FrozenSet<(string Key, string Expression)> All = R4.Definitions.Types.Values
        .SelectMany(type => type.Constraints.Concat(type.Elements.SelectMany(element => element.Constraints)))
        .Select(constraint => (constraint.Key, constraint.Expression))
        .Where(rule => rule.Key != SimpleQuantity)
        .ToFrozenSet();

    /// <summary>The rules to evaluate of a type or element.</summary>
    public static IEnumerable<Invariant> Of(ImmutableArray<ConstraintSchema> constraints) =>
        from constraint in constraints
        where !CheckedByHand.Contains(constraint.Key)
        let weight = BestPractices.Contains(constraint.Key) ? InvariantWeight.BestPractice
            : constraint.IsError ? InvariantWeight.Error : InvariantWeight.Warning
        select new Invariant(
            constraint.Key, weight, Expression(constraint), constraint.Expression, Source);

    /// <summary>True for a rule of the base definitions that a snapshot repeats.</summary>
    public static bool IsKnown(string key, string expression) =>
        Everywhere.Contains(key) || All.Contains((key, expression));

    private static string Expression(ConstraintSchema constraint)
    {
        if (constraint.Expression == NameRule)
            return "name.hasValue() implies " + NameRule;
        return CorrectedExpressions.GetValueOrDefault(
            (constraint.Key, constraint.Expression), constraint.Expression);
    }
}

/// <summary>A rule of R4 that is known to be wrong in R4 itself.</summary>
/// <param name="Published">The expression as R4 4.0.1 has it.</param>
/// <param name="Reason">What is wrong with it.</param>
internal sealed record CorrectedInvariant(string Key, string Published, string Corrected, string Reason);
