using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Terminology.Sets;
using Ajanvaraus.Fhir.Core.Terminology.Systems;

namespace Ajanvaraus.Fhir.Core.Terminology;

/// <summary>Validates codes against a code system, or against a value set.</summary>
/// <remarks>
/// <para>A code that cannot be judged because only a part of its code system is known is let pass with a warning; where
/// something is not known at all the question cannot be answered, and the problem says what is missing.</para>
/// <para>Source: http://hl7.org/fhir/R4/valueset-operation-validate-code.html ,
/// http://hl7.org/fhir/R4/codesystem-operation-validate-code.html .</para>
/// </remarks>
/// <param name="set">Null: the code system alone.</param>
/// <param name="at">Microseconds since 1970 UTC.</param>
internal sealed class CodeValidator(
    TerminologyCatalogue catalogue, CompiledValueSet? set, ValidationRequest request, long at)
{
    /// <summary>One valid coding is enough.</summary>
    public Outcome<CodeValidation> Validate(ImmutableArray<AskedCode> codings)
    {
        if (codings is [var only])
            return Validate(only);
        var issues = ImmutableArray.CreateBuilder<Issue>();
        Problem? unanswered = null;
        foreach (var coding in codings)
        {
            var one = Validate(coding);
            if (one.Failed)
                unanswered ??= one.Problem;
            else if (one.Value.IsValid)
                return one;
            else
                issues.AddRange(one.Value.Issues);
        }
        if (unanswered is not null)
            return unanswered;
        if (set is not null)
            issues.Insert(0, TerminologyMessages.NoCodingInValueSet.At(null, set.Definition.Canonical));
        return new CodeValidation(false, issues.DrainToImmutable(), null, null);
    }

    public Outcome<CodeValidation> Validate(AskedCode asked)
    {
        if (asked.System is null)
            return Invalid(asked, TerminologyMessages.CodingWithoutSystem.At(null, asked.Code));
        var system = catalogue.CodeSystem(Canonical.Of(asked.System, asked.Version));
        if (system is null && asked.Version is not null && catalogue.CodeSystem(asked.System) is not null)
            return Invalid(asked, UnknownSystem($"{asked.System}|{asked.Version}"));
        return set is null ? OfSystem(asked, system) : OfSet(asked, asked.System, system, set);
    }

    private Outcome<CodeValidation> OfSystem(AskedCode asked, CodeSystem? system)
    {
        if (system is null)
            return new Problem(ProblemKind.NotFound, [UnknownSystem(asked.System!)]);
        if (system.Head.Content is CodeSystemContent.NotPresent or CodeSystemContent.Supplement)
            return TerminologyMessages.ContentNotPresent.As(ProblemKind.Unprocessable, null, system.Url);
        return system.Has(asked.Code) switch
        {
            true => Found(asked, MemberOf(system, asked.Code)),
            false => Invalid(asked, TerminologyMessages.UnknownCode.At(null, asked.Code, system.Url)),
            null => Untold(asked, TerminologyMessages.CodeNotAmongKnown.At(null, asked.Code, system.Url)),
        };
    }

    private Outcome<CodeValidation> OfSet(AskedCode asked, string url, CodeSystem? system, CompiledValueSet set)
    {
        var has = set.Has(url, asked.Code, at);
        if (has == true)
            return Found(asked, set.Member(url, asked.Code) ?? MemberOf(system, asked.Code));
        if (has is null)
        {
            if (set.Obstacle(mustList: false) is { } obstacle)
                return obstacle;
            return Untold(asked, TerminologyMessages.MembershipUnknown.At(
                null, asked.Code, url, set.Definition.Canonical));
        }
        var issue = system?.Has(asked.Code) == false
            ? TerminologyMessages.UnknownCode.At(null, asked.Code, url)
            : TerminologyMessages.NotInValueSet.At(null, asked.Code, url, set.Definition.Canonical);
        return Invalid(asked, issue);
    }

    private static ValueSetMember MemberOf(CodeSystem? system, string code)
    {
        var source = system as EnumeratedCodeSystem;
        var concept = source?.Concepts.Find(code) ?? -1;
        return new ValueSetMember(system?.Url ?? "", code, concept < 0 ? null : source, concept, null);
    }

    private CodeValidation Found(AskedCode asked, ValueSetMember member)
    {
        var display = member.Display(request.DisplayLanguage);
        var issues = ImmutableArray.CreateBuilder<Issue>();
        if (!member.IsActive(at))
            issues.Add(TerminologyMessages.InactiveCode.At(null, asked.Code));
        if (!request.AllowsAbstract && member.IsAbstract)
            issues.Add(TerminologyMessages.AbstractCode.At(null, asked.Code));
        if (asked.Display is { Length: > 0 } given && display is not null && !IsDisplay(given, member))
            issues.Add(TerminologyMessages.WrongDisplay.At(null, given, asked.Code, display));
        var isValid = issues.All(i => i.Severity != IssueSeverity.Error);
        return new CodeValidation(isValid, issues.DrainToImmutable(), asked, display);
    }

    /// <summary>Any text of the code will do; case and blanks do not matter.</summary>
    private static bool IsDisplay(string given, ValueSetMember member)
    {
        if (IsSame(given, member.Display(null)))
            return true;
        if (member.Source is { } source && IsSame(given, source.Concepts.Display(member.Concept)))
            return true;
        foreach (var designation in member.Designations)
            if (IsSame(given, designation.Value))
                return true;
        return false;
    }

    private static bool IsSame(string given, string? text) =>
        text is not null && string.Equals(OneBlank(given), OneBlank(text), StringComparison.OrdinalIgnoreCase);

    private static string OneBlank(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static CodeValidation Untold(AskedCode asked, Issue warning) => new(true, [warning], asked, null);

    private static CodeValidation Invalid(AskedCode asked, Issue issue) => new(false, [issue], asked, null);

    private static Issue UnknownSystem(string canonical) =>
        TerminologyMessages.UnknownCodeSystem.At(null, canonical);
}
