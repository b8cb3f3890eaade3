using System.Text;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Conformance;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>What the Finnish guide has an Appointment say beside R4: its national state, and whether it can be moved or cancelled.</summary>
/// <remarks>
/// <para>Written on an Appointment that claims a profile of social care or the guide's own; the state also where it stood
/// before. R4's status decides: a state that does not go with it is replaced, one that does stays. A copy of another
/// system's booking is stored as it is, and never gets here.</para>
/// <para>What the organisation says of moving and cancelling, in either generation of the extension, stays as far as the table of
/// statuses allows it; in the generation of 2020 it stays as it came.</para>
/// <para>Source: ADR 0015; docs/scheduling-rules.md, Status.</para>
/// </remarks>
internal static class NationalDetails
{
    private static readonly byte[] StateUrl = Encoding.UTF8.GetBytes(FinnishExtensions.State);

    /// <param name="before">The version that it takes the place of.</param>
    public static ElementNode InStep(ElementNode appointment, StoredResource? before)
    {
        if (AppointmentStatusCodes.Parse(appointment.Text("status")) is not { } status)
            return appointment;
        var claims = Claims(appointment);
        if (claims || StateOf(appointment) is not null || before?.Body.Span.IndexOf(StateUrl) >= 0)
            appointment = WithState(appointment, status);
        return claims ? WithMutability(appointment, status) : appointment;
    }

    private static bool Claims(ElementNode appointment) => SocialProfiles.IsClaimed(appointment)
        || (appointment["meta"]?.All("profile").Any(p => p.Value == FinnishExtensions.AppointmentProfile) ?? false);

    private static ElementNode? StateOf(ElementNode appointment) =>
        appointment["status"]?.Extension(FinnishExtensions.State)?["value"];

    private static ElementNode WithState(ElementNode appointment, AppointmentStatus status)
    {
        var states = NationalStates.Of(status);
        if (StateOf(appointment) is { } said && said.Text("system") == NationalStates.System
            && states.Any(state => state.Code == said.Text("code")))
            return appointment;
        var element = appointment["status"]!;
        if (states.IsEmpty)
            return appointment.Replace("status", element.WithoutExtension(FinnishExtensions.State));
        return appointment.Replace("status", element.WithExtension(FinnishExtensions.State, extension => extension.Append(
            extension.New("valueCoding").Set("system", NationalStates.System)
                .Set("code", states[0].Code).Set("display", states[0].Display))));
    }

    private static ElementNode WithMutability(ElementNode appointment, AppointmentStatus status)
    {
        var can = (Cancel: AppointmentTransitions.AllowedFrom(status).Contains(AppointmentStatus.Cancelled),
            Move: AppointmentTransitions.CanMove(status));
        if (appointment.Extension(FinnishExtensions.Mutability) is { } said)
            return Capped(Capped(said, "Cancellable", can.Cancel), "Reschedulable", can.Move) is var capped
                && ReferenceEquals(capped, said) ? appointment : WithExtension(appointment, capped);
        return appointment.Extension(FinnishExtensions.OldMutability) is null
            ? appointment.WithExtension(FinnishExtensions.Mutability, extension => extension
                .Append(Part(extension, "Cancellable", can.Cancel)).Append(Part(extension, "Reschedulable", can.Move)))
            : appointment;
    }

    /// <summary>The extension, with a part that says yes where it cannot be saying no.</summary>
    private static ElementNode Capped(ElementNode mutability, string part, bool can) =>
        can || mutability.ExtensionText(part) != "true"
            ? mutability
            : mutability.Replace("extension", [.. mutability.All("extension")
                .Select(e => e.Text("url") == part ? Part(mutability, part, can: false) : e)]);

    private static ElementNode Part(ElementNode mutability, string name, bool can) =>
        mutability.New("extension").Set("url", name).Set("valueBoolean", can ? "true" : "false");

    private static ElementNode WithExtension(ElementNode appointment, ElementNode extension) =>
        appointment.Replace("extension", [.. appointment.All("extension")
            .Select(e => e.Text("url") == FinnishExtensions.Mutability ? extension : e)]);
}
