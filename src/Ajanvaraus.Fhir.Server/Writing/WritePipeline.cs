using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Conformance;

namespace Ajanvaraus.Fhir.Server.Writing;

/// <summary>The one way by which anything is written: single interactions, transactions and operations alike.</summary>
/// <remarks>
/// <para>All intents of a call are one database transaction: all or nothing. Every precondition is tested against the
/// state before it. Appointments pass the booking rules, Slots and Schedules their guard; ADR 0005.</para>
/// <para>Source: http://hl7.org/fhir/R4/http.html#trules.</para>
/// </remarks>
public sealed class WritePipeline(
    ResourceStore store, HoldExpiry holds, WriteServices services, ProfileValidation profiles)
{
    public async Task<Outcome<ImmutableArray<WriteResult>>> WriteAsync(
        ImmutableArray<WriteIntent> intents, Caller caller, CancellationToken cancel)
    {
        var claims = await profiles.CheckClaimsAsync(intents, cancel);
        if (claims.Failed)
            return claims.Problem;
        if (intents.Any(i => SchedulingTypes.Contains(i.Type)))
            await holds.SettleAsync(cancel);
        return await store.WriteAsync(
            session => new WriteRun(session, services, claims.Value, caller).RunAsync(), cancel);
    }
}
