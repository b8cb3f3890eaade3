using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Middleware;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Policy;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary><c>$whereabouts</c>: who of a team is at work with somebody at this moment, where and until when; not with whom.</summary>
/// <remarks>
/// <para>For the safety of those who visit homes: when somebody does not come back, their lead looks where they are. It is a
/// right of its own (letter <c>w</c> of the policy), is never asked of another time, and each look stands in the log under its name,
/// also one that found nobody.</para>
/// <para>Shape: a searchset of Appointments, each the part that tells times, places and who works. Errors: 403 without the right.
/// Source: ROBUSTNESS R30; ADR 0033.</para>
/// </remarks>
internal sealed class TellWhereabouts(FindServices services) : IOperation
{
    public const string Name = "whereabouts";

    public OperationRegistration Registration { get; } = new(
        Name, OperationLevels.Type | OperationLevels.Instance, ["Schedule"], Canonicals.Base + "/OperationDefinition/Schedule-whereabouts")
    {
        AffectsState = false,
    };

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var identity = context.Caller.Identity;
        if (!identity.MayReach("Appointment", ScopeInteractions.Whereabouts))
            return TokenProblems.Answer(TokenProblems.NotGranted, context.Caller.Language);
        var calendars = AskedCalendars.Of(context);
        if (calendars.Failed)
            return context.Problem(calendars.Problem);
        await services.Holds.SettleAsync(cancel);
        var told = await services.Store.QueryAsync(session => ReadAsync(session, calendars.Value, identity), cancel);
        return told.Failed ? context.Problem(told.Problem) : Answer(context, told.Value);
    }

    private async ValueTask<Outcome<ImmutableArray<StoredResource>>> ReadAsync(
        ReadSession session, AskedCalendars calendars, Identity identity)
    {
        var schedules = await calendars.ReadAsync(session);
        if (schedules.Failed)
            return schedules.Problem;
        var asked = schedules.Value.Select(s => s.Id).ToHashSet();
        var now = Instant.FromDateTimeOffset(services.Clock.GetUtcNow());
        var data = await session.Booking.FindDataAsync([.. asked], new TimeRange(now, now + Duration.FromSeconds(1)));
        var booked = BookedIn.Of(data, asked).Pairs.Where(p => p.Claim.Time.Start <= now && p.Claim.Time.End > now);
        var ids = await SeenAmong.AppointmentsAsync(
            session, identity, [.. booked.Select(p => p.Claim.AppointmentId).Distinct()], ScopeInteractions.Whereabouts);
        return ImmutableArray.CreateRange((ids.IsEmpty ? [] : await session.ReadManyAsync("Appointment", ids))
            .OrderBy(a => a.Key).Select(a => Masking.Part(a, PartlySeen.Booking, StoredNodes.Parse(a))));
    }

    private static FhirResponse Answer(OperationContext context, ImmutableArray<StoredResource> appointments)
    {
        var output = new PooledBuffer();
        var bundle = new BundleWriter(output, context.Request.BaseUrl);
        bundle.Start("searchset"u8, appointments.Length);
        foreach (var appointment in appointments)
            bundle.Found(appointment, appointment.Body.Span, isMatch: true);
        bundle.End();
        return FhirResponse.OfBuffer(StatusCodes.Status200OK, output);
    }
}
