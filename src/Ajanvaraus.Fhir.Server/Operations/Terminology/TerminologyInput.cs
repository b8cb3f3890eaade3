using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Terminology;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Mapping;

namespace Ajanvaraus.Fhir.Server.Operations.Terminology;

/// <summary>What a terminology operation is about: a resource by canonical, or one that is at hand.</summary>
/// <param name="Canonical">Null when the resource came with the question.</param>
internal sealed record TerminologySubject(string? Canonical, ElementNode? Resource);

/// <summary>Reads the parameters that the terminology operations share.</summary>
/// <remarks>Source: http://hl7.org/fhir/R4/terminology-service.html ; errors: syntax 400, a rule broken 422.</remarks>
internal sealed class TerminologyInput(OperationContext context, ResourceStore store)
{
    private readonly OperationParameters _parameters = context.Parameters;

    /// <summary>Why the parameters cannot be taken; null when they can.</summary>
    /// <param name="served">Names that are read.</param>
    /// <param name="refused">Names of R4 that are not served: to pass over them would answer another question.</param>
    public Problem? Check(ReadOnlySpan<string> served, params ReadOnlySpan<string> refused)
    {
        foreach (var parameter in _parameters.Items)
        {
            if (refused.Contains(parameter.Name))
                return TerminologyMessages.ParameterNotServed.As(
                    ProblemKind.Unprocessable, parameter.Expression, parameter.Name);
            if (context.Request.Prefer.IsStrict && !served.Contains(parameter.Name))
                return RestIssues.UnknownParameter(parameter.Name);
        }
        return null;
    }

    public string? Text(string name) => _parameters.First(name)?.Text is { Length: > 0 } text ? text : null;

    /// <summary>Null when absent; a date that is none is a problem.</summary>
    public Outcome<string?> Date()
    {
        if (_parameters.First("date") is not { Text: { } text } given)
            return Outcome<string?>.Of(null);
        return FhirInstant.TryParse(text, null, out _)
            ? text
            : ParameterProblems.Rule(OperationMessages.NotATime.At(given.Expression, "date"));
    }

    /// <summary>As asked for, else the language of the request; English, its default, is no wish.</summary>
    public string? DisplayLanguage =>
        Text("displayLanguage") ?? (context.Caller.Language is "fi" or "sv" ? context.Caller.Language : null);

    /// <summary>The resource of the URL, of the body, or by canonical; null when none is named.</summary>
    /// <param name="resourceName">Parameter that holds a resource: <c>valueSet</c>.</param>
    /// <param name="versionName">Parameter with the version of <c>url</c>.</param>
    public async ValueTask<Outcome<TerminologySubject?>> SubjectAsync(
        string resourceName, string versionName, CurrentTerminology.Moment moment, CancellationToken cancel)
    {
        var type = context.Type!;
        if (context.Id is { } id)
            return await StoredAsync(type, id, moment, cancel);
        var given = _parameters.First(resourceName);
        if ((given?.Resource ?? _parameters.RawResource) is { } resource)
            return resource.Type.Name == type
                ? new TerminologySubject(null, resource.At(null))
                : ParameterProblems.WrongResource(given?.Expression, type);
        return Text("url") is { } url
            ? new TerminologySubject(Text(versionName) is { } version ? $"{url}|{version}" : url, null)
            : Outcome<TerminologySubject?>.Of(null);
    }

    /// <summary>The codes that are asked about: of <c>codeableConcept</c>, <c>coding</c> or <c>code</c>.</summary>
    /// <param name="versionName">Parameter with the version of the code system.</param>
    /// <param name="system">Of a code that is given without; null: it needs one.</param>
    public Outcome<ImmutableArray<AskedCode>> Codings(string versionName, string? system = null)
    {
        if (_parameters.First("codeableConcept") is { } concept)
            return concept.Value?.Type.Name == "CodeableConcept"
                ? Outcome<ImmutableArray<AskedCode>>.Of(
                    [.. concept.Value.All("coding").Select(AskedCode.Of).OfType<AskedCode>().Select(c => Of(c, system))])
                : WrongType(concept, "CodeableConcept");
        var one = Code("code", "coding", versionName, system);
        if (one.Failed)
            return one.Problem;
        return Outcome<ImmutableArray<AskedCode>>.Of([one.Value]);
    }

    /// <summary>One code: a Coding, or a code with its system.</summary>
    public Outcome<AskedCode> Code(string codeName, string codingName, string versionName, string? system = null)
    {
        if (_parameters.First(codingName) is { } coding)
        {
            if (coding.Value?.Type.Name != "Coding")
                return WrongType(coding, "Coding");
            return AskedCode.Of(coding.Value) is { } asked ? Of(asked, system) : ParameterProblems.Missing(codeName);
        }
        if (Text(codeName) is not { } code)
            return TerminologyMessages.NeedsOneOf.As(ProblemKind.Invalid, null, $"{codeName}, {codingName}");
        return (Text("system") ?? system) is { } url
            ? new AskedCode(url, Text(versionName), code, Text("display"))
            : ParameterProblems.Missing("system");
    }

    public static Problem WrongType(OperationParameter given, string type) =>
        ParameterProblems.Rule(TerminologyMessages.WrongParameterType.At(given.Expression, given.Name, type));

    private static AskedCode Of(AskedCode asked, string? system) =>
        asked.System is null ? asked with { System = system } : asked;

    private async ValueTask<Outcome<TerminologySubject?>> StoredAsync(
        string type, string id, CurrentTerminology.Moment moment, CancellationToken cancel)
    {
        var stored = await store.ReadAsync(type, id, cancel);
        if (stored is null)
            return RestIssues.NotFound(type);
        if (stored.IsDeleted)
            return RestIssues.Gone(type);
        var resource = StoredNodes.Parse(stored);
        var canonical = resource.Text("version") is { } version
            ? $"{resource.Text("url")}|{version}"
            : resource.Text("url");
        // Where the canonical leads to this very resource, what was worked out of it before is used again.
        return canonical is not null && moment.Source.Find(type, canonical)?.Id == id
            ? new TerminologySubject(canonical, null)
            : new TerminologySubject(null, resource);
    }
}
