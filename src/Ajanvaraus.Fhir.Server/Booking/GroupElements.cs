using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Server.Mapping;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>What a Slot of several seats or a group Appointment says of its size.</summary>
internal static class GroupElements
{
    private const string Clients = "clients";
    private const string Deadline = "deadline";
    private const string Decided = "decided";

    /// <summary>An Appointment that its clients enrol in and leave, each for themselves.</summary>
    public static bool IsGroup(AppointmentView appointment) => Capacity(appointment) is not null;

    public static int? Capacity(AppointmentView appointment) =>
        appointment.Resource.PositiveInExtension(Canonicals.GroupCapacity);

    /// <summary>The clients of an Appointment who have not declined, each as often as named.</summary>
    public static IEnumerable<string> ClientsOf(AppointmentView appointment) => appointment.Participants
        .Where(p => p.Status != "declined")
        .Select(p => p.Actor)
        .OfType<string>()
        .Where(a => LocalReference.IdOf(a, "Patient") is not null);

    /// <summary>The smallest number of clients with whom the group takes place; null: any.</summary>
    public static GroupMinimum? MinimumOf(ElementNode resource) =>
        resource.Extension(Canonicals.GroupMinimum) is { } extension
        && extension.PositiveInExtension(Clients) is { } clients
            ? new GroupMinimum(
                clients,
                FhirInstant.TryParse(extension.ExtensionText(Deadline), null, out var deadline) && deadline.HasZone
                    ? Moments.Of(deadline.Start)
                    : null,
                extension.Extension(Decided) is not null)
            : null;

    /// <summary>Says when it was decided whether the group takes place, so that it is decided once.</summary>
    public static ElementNode Decide(ElementNode resource, Instant now)
    {
        if (resource.Extension(Canonicals.GroupMinimum) is not { } minimum || minimum.Extension(Decided) is not null)
            return resource;
        var decided = minimum.WithExtension(
            Decided, e => e.Set("valueInstant", AppointmentMapping.InstantText(now, ZoneRules.Utc)));
        return resource.Replace("extension",
            [.. resource.All("extension").Select(e => e.Text("url") == Canonicals.GroupMinimum ? decided : e)]);
    }
}

/// <param name="Clients">As many at the least.</param>
/// <param name="Deadline">When it is decided; null: whenever it is asked.</param>
/// <param name="IsDecided">It has been, and the group takes place or was called off.</param>
internal sealed record GroupMinimum(int Clients, Instant? Deadline, bool IsDecided)
{
    public bool IsDue(Instant now) => Deadline is not { } deadline || deadline <= now;
}
