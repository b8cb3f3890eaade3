using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Scheduling.Templates;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>The county's week templates as the resources that <c>$apply-template</c> takes.</summary>
internal static class DemoTemplates
{
    private static readonly LocalDate Anchor = new(2026, 1, 5);

    /// <summary>A Basic with the template's code as its id, and with displays on its codings.</summary>
    public static ElementNode Resource(CountyTemplate template)
    {
        var entries = template.Entries.SelectMany(e => e.Weekdays.Select(day => Entry(e, day)));
        var week = new WeekTemplate(template.Code, 1, "Europe/Helsinki", Anchor, 1, [.. entries]);
        var displays = template.Entries.SelectMany(e => new[] { e.Service, e.TimeType })
            .Distinct().ToDictionary(DemoCodes.CodeOf);
        return WithDisplays(WeekTemplateWriting.Write(week, template.Code), displays);
    }

    private static TemplateEntry Entry(CountyTemplateEntry entry, IsoDayOfWeek day) => new()
    {
        Day = day,
        Start = entry.Start,
        End = entry.End,
        SlotLength = Duration.FromMinutes(entry.SlotMinutes),
        Gap = Duration.FromMinutes(entry.GapMinutes),
        Capacity = entry.Capacity,
        Services = [$"{DemoCodes.SocialServices}|{DemoCodes.CodeOf(entry.Service)}"],
        TimeTypes = [$"{TimeTypes.System}|{DemoCodes.CodeOf(entry.TimeType)}"],
        ContactModes = [$"{ContactModes.System}|{entry.Mode}"],
        Audience = entry.Audience,
        ReleaseDaysAhead = entry.ReleaseDays,
    };

    private static ElementNode WithDisplays(ElementNode node, Dictionary<string, string> displays)
    {
        if (node.Type.Name == "Coding")
            return node.Text("code") is { } code && displays.TryGetValue(code, out var display)
                ? node.Set("display", display)
                : node;
        return node.Children.IsEmpty
            ? node
            : node.With([.. node.Children.Select(child => WithDisplays(child, displays))]);
    }
}
