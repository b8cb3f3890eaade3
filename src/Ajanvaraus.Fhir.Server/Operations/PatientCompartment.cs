using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>What belongs to patients, as a search: http://hl7.org/fhir/R4/compartmentdefinition-patient.html .</summary>
internal sealed class PatientCompartment(SearchParameterRegistry parameters)
{
    private const string Patient = "Patient";

    /// <summary>In the definitions, the mark of the resource itself.</summary>
    private const string Itself = "{def}";

    /// <summary>Search parameters that tell when care was given, the first that a type has.</summary>
    private static readonly string[] CareDates =
        ["date", "period", "onset-date", "effective", "occurrence", "effective-time", "recorded-date", "authored",
            "authoredon", "authored-on", "issued", "sent", "created", "recorded", "started", "whenprepared", "event-date"];

    /// <summary>Patient and the types that may belong to one, by name.</summary>
    public ImmutableArray<string> Types { get; } =
        [.. parameters.Definitions.Compartment(Patient)!.Keys.Append(Patient).Distinct().Order(StringComparer.Ordinal)];

    public bool IsType(string type) => parameters.Definitions.ResourceTypes.Contains(type);

    /// <summary>Patients and what belongs to them.</summary>
    /// <param name="types">Only these; empty: all.</param>
    /// <param name="ids">Of the patients; empty: all.</param>
    /// <param name="start">Only care that had not ended before; what has no date of care is not asked.</param>
    /// <param name="end">Only care that began by then.</param>
    public SearchExpression Members(
        ImmutableArray<string> types, ImmutableArray<string> ids, FhirInstant? start, FhirInstant? end)
    {
        var operands = ImmutableArray.CreateBuilder<SearchExpression>();
        foreach (var type in Types)
        {
            if (!types.IsEmpty && !types.Contains(type))
                continue;
            if (type == Patient)
                operands.Add(ids.IsEmpty
                    ? new ResourceTypeExpression(Patient)
                    : new AndExpression([new ResourceTypeExpression(Patient), new IdExpression(ids)]));
            Add(operands, type, ids, start, end);
        }
        return operands.Count == 0 ? new NothingExpression() : new OrExpression(operands.ToImmutable());
    }

    private void Add(
        ImmutableArray<SearchExpression>.Builder operands, string type, ImmutableArray<string> ids,
        FhirInstant? start, FhirInstant? end)
    {
        if (!parameters.Definitions.Compartment(Patient)!.TryGetValue(type, out var codes))
            return;
        var links = codes.Where(code => code != Itself).Select(code => parameters.Find(type, code)!)
            .Select(link => Link(link, ids)).ToImmutableArray();
        if (links.IsEmpty)
            return;
        if (CareDate(type) is { } date && (start is not null || end is not null))
            operands.Add(new AndExpression([new OrExpression(links), During(date, start, end)]));
        else
            operands.AddRange(links);
    }

    private static SearchExpression Link(SearchParameter link, ImmutableArray<string> ids) => ids switch
    {
        [] => new ChainExpression(link, Patient, new AndExpression([])),
        [var one] => new ReferenceExpression(link, Patient, one),
        _ => new ChainExpression(link, Patient, new IdExpression(ids)),
    };

    private SearchParameter? CareDate(string type) => CareDates.Select(code => parameters.Find(type, code))
        .FirstOrDefault(p => p is { Type: SearchParameterType.Date });

    private static OrExpression During(SearchParameter date, FhirInstant? start, FhirInstant? end)
    {
        var within = ImmutableArray.CreateBuilder<SearchExpression>();
        if (start is { } from)
            within.Add(new DateExpression(date, SearchPrefix.Ge, from.Start, from.End));
        if (end is { } to)
            within.Add(new DateExpression(date, SearchPrefix.Le, to.Start, to.End));
        return new OrExpression([new MissingExpression(date, IsMissing: true), new AndExpression(within.ToImmutable())]);
    }
}
