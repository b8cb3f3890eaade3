using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Contact modes (<i>yhteystapa</i>): office, phone, video, home.</summary>
/// <remarks>A coding of <c>appointmentType</c> beside that of the time type.</remarks>
internal static class ContactModes
{
    public const string System = Canonicals.Base + "/CodeSystem/yhteystapa";
}
