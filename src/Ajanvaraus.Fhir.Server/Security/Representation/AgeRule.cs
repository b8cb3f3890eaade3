using System.Globalization;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Booking;

namespace Ajanvaraus.Fhir.Server.Security.Representation;

/// <summary>What a service says of minors and those who act for them; null: nothing.</summary>
/// <remarks>Shape: the extension <see cref="Canonicals.MinorClients"/> of a HealthcareService, or of the organisations above it.
/// What cannot be read says nothing.</remarks>
/// <param name="GuardianMayBook">Whether others book for a minor.</param>
/// <param name="BookFrom">From which age a minor books alone.</param>
/// <param name="GuardianSeesUntil">Until which age those who act for a minor see the bookings.</param>
/// <param name="MayHide">Whether a minor may hide a booking from them.</param>
public readonly record struct AgeRule(bool? GuardianMayBook, int? BookFrom, int? GuardianSeesUntil, bool? MayHide)
{
    /// <summary>Where nobody says anything. Source: law 434/2003, 14 § (a minor of 15 years speaks for themselves).</summary>
    public static readonly AgeRule Usual = new(true, 15, BirthDay.OfAge, false);

    public static AgeRule Of(ElementNode resource) => resource.Extension(Canonicals.MinorClients) is { } rules
        ? new AgeRule(Truth(rules, "guardianMayBook"), Age(rules, "minorMayBookFrom"), Age(rules, "guardianSeesUntil"), Truth(rules, "minorMayHide"))
        : default;

    /// <summary>What this does not say, the other says.</summary>
    public AgeRule Or(AgeRule other) => new(
        GuardianMayBook ?? other.GuardianMayBook, BookFrom ?? other.BookFrom, GuardianSeesUntil ?? other.GuardianSeesUntil, MayHide ?? other.MayHide);

    /// <summary>What both services of one booking allow. Both say everything.</summary>
    public AgeRule And(AgeRule other) => new(
        GuardianMayBook!.Value && other.GuardianMayBook!.Value, Math.Max(BookFrom!.Value, other.BookFrom!.Value),
        Math.Min(GuardianSeesUntil!.Value, other.GuardianSeesUntil!.Value), MayHide!.Value && other.MayHide!.Value);

    private static bool? Truth(ElementNode rules, string name) =>
        rules.Extension(name)?["value"] is { Type.Name: "boolean", Value: { } text } ? text == "true" : null;

    private static int? Age(ElementNode rules, string name) =>
        rules.Extension(name)?["value"] is { Type.Name: "unsignedInt", Value: { } text }
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var age) ? age : null;
}
