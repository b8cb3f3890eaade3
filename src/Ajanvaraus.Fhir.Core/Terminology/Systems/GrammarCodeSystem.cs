namespace Ajanvaraus.Fhir.Core.Terminology.Systems;

/// <summary>A code system whose codes are words of a grammar: they can be checked, not listed.</summary>
internal sealed class GrammarCodeSystem(CodeSystemHead head, Func<string, bool> isCode) : CodeSystem(head)
{
    public override bool? Has(string code) => isCode(code);
}
