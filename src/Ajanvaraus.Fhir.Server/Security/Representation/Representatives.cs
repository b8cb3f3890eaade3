using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Persistence;
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
/// <remarks>Whatever is missing, the answer is one and the same 403: reasons are the client's matter. ADR 0031.</remarks>
public sealed class Representatives(ResourceStore store, SearchQueryParser searches, Func<AccessPolicy> policy, TimeProvider clock)
{
    private static readonly DateTimeZone Finland = DateTimeZoneProviders.Tzdb[Zones.DefaultId];

    /// <summary>Whether the registers must still be asked before the caller may do anything.</summary>
    public static bool AreAsked(Identity identity) => identity is { Kind: CallerKind.Citizen, OnBehalfOf: not null, ActsFor: null };

    /// <summary>The day in Finland, at whose beginning ages are reached.</summary>
    internal static LocalDate DayOf(Instant moment) => Moments.DayOf(moment, Finland);

    /// <summary>The same identity with its right.</summary>
    public async Task<Outcome<Identity>> CheckAsync(Identity identity, CancellationToken cancel)
    {
        if (identity is not { FhirUser: { } actor, OnBehalfOf: { } client } || LocalReference.IdOf(client, "Patient") is null)
            return TokenProblems.NotGranted;
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        var acts = await store.QueryAsync(session => ReadAsync(new RepresentationReader(session, searches, now), actor, client, DayOf(now)), cancel);
        return acts is null ? TokenProblems.NotGranted : (identity with { ActsFor = acts }).Under(policy());
    }

    private static async ValueTask<ActingFor?> ReadAsync(RepresentationReader reader, string actor, string client, LocalDate today)
    {
        if (await reader.ReadAsync(actor, client) is not { } facts || RepresentationRules.Decide(facts, today) == Capacity.None)
            return null;
        var born = facts.Born!.Value;
        return born.HasReached(BirthDay.OfAge, today)
            ? new ActingFor(null, [])
            : new ActingFor(born, await reader.HiddenAsync(client, born, today));
    }
}
