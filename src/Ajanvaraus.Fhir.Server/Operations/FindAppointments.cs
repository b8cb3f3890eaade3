using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Conformance;
using Ajanvaraus.Fhir.Server.Interactions;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>What every form of <c>$find</c> searches with.</summary>
internal sealed record FindServices(
    ResourceStore Store, HoldExpiry Holds, SearchQueryParser Searches, FindLimits Limits, SlotClaims SlotClaims,
    TimeProvider Clock);

/// <summary><c>$find</c>: times that can be booked, as proposed Appointments or as Slots.</summary>
/// <remarks>
/// Everything that it offers, <c>$book</c> accepts at that moment. The number of SQL statements does not grow with the
/// number of calendars.
/// </remarks>
internal sealed class FindAppointments : IOperation
{
    private const int MaximumLocationsByName = 500;

    private readonly FindServices _services;

    private FindAppointments(FindServices services, OperationRegistration registration)
    {
        _services = services;
        Registration = registration;
    }

    public OperationRegistration Registration { get; }

    /// <summary>At Appointment, at Slot (also as <c>$prefetch</c>), and at one Schedule.</summary>
    public static IEnumerable<IOperation> All(FindServices services) =>
    [
        new FindAppointments(services, Register("find", OperationLevels.Type, "Appointment", "Appointment-find") with
        {
            AlsoKnownAs =
            [
                "https://profiles.ihe.net/ITI/Scheduling/OperationDefinition/appointment-find",
                "http://fhir.org/guides/argonaut-scheduling/OperationDefinition/appointment-find",
            ],
        }),
        new FindAppointments(services, Register("find", OperationLevels.Type, "Slot", "Slot-find")),
        new FindAppointments(services, Register("prefetch", OperationLevels.Type, "Slot", "Slot-find")),
        new FindAppointments(services, Register("find", OperationLevels.Instance, "Schedule", "Slot-find")),
    ];

    public async Task<FhirResponse> InvokeAsync(OperationContext context, CancellationToken cancel)
    {
        var now = Instant.FromDateTimeOffset(_services.Clock.GetUtcNow());
        var input = new FindReader(context, _services.Limits, now).Read();
        if (input.Failed)
            return context.Problem(input.Problem);
        await _services.Holds.SettleAsync(cancel);
        var locations = await LocationsAsync(input.Value, cancel);
        if (locations.Failed)
            return context.Problem(locations.Problem);
        var page = await _services.Store.QueryAsync(
            session => FindAsync(session, input.Value, locations.Value, context, now), cancel);
        return page.Failed ? context.Problem(page.Problem) : new FindAnswer(context, page.Value.Input, page.Value).Write();
    }

    private async ValueTask<Outcome<FindPage>> FindAsync(
        ReadSession session, FindInput input, ImmutableArray<string> locations, OperationContext context, Instant now)
    {
        var scope = await new FindCalendars(session, input, locations, _services, context.Caller.Identity).ReadAsync(now);
        if (scope.Failed)
            return scope.Problem;
        var found = scope.Value.Find(input, context.Caller, now);
        if (input.Explains)
            input = input with { Remarks = input.Remarks.AddRange(scope.Value.Explain(input, context.Caller, now, found)) };
        return await FindPage.ReadAsync(
            session, input, scope.Value, found.Offers, countsSlots: context.Type != "Appointment");
    }

    /// <summary>The Locations named, those whose name contains a text asked for, and those of an area.</summary>
    private async ValueTask<Outcome<ImmutableArray<string>>> LocationsAsync(FindInput input, CancellationToken cancel)
    {
        var ids = input.Locations.ToBuilder();
        var asked = input.LocationTexts.Select(text => ("name:contains", text))
            .Concat(input.Areas.Select(area => ("address", area)));
        foreach (var (parameter, text) in asked)
        {
            var query = _services.Searches.Parse(
                ["Location"],
                [new(parameter, SearchText.Escape(text)), new("_count", $"{MaximumLocationsByName}")]);
            if (query.Failed)
                return query.Problem;
            var found = await _services.Store.SearchAsync(query.Value, null, cancel);
            ids.AddRange(found.Matches.Select(l => l.Id));
        }
        return ids.DrainToImmutable();
    }

    private static OperationRegistration Register(string name, OperationLevels level, string type, string definition) =>
        new(name, level, [type], $"{Canonicals.Base}/OperationDefinition/{definition}") { AffectsState = false };
}
