namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>The code texts of <c>http://hl7.org/fhir/slotstatus</c>.</summary>
public static class SlotStatusCodes
{
    public const string System = "http://hl7.org/fhir/slotstatus";

    /// <summary>In the order of the numbers of <see cref="SlotStatus"/>.</summary>
    private static readonly ImmutableArray<string> Codes =
        ["free", "busy", "busy-tentative", "busy-unavailable", "entered-in-error"];

    public static string Code(this SlotStatus status) => Codes[(int)status];

    /// <returns>Null when the text is not one of the codes; codes are case-sensitive.</returns>
    public static SlotStatus? Parse(string? code) =>
        code is not null && Codes.IndexOf(code) is >= 0 and var number ? (SlotStatus)number : null;
}
