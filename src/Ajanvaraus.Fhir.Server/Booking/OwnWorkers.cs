using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>The named workers of clients, and the calendars in which citizens book with them alone.</summary>
/// <remarks>R4 names an own worker (<i>omatyöntekijä</i>) as <c>Patient.generalPractitioner</c>. Source: R51 of the field's
/// lessons; docs/scheduling-rules.md, Own clients.</remarks>
internal static class OwnWorkers
{
    /// <summary>As <c>Practitioner/a</c>, the people behind named roles too.</summary>
    /// <param name="patients">Logical ids.</param>
    public static async ValueTask<ImmutableHashSet<string>> OfAsync(ReadMany read, IReadOnlyCollection<string> patients)
    {
        if (patients.Count == 0)
            return [];
        var named = (await read("Patient", [.. patients.Distinct()])).Select(StoredNodes.Parse)
            .SelectMany(p => p.All("generalPractitioner")).Select(r => r.Text("reference")).OfType<string>().ToImmutableHashSet();
        var roles = named.Select(actor => LocalReference.IdOf(actor, "PractitionerRole")).OfType<string>().ToList();
        return roles.Count == 0
            ? named
            : named.Union((await read("PractitionerRole", roles)).Select(StoredNodes.Parse)
                .Select(role => role["practitioner"]?.Text("reference")).OfType<string>());
    }

    /// <summary>Of the client for whom a citizen searches; null: the caller is no citizen, and books for any client.</summary>
    public static async ValueTask<ImmutableHashSet<string>?> OfCallerAsync(Identity caller, ReadMany read) =>
        caller.Kind != CallerKind.Citizen ? null
        : LocalReference.IdOf(caller.OnBehalfOf ?? caller.Self, "Patient") is { } client ? await OfAsync(read, [client])
        : [];

    /// <summary>403 for a citizen who takes time that is for the clients of another worker.</summary>
    public static async ValueTask<Problem?> CheckAsync(
        Identity caller, AppointmentView appointment, BookingRequest request, BookingSnapshot snapshot, ReadMany read)
    {
        if (caller.Kind != CallerKind.Citizen || request.StandsAlready)
            return null;
        var named = snapshot.SchedulesNamedBy(request);
        var asked = snapshot.Schedules.Where(s => s.IsForOwnClients && named.Contains(s.Id)).ToList();
        if (asked.Count == 0)
            return null;
        foreach (var client in AppointmentMapping.Patients(appointment).Select(p => LocalReference.IdOf(p, "Patient")).OfType<string>())
        {
            var workers = await OfAsync(read, [client]);
            if (asked.Exists(s => !s.Actors.Any(workers.Contains)))
                return NotOwn();
        }
        return null;
    }

    private static Problem NotOwn() => new(ProblemKind.Forbidden,
    [
        BookingRuleMessages.OwnClientsOnly.At(null) with { Details = [RuleCodes.Own("own-clients-only")] },
    ]);
}
