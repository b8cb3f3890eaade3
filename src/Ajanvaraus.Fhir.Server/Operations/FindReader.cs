using System.Collections.Frozen;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Scheduling.Slots;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>Reads the parameters of <c>$find</c>, with every alias of their names.</summary>
/// <remarks>
/// Errors: a reference that is none is 400; a time, number, code or window that cannot be is 422; a parameter that is
/// not known is left out with a warning, or 400 under <c>handling=strict</c>.
/// </remarks>
internal sealed class FindReader(OperationContext context, FindLimits limits, Instant now)
{
    private const int MaximumSeats = 1000;

    private static readonly FrozenSet<string> Known = new[]
    {
        "start", "end", "service", "service-type-reference", "healthcare-service", "service-type", "visit-type",
        "schedule", "practitioner", "practitioner-role", "location", "location-reference", "location-string",
        "organization", "specialty", "mode", "duration", "ignore-appointment", "patient", "patient-reference",
        "_count", "_page", "per-day", "per-professional", "first-only", "_include", "seats", "occurrence-count", "recurrence",
        "timing", "area", "language", "gender", "audience", "entitlement", "referral-identifier", "explain",
    }.ToFrozenSet();

    /// <summary>Of other guides: about the client or the payer, not about which times are free.</summary>
    private static readonly FrozenSet<string> Unused = new[]
    {
        "coverage", "insurance-reference", "reason", "patient-resource",
    }.ToFrozenSet();

    private readonly OperationParameters _parameters = context.Parameters;
    private readonly ParameterValues _values = new(context.Parameters);
    private readonly ReferenceReader _references = new(context.Parameters);
    private readonly TimingReader _timings = new(context.Parameters);
    private readonly ImmutableArray<Issue>.Builder _remarks = ImmutableArray.CreateBuilder<Issue>();
    private Problem? _problem;

    /// <summary>Every name that is read, aliases included.</summary>
    public static IEnumerable<string> Names => Known.Concat(Unused);

    public Outcome<FindInput> Read()
    {
        if (_parameters.RawResource is { } other)
            return ParameterProblems.WrongResource(other.Type.Name, "Parameters");
        Remark();
        if (context.Request.Prefer.IsStrict && _remarks.Any(r => r.Severity == IssueSeverity.Warning))
            return ParameterProblems.Unknown([.. _remarks]);
        var window = Window();
        var input = new FindInput
        {
            Window = window,
            Schedules = context is { Type: "Schedule", Id: { } id } ? [id] : _references.Ids("Schedule", "schedule"),
            Practitioners = _references.Ids("Practitioner", "practitioner"),
            Roles = _references.Ids("PractitionerRole", "practitioner-role"),
            Locations = _references.Ids("Location", "location", "location-reference"),
            LocationTexts = Texts("location-string"),
            Organizations = _references.Ids("Organization", "organization"),
            Services = _references.Ids("HealthcareService", "service", "service-type-reference", "healthcare-service"),
            ServiceTypes = Codes("service-type", "visit-type"),
            Specialties = Codes("specialty"),
            Modes = Codes("mode"),
            Needed = _values.Length("duration"),
            IgnoreAppointment = _references.Id(_parameters.First("ignore-appointment"), "Appointment"),
            Patients = _references.Ids("Patient", "patient", "patient-reference"),
            Count = Math.Min(_values.Number("_count", 0, int.MaxValue) ?? limits.DefaultCount, FindLimits.MaximumCount),
            PerDay = _values.Number("per-day", 1, FindLimits.MaximumCount),
            PerProfessional = _values.Number("per-professional", 1, FindLimits.MaximumCount),
            Seats = _values.Number("seats", 1, MaximumSeats) ?? 1,
            Series = _timings.Series("recurrence", "occurrence-count"),
            Hours = _timings.Hours("timing"),
            Areas = Texts("area"),
            Languages = Words("language"),
            Genders = Words("gender"),
            Audiences = Words("audience"),
            EntitlementId = _references.Id(_parameters.First("entitlement", "referral-identifier"), "ServiceRequest"),
            Explains = _values.Flag("explain"),
            FirstOnly = _values.Flag("first-only"),
            After = After(),
            IsMedplum = _parameters.First("service-type-reference") is not null,
            IncludesSlots = Texts("_include").Contains("Appointment:slot"),
            Remarks = _remarks.DrainToImmutable(),
            Applied = Applied(window),
        };
        return (_references.Problem ?? _values.Problem ?? _timings.Problem ?? _problem) is { } problem ? problem : input;
    }

