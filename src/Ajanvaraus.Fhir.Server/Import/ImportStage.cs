namespace Ajanvaraus.Fhir.Server.Import;

/// <summary>When a type is imported: what others need in place comes first, whatever the order of the files.</summary>
/// <remarks>A booking needs its Slots, a Slot its Schedule, a Schedule the roles that own it.</remarks>
internal sealed record ImportStage(int Bit)
{
    public static readonly ImportStage First = new(1);

    private static readonly ImportStage Schedules = new(2);
    private static readonly ImportStage Slots = new(4);
    private static readonly ImportStage Appointments = new(8);

    public static ImmutableArray<ImportStage> All { get; } = [First, Schedules, Slots, Appointments];

    public bool IsFirst => this == First;

    public static ImportStage Of(string type) => type switch
    {
        "Schedule" => Schedules,
        "Slot" => Slots,
        "Appointment" => Appointments,
        _ => First,
    };
}
