using System.Globalization;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Whether a booking may use the entitlements (<i>varausoikeus</i>) that it is based on.</summary>
/// <remarks>
/// An entitlement is locked while it is looked at, after the calendars: of those who want its last booking at once, one
/// gets it. Source: docs/scheduling-rules.md, Entitlements.
/// </remarks>
internal sealed class EntitlementCheck(WriteSession session, WriteServices services)
{
    private const string Category = Canonicals.ServiceRequestCategorySystem + "|" + Canonicals.EntitlementCategory;

    /// <summary>Statuses of bookings that use an entitlement: those that take time.</summary>
    public static readonly string Using = string.Join(
        ',', Enum.GetValues<AppointmentStatus>().Where(AppointmentTransitions.Occupies).Select(AppointmentStatusCodes.Code));

    /// <param name="before">The Appointment as it was; null when it is new.</param>
    /// <param name="after">As it is to be booked.</param>
    /// <param name="start">Of the time asked for; null when nothing says it.</param>
    public async ValueTask<Problem?> CheckAsync(AppointmentView? before, AppointmentView after, Instant? start)
    {
        var old = before is { } view && AppointmentTransitions.Occupies(StatusOf(view)) ? before : null;
        var index = -1;
        foreach (var basedOn in after.Resource.All("basedOn"))
        {
            index++;
            var reference = basedOn.Text("reference");
            if (LocalReference.IdOf(reference, "ServiceRequest") is not { } id || IsChecked(old, after, reference!))
                continue;
            if (await CheckAsync(id, after, start) is { } message)
                return Refused(message, index);
        }
        return null;
    }

    /// <summary>What a live booking was made by is not asked again until it moves.</summary>
    private static bool IsChecked(AppointmentView? old, AppointmentView after, string reference) =>
        old is { } booked && booked.Start == after.Start && booked.BasedOn.Contains(reference);

    /// <summary>Why the entitlement does not carry the booking; null when it does, and for any other ServiceRequest.</summary>
    private async ValueTask<Issue?> CheckAsync(string id, AppointmentView appointment, Instant? start)
    {
        if (await session.LockAsync("ServiceRequest", id) is not { IsDeleted: false } stored)
            return BookingRuleMessages.EntitlementUnknown.At(null);
        var entitlement = StoredNodes.Parse(stored);
        if (!IsEntitlement(entitlement))
            return null;
        if (entitlement.Text("status") != "active")
            return BookingRuleMessages.EntitlementUnknown.At(null);
        if (!await IsForAsync(entitlement, AppointmentMapping.Patients(appointment), session.ReadAsync))
            return BookingRuleMessages.EntitlementOfAnother.At(null);
        if (start is { } moment && PeriodOf(entitlement["occurrence"]) is var period
            && (moment < period.Start || moment >= period.End))
            return BookingRuleMessages.EntitlementPeriod.At(null);
        return MostOf(entitlement) is { } most && await UsesAsync(id, appointment.Id!, most) >= most
            ? BookingRuleMessages.EntitlementSpent.At(null, $"{most}")
            : null;
    }

    public static bool IsEntitlement(ElementNode serviceRequest) => serviceRequest.All("category")
        .SelectMany(c => c.All("coding"))
        .Any(c => $"{c.Text("system")}|{c.Text("code")}" == Category);

    /// <summary>Every client of the booking is the subject, or a member of the Group that is.</summary>
    /// <param name="patients">References; without any it is for nobody.</param>
    public static async ValueTask<bool> IsForAsync(
        ElementNode entitlement, IEnumerable<string> patients, Func<string, string, ValueTask<StoredResource?>> read)
    {
        HashSet<string?> entitled = [entitlement["subject"]?.Text("reference")];
        if (LocalReference.IdOf(entitled.First(), "Group") is { } group
            && await read("Group", group) is { IsDeleted: false } stored)
            entitled.UnionWith(StoredNodes.Parse(stored).All("member").Select(m => m["entity"]?.Text("reference")));
        var clients = patients.ToList();
        return clients.Count > 0 && clients.TrueForAll(entitled.Contains);
    }

    /// <summary>A date counts as a whole day in the default zone; a side that is not given is open.</summary>
    public static TimeRange PeriodOf(ElementNode? occurrence)
    {
        if (occurrence?.Type.Name != "Period")
            return new TimeRange(Instant.MinValue, Instant.MaxValue);
        return new TimeRange(
            FhirInstant.TryParse(occurrence.Text("start"), Zones.Default, out var start)
                ? Moments.Of(start.Start)
                : Instant.MinValue,
            FhirInstant.TryParse(occurrence.Text("end"), Zones.Default, out var end)
                ? Moments.Of(end.End)
                : Instant.MaxValue);
    }

    /// <summary>How many bookings it carries; null: any number.</summary>
    public static int? MostOf(ElementNode entitlement) =>
        entitlement["quantity"] is { Type.Name: "Quantity" } quantity
        && decimal.TryParse(quantity.Text("value"), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? (int)Math.Clamp(value, 0, int.MaxValue)
            : null;

    /// <summary>How many other bookings use it; not counted further than needed.</summary>
    private async ValueTask<int> UsesAsync(string id, string appointmentId, int most)
    {
        var query = services.Criteria.ParseCondition("Appointment", $"based-on=ServiceRequest/{id}&status={Using}");
        var limit = (int)Math.Min(most + 1L, int.MaxValue);
        var found = await session.FindAsync("Appointment", query.Value!.Expression, limit);
        return found.Count(a => a.Id != appointmentId);
    }

    private static AppointmentStatus StatusOf(AppointmentView appointment) =>
        AppointmentStatusCodes.Parse(appointment.Status) ?? AppointmentStatus.Proposed;

    private static Problem Refused(Issue issue, int index) => new(ProblemKind.Forbidden,
    [
        issue with { Expression = $"Appointment.basedOn[{index}]", Details = [RuleCodes.Own("no-entitlement")] },
    ]);
}
