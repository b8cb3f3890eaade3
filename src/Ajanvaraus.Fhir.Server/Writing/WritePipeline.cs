using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Audit;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Policy;

namespace Ajanvaraus.Fhir.Server.Writing;

/// <summary>The one way by which anything is written: single interactions, transactions and operations alike.</summary>
/// <remarks>
/// <para>All intents of a call are one database transaction: all or nothing. Every precondition is tested against the
/// state before it. Appointments pass the booking rules, Slots and Schedules their guard; ADR 0005.</para>
/// <para>A call whose caller has a key is done once: again it gives what it gave, and writes nothing.</para>
/// <para>Source: http://hl7.org/fhir/R4/http.html#trules.</para>
/// </remarks>
public sealed class WritePipeline(
    ResourceStore store, HoldExpiry holds, WriteServices services, RequestKeys keys, ProfileValidation profiles)
{
    public Task<Outcome<ImmutableArray<WriteResult>>> WriteAsync(
        ImmutableArray<WriteIntent> intents, Caller caller, CancellationToken cancel) =>
        WriteAsync(intents, caller, cancel, static _ => null);

    /// <summary>As above, when what the intents were made from is still so.</summary>
    /// <param name="intents">What is to be written.</param>
    /// <param name="caller">Who asks for it.</param>
    /// <param name="confirm">Looks again when all is locked; a problem that it gives ends the transaction.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<Outcome<ImmutableArray<WriteResult>>> WriteAsync(
        ImmutableArray<WriteIntent> intents, Caller caller, Func<WriteSession, ValueTask<Problem?>> confirm,
        CancellationToken cancel) =>
        WriteAsync(intents, caller, static _ => null, confirm, cancel);

    /// <param name="intents">What is to be written.</param>
    /// <param name="caller">Who asks for it.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <param name="judge">Sees the results before they are kept; a problem that it gives undoes all of them.</param>
    public Task<Outcome<ImmutableArray<WriteResult>>> WriteAsync(
        ImmutableArray<WriteIntent> intents, Caller caller, CancellationToken cancel,
        Func<ImmutableArray<WriteResult>, Problem?> judge) =>
        WriteAsync(intents, caller, judge, static _ => default, cancel);

    private async Task<Outcome<ImmutableArray<WriteResult>>> WriteAsync(
        ImmutableArray<WriteIntent> intents, Caller caller, Func<ImmutableArray<WriteResult>, Problem?> judge,
        Func<WriteSession, ValueTask<Problem?>> confirm, CancellationToken cancel)
    {
        if (intents.FirstOrDefault(i => i.Type == AuditEvents.Type) is { } entry)
            return new WriteTarget(entry).Locate(WriteProblems.LogIsTheServers());
        var asked = intents.Length;
        if (intents.Any(i => i.Type == "AppointmentResponse"))
            intents = intents.AddRange(await AppointmentResponses.EditsAsync(intents, store, cancel));
        var claims = await profiles.CheckClaimsAsync(intents, cancel);
        if (claims.Failed)
            return claims.Problem;
        if (intents.Any(i => SchedulingTypes.Contains(i.Type)))
            await holds.SettleAsync(cancel);
        var results = caller.Key is { } key
            ? await store.WriteAsync(session => BeginAsync(session, key), cancel)
            : await store.WriteAsync(session => RunAsync(session), cancel);
        if (!results.Failed)
            caller.Trail?.Commit();
        if (caller.Key is not null)
            await keys.CleanAsync(cancel);
        return await AsSeenAsync(results, caller, cancel);

        ValueTask<Outcome<ImmutableArray<WriteResult>>> BeginAsync(WriteSession session, RequestKey once)
        {
            caller.Trail?.Begin();
            return keys.OnceAsync(session, once, () => RunAsync(session));
        }

        async ValueTask<Outcome<ImmutableArray<WriteResult>>> RunAsync(WriteSession session)
        {
            var run = new WriteRun(
                session, services, claims.Value, caller, patched => profiles.CheckClaimsAsync(patched, cancel), confirm);
            var written = await run.RunAsync();
            if (written.Failed)
                return written;
            var told = written.Value[..asked];
            return judge(told) is { } undone ? undone : told;
        }
    }

    /// <summary>What a condition found was there before: it is told as it would be read.</summary>
    private async ValueTask<Outcome<ImmutableArray<WriteResult>>> AsSeenAsync(
        Outcome<ImmutableArray<WriteResult>> written, Caller caller, CancellationToken cancel)
    {
        if (written.Failed || caller.Identity.Access?.Masked is null or { IsEmpty: true })
            return written;
        var seen = ImmutableArray.CreateBuilder<WriteResult>(written.Value.Length);
        foreach (var result in written.Value)
            seen.Add(result.Stored is { } stored
                ? result with { Stored = await Masking.ApplyAsync(store, caller.Identity, stored, cancel) }
                : result);
        return seen.MoveToImmutable();
    }

    /// <inheritdoc cref="SearchCriteria.PrepareAsync"/>
    public ValueTask PrepareAsync(IEnumerable<string?> conditions, CancellationToken cancel) =>
        services.Criteria.PrepareAsync(conditions, cancel);

    /// <summary>What may be said of a resource that was written, to a caller who asks for it.</summary>
    public ValueTask<ImmutableArray<Issue>> AdviseAsync(ElementNode? written, CancellationToken cancel) =>
        written is null ? new([]) : profiles.AdviseAsync(written, cancel);

    /// <inheritdoc cref="ProfileValidation.MeetsAsync"/>
    public ValueTask<bool> MeetsAsync(ElementNode resource, string profile, CancellationToken cancel) =>
        profiles.MeetsAsync(resource, profile, cancel);
}
