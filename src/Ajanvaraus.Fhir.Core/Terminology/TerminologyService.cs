using Ajanvaraus.Fhir.Core.Conformance;
using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Terminology.BuiltIn;
using Ajanvaraus.Fhir.Core.Terminology.Maps;
using Ajanvaraus.Fhir.Core.Terminology.Sets;
using Ajanvaraus.Fhir.Core.Terminology.Systems;

namespace Ajanvaraus.Fhir.Core.Terminology;

/// <summary>Answers questions of terminology from a source of resources, over the code systems and value sets of R4.</summary>
/// <remarks>
/// <para>One belongs to one source: what it compiled and expanded is kept as long as it is. For any thread.</para>
/// <para>Source: http://hl7.org/fhir/R4/terminology-service.html .</para>
/// </remarks>
/// <param name="resources">Shared by the services over one store, so that what did not change is not read again.</param>
public sealed class TerminologyService(
    IConformanceSource source, TimeProvider clock, TerminologyResources? resources = null,
    TerminologyLimits? limits = null)
    : ITerminology
{
    private readonly TerminologyLimits _limits = limits ?? TerminologyLimits.Default;
    private readonly TerminologyCatalogue _catalogue = new(source, resources ?? new TerminologyResources());
    private ValueSetCompiler? _compiler;

    private ValueSetCompiler Sets =>
        _compiler ?? Interlocked.CompareExchange(ref _compiler, new(_catalogue, _limits.MaxCodes), null) ?? _compiler;

    /// <summary>Canonicals of the code systems that are known without any resource.</summary>
    public static IEnumerable<string> BuiltInCodeSystems => BuiltInTerminology.R4.CodeSystems;

    /// <inheritdoc/>
    public bool? Contains(string valueSet, string? system, string code)
    {
        if (Sets.Find(valueSet) is not { } set)
            return null;
        var at = set.IsTimeless ? 0 : Now;
        if (system is not null)
            return set.Has(system, code, at);
        bool? any = false;
        foreach (var one in set.Systems)
        {
            var has = set.Has(one, code, at);
            if (has == true)
                return true;
            any = has is null ? null : any;
        }
        return any;
    }

    /// <inheritdoc/>
    public string? RightDisplay(string valueSet, string system, string code, string text)
    {
        var told = ValidateInSet(valueSet, [new AskedCode(system, null, code, text)], ValidationRequest.Default);
        return !told.Failed && told.Value.Issues.Any(i => i.Id == TerminologyMessages.WrongDisplay.Id) ? told.Value.Display : null;
    }

    /// <inheritdoc/>
    public CodeStanding Standing(string system, string code) => _catalogue.CodeSystem(system) switch
    {
        null => CodeStanding.SystemUnknown,
        var known => known.Has(code) switch
        {
            true => CodeStanding.InSystem,
            false => CodeStanding.NotInSystem,
            null => CodeStanding.Untold,
        },
    };

    /// <inheritdoc/>
    public Subsumption? Compare(string system, string codeA, string codeB) =>
        _catalogue.CodeSystem(system) is { } known && ConceptLookup.Compare(known, codeA, codeB) is { Failed: false } found
            ? found.Value : null;

    /// <summary>A ValueSet with its expansion, without narrative and, unless asked for, without its definition.</summary>
    /// <param name="valueSet">Canonical, with or without version.</param>
    /// <remarks>Errors: an unknown value set or code system (not found); a composition that makes no sense; codes that
    /// cannot be listed, or too many of them (too costly).</remarks>
    public Outcome<ElementNode> Expand(string valueSet, ExpansionRequest request) =>
        Sets.Find(valueSet) is { } set ? Expand(set, request) : UnknownValueSet(valueSet);

    /// <inheritdoc cref="Expand(string, ExpansionRequest)"/>
    /// <param name="valueSet">A ValueSet resource.</param>
    public Outcome<ElementNode> Expand(ElementNode valueSet, ExpansionRequest request) =>
        Expand(Sets.Compile(ValueSetReader.Read(valueSet)), request);

    /// <summary>Whether one of the codings is in the value set, in use and rightly displayed.</summary>
    /// <remarks>Errors: the value set is unknown, or what it is made of is, so that it cannot be told.</remarks>
    public Outcome<CodeValidation> ValidateInSet(
        string valueSet, ImmutableArray<AskedCode> codings, ValidationRequest request) =>
        Sets.Find(valueSet) is { } set ? Validator(set, request).Validate(codings) : UnknownValueSet(valueSet);

    /// <inheritdoc cref="ValidateInSet(string, ImmutableArray{AskedCode}, ValidationRequest)"/>
    /// <param name="valueSet">A ValueSet resource.</param>
    public Outcome<CodeValidation> ValidateInSet(
        ElementNode valueSet, ImmutableArray<AskedCode> codings, ValidationRequest request) =>
        Validator(Sets.Compile(ValueSetReader.Read(valueSet)), request).Validate(codings);

    /// <summary>Whether one of the codings is a code of its code system, in use and rightly displayed.</summary>
    /// <remarks>Errors: the code system, or its content, is not known here.</remarks>
    public Outcome<CodeValidation> ValidateInSystem(ImmutableArray<AskedCode> codings, ValidationRequest request) =>
        Validator(null, request).Validate(codings);

    /// <summary>Canonical of a stored resource with that id; null when there is none.</summary>
    public string? CanonicalOf(string type, string id) =>
        source.All(type).FirstOrDefault(resource => resource.Id == id)?.Text("url");

    /// <summary>All codes of a value set by their systems, for a search.</summary>
    /// <param name="valueSet">Canonical, with or without version.</param>
    /// <param name="most">More codes are not listed.</param>
    /// <remarks>Errors: as <see cref="Expand(string, ExpansionRequest)"/>; too many codes are
    /// <see cref="IssueType.TooCostly"/>.</remarks>
    public Outcome<ImmutableArray<SystemCodes>> CodesOf(string valueSet, int most)
    {
        if (Sets.Find(valueSet) is not { } set)
            return UnknownValueSet(valueSet);
        var members = set.Members(Now);
        if (members.Failed)
            return members.Problem;
        return members.Value.Items.Count > most
            ? TerminologyMessages.ExpansionTooLarge.As(
                ProblemKind.Unprocessable, null, $"{members.Value.Items.Count}", $"{most}")
            : members.Value.Items.GroupBy(m => m.System, m => m.Code)
                .Select(g => new SystemCodes(g.Key, [.. g])).ToImmutableArray();
    }

    /// <summary>The code and all that are below it, or above, in the hierarchy of its code system.</summary>
    /// <param name="most">More codes are not listed.</param>
    /// <remarks>Errors: an unknown code system or code; too many codes (<see cref="IssueType.TooCostly"/>).</remarks>
    public Outcome<ImmutableArray<SystemCodes>> CodesAround(string system, string code, bool isBelow, int most)
    {
        var found = System(system, null);
        if (found.Failed)
            return found.Problem;
        var codes = ConceptLookup.Around(found.Value, code, isBelow);
        if (codes.Failed)
            return codes.Problem;
        return codes.Value.Count > most
            ? TerminologyMessages.ExpansionTooLarge.As(
                ProblemKind.Unprocessable, null, $"{codes.Value.Count}", $"{most}")
            : ImmutableArray.Create(new SystemCodes(system, codes.Value));
    }

    /// <summary>What the code system says of the code.</summary>
    /// <param name="date">As of when it is told whether the code is in use; null: now.</param>
    /// <remarks>Errors: an unknown code system or code.</remarks>
    public Outcome<ConceptDetails> Lookup(AskedCode asked, string? displayLanguage = null, string? date = null)
    {
        var system = System(asked.System, asked.Version);
        return system.Failed
            ? system.Problem
            : ConceptLookup.Details(system.Value, asked.Code, displayLanguage, TerminologyTime.Of(date) ?? Now);
    }

    /// <summary>How the first code stands to the second.</summary>
    /// <remarks>Errors: an unknown code system or code; codes of different code systems.</remarks>
    public Outcome<Subsumption> Subsumes(AskedCode codeA, AskedCode codeB)
    {
        if (codeA.System != codeB.System || codeA.System is null)
            return TerminologyMessages.DifferentSystems.As(ProblemKind.Unprocessable);
        var system = System(codeA.System, codeA.Version ?? codeB.Version);
        return system.Failed ? system.Problem : ConceptLookup.Compare(system.Value, codeA.Code, codeB.Code);
    }

    /// <param name="conceptMap">Canonical, with or without version.</param>
    /// <remarks>Errors: an unknown concept map. That it maps nothing is no error.</remarks>
    public Outcome<Translation> Translate(string conceptMap, TranslationRequest request) =>
        _catalogue.ConceptMap(conceptMap) is { } map
            ? new Translator(_catalogue, request).Translate(map)
            : TerminologyMessages.UnknownConceptMap.As(ProblemKind.NotFound, null, conceptMap);

    /// <inheritdoc cref="Translate(string, TranslationRequest)"/>
    /// <param name="conceptMap">A ConceptMap resource.</param>
    public Translation Translate(ElementNode conceptMap, TranslationRequest request) =>
        new Translator(_catalogue, request).Translate(ConceptMapReader.Read(conceptMap));

    /// <summary>Translates by every map that leads from one value set to another.</summary>
    /// <param name="from">Canonical of the value set of the source codes; null: any.</param>
    /// <param name="to">Canonical of the value set of the target codes; null: any.</param>
    public Translation Translate(string? from, string? to, TranslationRequest request)
    {
        var translations = _catalogue.ConceptMaps(request.IsReverse ? to : from, request.IsReverse ? from : to)
            .Select(map => new Translator(_catalogue, request).Translate(map)).ToList();
        return new Translation(
            translations.Exists(t => t.IsTranslated), [.. translations.SelectMany(t => t.Matches)],
            translations.Exists(t => t.IsTranslated)
                ? null : TerminologyMessages.NotMappedByAny.At(null, request.Code.Code, $"{translations.Count}"));
    }

    private long Now => FhirInstant.MicrosOf(clock.GetUtcNow());

    private Outcome<ElementNode> Expand(CompiledValueSet set, ExpansionRequest request)
    {
        var expansion = ValueSetExpansion.Expand(set, request, Now, _limits);
        return expansion.Failed
            ? expansion.Problem
            : ExpansionResource.Of(expansion.Value, FhirInstant.Format(clock.GetUtcNow(), ZoneRules.Utc));
    }

    private CodeValidator Validator(CompiledValueSet? set, ValidationRequest request) =>
        new(_catalogue, set, request, TerminologyTime.Of(request.Date) ?? Now);

    private Outcome<CodeSystem> System(string? url, string? version)
    {
        var canonical = Canonical.Of(url ?? "", version);
        return _catalogue.CodeSystem(canonical) is { } system
            ? system
            : TerminologyMessages.UnknownCodeSystem.As(ProblemKind.NotFound, null, canonical);
    }

    private static Problem UnknownValueSet(string canonical) =>
        TerminologyMessages.UnknownValueSet.As(ProblemKind.NotFound, null, canonical);
}
