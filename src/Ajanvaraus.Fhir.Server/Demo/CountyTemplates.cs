using NodaTime;

namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>A week template (<c>viikkopohja</c>) of the demo county, as data.</summary>
/// <param name="Task">Code of the service task whose professionals may get it.</param>
/// <param name="Share">One in so many of them does.</param>
public sealed record CountyTemplate(
    string Code, string Title, string Task, int Share, ImmutableArray<CountyTemplateEntry> Entries);

/// <summary>Times of one kind on some days of the week.</summary>
/// <param name="Start">Wall clock of the calendar's zone; <paramref name="End"/> likewise.</param>
/// <param name="SlotMinutes">Length of one Slot.</param>
/// <param name="GapMinutes">Between two Slots.</param>
/// <param name="Capacity">Seats of a Slot.</param>
/// <param name="Service">Name of the social service, as in the figures.</param>
/// <param name="TimeType">Name of the time type.</param>
/// <param name="Mode">office, phone, video or home.</param>
/// <param name="Audience">citizen, entitled (a citizen with a booking entitlement), guidance or professional.</param>
/// <param name="ReleaseDays">A Slot opens so many days ahead; null: at once.</param>
public sealed record CountyTemplateEntry(
    ImmutableArray<IsoDayOfWeek> Weekdays, LocalTime Start, LocalTime End, int SlotMinutes, int GapMinutes,
    int Capacity, string Service, string TimeType, string Mode, string Audience, int? ReleaseDays);

/// <summary>The templates and whose calendars they are for.</summary>
public static class CountyTemplates
{
    /// <summary>As in <c>Data/templates.csv</c>.</summary>
    public static ImmutableArray<CountyTemplate> Load()
    {
        var records = DataFile.Records("Demo/templates.csv").ToList();
        var entries = records.Where(r => r[0] == "entry").ToLookup(r => r[1], Entry);
        return
        [
            .. records.Where(r => r[0] == "template")
                .Select(r => new CountyTemplate(r[1], r[2], r[3], int.Parse(r[4]), [.. entries[r[1]]])),
        ];
    }

    private static CountyTemplateEntry Entry(string[] record) => new(
        [.. record[2].Select(day => (IsoDayOfWeek)(day - '0'))], Time(record[3]), Time(record[4]), int.Parse(record[5]),
        int.Parse(record[6]), int.Parse(record[7]), record[8], record[9], record[10], record[11],
        record[12].Length == 0 ? null : int.Parse(record[12]));

    private static LocalTime Time(string text) => new(int.Parse(text.AsSpan(0, 2)), int.Parse(text.AsSpan(3, 2)));
}
