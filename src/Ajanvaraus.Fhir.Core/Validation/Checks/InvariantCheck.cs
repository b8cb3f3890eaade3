using Ajanvaraus.Fhir.Core.FhirPath;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Core.Validation.Checks;

/// <summary>An invariant: its expression must be true of the element; neither false nor empty will do.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.constraint .</remarks>
internal sealed class InvariantCheck : ICheck
{
    private readonly Invariant _rule;
    private readonly FhirPathExpression? _expression;
    private readonly string _fault;
    private readonly Message _message;
    private readonly bool _isAdvice;

    public InvariantCheck(Invariant rule)
    {
        _rule = rule;
        var parsed = FhirPathExpression.Parse(rule.Expression);
        _expression = parsed.Expression;
        _fault = parsed.Error?.ToString() ?? "";
        _isAdvice = rule.Weight != InvariantWeight.Error || rule.IsForAuthors;
        _message = rule.Weight switch
        {
            InvariantWeight.Error => ProfileMessages.RuleBroken,
            InvariantWeight.Warning => ProfileMessages.AdviceNotFollowed,
            _ => ProfileMessages.BestPractice,
        };
    }

    public void Check(ElementNode node, Findings findings)
    {
        if ((_isAdvice && !findings.Scope.TellsAdvice) || findings.IsFull)
            return;
        if (_expression is null)
        {
            findings.Add(ProfileMessages.RuleNotChecked, node, _rule.Key, _fault, _rule.Source);
            return;
        }
        switch (findings.Scope.IsTrue(_expression, node, findings, out var failure))
        {
            case false:
                findings.Add(_message, node, _rule.Key, _rule.Text, _rule.Source);
                break;
            case null:
                findings.Add(ProfileMessages.RuleNotChecked, node, _rule.Key, failure, _rule.Source);
                break;
        }
    }
}
