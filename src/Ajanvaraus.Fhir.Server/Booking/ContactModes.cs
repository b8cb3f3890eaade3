using Ajanvaraus.Fhir.Core.Model;

namespace Ajanvaraus.Fhir.Server.Booking;

/// <summary>Contact modes (<i>yhteystapa</i>): office, phone, video, home; one coding of <c>appointmentType</c> beside the time type.</summary>
internal static class ContactModes
{
    public const string System = Canonicals.Base + "/CodeSystem/yhteystapa";
}