    private void Remark()
    {
        foreach (var parameter in _parameters.Items)
        {
            if (Unused.Contains(parameter.Name))
                _remarks.Add(OperationMessages.UnusedParameter.At(parameter.Expression, parameter.Name));
            else if (!Known.Contains(parameter.Name))
            {
                _remarks.Add(OperationMessages.IgnoredParameter.At(parameter.Expression, parameter.Name) with
                {
                    Details = [RuleCodes.Own("ignored-parameter")],
                });
            }
        }
    }

    private TimeRange Window()
    {
        var start = _values.Start("start");
        var end = _values.End("end");
        if (_values.Problem is not null)
            return default;
        if (start is null)
            _remarks.Add(OperationMessages.SearchedFromNow.At(null));
        if (end is null)
            _remarks.Add(OperationMessages.SearchedByHorizon.At(null, $"{limits.HorizonDays}"));
        var from = start ?? now;
        var window = new TimeRange(from, end ?? Moments.After(from, Duration.FromDays(limits.HorizonDays)));
        var at = (_parameters.First("end") ?? _parameters.First("start"))?.Expression;
        if (window.IsEmpty)
            _problem ??= ParameterProblems.Rule(OperationMessages.EndBeforeStart.At(at));
        // A year that ends on a day of summer time may be an hour longer than its days.
        else if (window.Length > Duration.FromDays(limits.MaximumDays) + Duration.FromHours(1))
            _problem ??= ParameterProblems.Rule(OperationMessages.WindowTooLong.At(at, $"{limits.MaximumDays}"));
        return window;
    }

    private ImmutableArray<string> Texts(string name) =>
        [.. _parameters.All(name).Select(p => p.Text).OfType<string>().Where(t => t.Length > 0)];

    /// <summary>Codes without a system, several of them split by commas.</summary>
    private ImmutableArray<string> Words(string name) =>
        [.. Texts(name).SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private ImmutableArray<CodeToken> Codes(params ReadOnlySpan<string> names)
    {
        var codes = CodeToken.Read(_parameters, names);
        if (!codes.Failed)
            return codes.Value;
        _problem ??= codes.Problem;
        return [];
    }

    private OfferPosition? After()
    {
        var given = _parameters.First("_page");
        if ((context.Request.Cursor ?? given?.Text) is not { } text)
            return null;
        if (OfferPosition.Parse(text) is { } position)
            return position;
        _problem ??= ParameterProblems.Rule(OperationMessages.NotACursor.At(given?.Expression ?? "_cursor"));
        return null;
    }

    /// <summary>The parameters of the links; an assumed window is written out, so that all pages share it.</summary>
    private ImmutableArray<KeyValuePair<string, string>> Applied(TimeRange window)
    {
        var applied = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (var (name, moment) in (ReadOnlySpan<(string, Instant)>)[("start", window.Start), ("end", window.End)])
            if (_parameters.First(name) is null && _problem is null && _values.Problem is null)
                applied.Add(new(name, AppointmentMapping.InstantText(moment, Zones.Default)));
        foreach (var parameter in _parameters.Items)
            if (parameter.Name != "_page" && Known.Contains(parameter.Name) && TextOf(parameter) is { } text)
                applied.Add(new(parameter.Name, text));
        return applied.DrainToImmutable();
    }

    private static string? TextOf(OperationParameter parameter) => parameter switch
    {
        { Text: { } text } => text,
        { Resource: { Id: { } id } resource } => $"{resource.Type.Name}/{id}",
        { Value: { IsPrimitive: false } value, Name: "duration" } => $"{ParameterValues.Minutes(value):0}",
        { Value: { Type.Name: "Timing" } timing } => TimingReader.TextOf(timing),
        { Value: { } value } => value.Text("reference") ?? JoinCodes(value),
        _ => null,
    };

    private static string? JoinCodes(ElementNode value)
    {
        var codes = value.Type.Name == "Coding" ? [value] : value.All("coding");
        var text = string.Join(',', codes.Select(
            c => new CodeToken(c.Text("system"), c.Text("code") ?? "").ToString()));
        return text.Length == 0 ? null : text;
    }
}
