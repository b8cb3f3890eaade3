using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Time;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security.Policy;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Security.Representation;

/// <summary>The right to act for another, which a token claims and the registers must bear out: asked for each request.</summary>
/// <param name="Minor">When the client was born, who is a minor: the rules of services hold; null: the client is of age.</param>
/// <param name="Hidden">Ids of bookings that services do not show to who acts for a client of that age.</param>
public sealed record ActingFor(BirthDay? Minor, ImmutableArray<string> Hidden);

/// <summary>The door of those who act for another.</summary>
/// <remarks>Whatever is missing, the answer is one and the same 403: reasons are the client's matter. ADR 0031, 0032.</remarks>
public sealed class Representatives(ResourceStore store, SearchQueryParser searches, Func<AccessPolicy> policy, TimeProvider clock)
{
    private static DateTimeZone Finland => CalendarZone.Of(CalendarZone.Default);

    /// <summary>Asked besides where somebody acts by a mandate; null: what is stored here says it alone.</summary>
    public MandateService? Mandates { get; set; }

    /// <summary>Whether the registers must still be asked before the caller may do anything.</summary>
    public static bool AreAsked(Identity identity) => identity is { Kind: CallerKind.Citizen, OnBehalfOf: not null, ActsFor: null };

    /// <summary>The day in Finland, at whose beginning ages are reached.</summary>
    internal static LocalDate DayOf(Instant moment) => Moments.DayOf(moment, Finland);

    /// <summary>The same identity with its right.</summary>
    /// <param name="changes">The request changes something: mandates are asked anew.</param>
    public async Task<Outcome<Identity>> CheckAsync(Identity identity, bool changes, CancellationToken cancel)
    {
        if (identity is not { FhirUser: { } actor, OnBehalfOf: { } client } || LocalReference.IdOf(client, "Patient") is null)
            return TokenProblems.NotGranted;
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        var (capacity, acts) = await store.QueryAsync(
            session => ReadAsync(new RepresentationReader(session, searches, now), actor, client, DayOf(now)), cancel);
        if (acts is null)
            return TokenProblems.NotGranted;
        if (capacity == Capacity.Mandate && Mandates is { } service && await RefuseAsync(service, identity, changes, cancel) is { } refused)
            return refused;
        return (identity with { ActsFor = acts }).Under(policy());
    }

    private static async Task<Problem?> RefuseAsync(MandateService service, Identity identity, bool changes, CancellationToken cancel) =>
        await service.AskAsync(identity, changes, cancel) switch
        {
            MandateAnswer.Allowed => null,
            MandateAnswer.Away => TokenProblems.MandatesAway,
            _ => TokenProblems.NotGranted,
        };

    private async ValueTask<(Capacity Capacity, ActingFor? Acts)> ReadAsync(
        RepresentationReader reader, string actor, string client, LocalDate today)
    {
        if (await reader.ReadAsync(actor, client) is not { } facts
            || RepresentationRules.Decide(facts, today, Mandates is not null) is var capacity && capacity == Capacity.None)
            return (Capacity.None, null);
        var born = facts.Born!.Value;
        if (born.HasReached(BirthDay.OfAge, today))
            return (capacity, new ActingFor(null, []));
        return (capacity, await reader.HiddenAsync(client, born, today) is { } hidden ? new ActingFor(born, hidden) : null);
    }
}
