using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Writing;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Who made, moved, changed or took back a booking, for whom and why: a Provenance in the same transaction.</summary>
/// <remarks>
/// It stays when the Appointment changes. Where nobody is known (a server without tokens, the server's own work) only what
/// was booked over others is recorded. Source: http://hl7.org/fhir/R4/provenance.html ; docs/scheduling-rules.md, Overbooking.
/// </remarks>
internal static class BookingProvenance
{
    private const string Operations = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";

    /// <summary>Null for what is not recorded: holds, what follows another booking, imports, and what was not changed.</summary>
    public static ElementNode? Of(WriteTarget target, Caller caller, Instant now)
    {
        if (target is not { Type: "Appointment", Intent: { IsImport: false, Follows: null }, Result: { Stored: { } stored } result }
            || result.Effect == WriteEffect.Unchanged || (caller.Identity.IsUnlimited && target.OverrideReason is null))
            return null;
        var isDeleted = result.Effect == WriteEffect.Deleted;
        if (!isDeleted && target.Resource!.Text("status") == "proposed")
            return null;
        var provenance = new ElementNode(null, R4.Definitions.Resource("Provenance")!, null, []);
        provenance = provenance
            .Append(provenance.New("target").Set("reference", $"Appointment/{target.Id}/_history/{stored.Version}"))
            .Set("recorded", AppointmentMapping.InstantText(now, Zones.Default));
        if (target.OverrideReason is { } reason)
            provenance = provenance.Append(provenance.New("reason").Set("text", reason));
        else if (!isDeleted && target.Resource!["cancelationReason"] is { } cancelled)
            provenance = provenance.Append(Copy(cancelled, provenance.New("reason")));
        provenance = provenance.Append(Activity(provenance.New("activity"), result.Effect)).Append(Agent(provenance, caller.Identity));
        if (target.Exists)
            provenance = provenance.Append(Entity(
                provenance, "revision", $"Appointment/{target.Id}/_history/{target.Before!.Version}"));
        foreach (var calendar in target.Overridden)
            provenance = provenance.Append(Entity(provenance, "source", calendar));
        return provenance;
    }

    private static ElementNode Activity(ElementNode activity, WriteEffect effect)
    {
        var coding = activity.New("coding").Set("system", Operations).Set("code", effect switch
        {
            WriteEffect.Created => "CREATE",
            WriteEffect.Deleted => "DELETE",
            _ => "UPDATE",
        });
        return activity.Append(coding);
    }

    private static ElementNode Agent(ElementNode provenance, Identity identity)
    {
        var agent = provenance.New("agent");
        // An agent has to be named, whoever it is.
        var who = identity switch
        {
            { FhirUser: { } user } => agent.New("who").Set("reference", user),
            { IsUnlimited: false, ClientId: var client } => agent.New("who").Set("display", client),
            _ => agent.New("who").Set("display", "open access"),
        };
        agent = agent.Append(who);
        return identity.OnBehalfOf is { } principal
            ? agent.Append(agent.New("onBehalfOf").Set(LocalReference.Parse(principal) is null ? "display" : "reference", principal))
            : agent;
    }

    private static ElementNode Entity(ElementNode provenance, string role, string reference)
    {
        var entity = provenance.New("entity").Set("role", role);
        return entity.Append(entity.New("what").Set("reference", reference));
    }

    private static ElementNode Copy(ElementNode from, ElementNode to) =>
        from.Children.Aggregate(to, (copy, child) => copy.Append(child));
}
