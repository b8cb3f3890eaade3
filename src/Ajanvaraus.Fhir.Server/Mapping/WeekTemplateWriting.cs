using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Scheduling.Templates;

using NodaTime.Text;

namespace Ajanvaraus.Fhir.Server.Mapping;

/// <summary>Writes a week template as the Basic resource that <see cref="WeekTemplateMapping"/> reads.</summary>
internal static class WeekTemplateWriting
{
    private static readonly ImmutableArray<string> Weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <param name="id">Logical id of the Basic, or null.</param>
    public static ElementNode Write(WeekTemplate template, string? id = null, bool opensOnHolidays = false)
    {
        var basic = new ElementNode(null, R4.Definitions.Resource("Basic")!, null, []);
        var extension = basic.New("extension").Set("url", WeekTemplateMapping.ExtensionUrl);
        extension = Add(extension, "name", "valueString", template.Name);
        extension = Add(extension, "version", "valueInteger", $"{template.Version}");
        if (template.ZoneId.Length > 0)
            extension = Add(extension, "zone", "valueCode", template.ZoneId);
        extension = Add(extension, "weeks", "valueInteger", $"{template.Weeks}");
        extension = Add(extension, "anchor", "valueDate", LocalDatePattern.Iso.Format(template.AnchorMonday));
        if (opensOnHolidays)
            extension = Add(extension, "holidays", "valueBoolean", "true");
        foreach (var entry in template.Entries)
            extension = extension.Append(Entry(extension.New("extension").Set("url", "entry"), entry));
        var meta = basic.New("meta").Set("profile", Canonicals.WeekTemplateProfile);
        return basic.Set("id", id).Append(meta).Append(extension).Append(Concept(
            basic.New("code"), [$"{WeekTemplateMapping.CodeSystem}|{WeekTemplateMapping.Code}"]));
    }

    private static ElementNode Entry(ElementNode extension, TemplateEntry entry)
    {
        extension = Add(extension, "week", "valueInteger", $"{entry.Week}");
        extension = Add(extension, "weekday", "valueCode", Weekdays[(int)entry.Day - 1]);
        extension = Add(extension, "start", "valueTime", LocalTimePattern.GeneralIso.Format(entry.Start));
        extension = Add(extension, "end", "valueTime", LocalTimePattern.GeneralIso.Format(entry.End));
        extension = Add(extension, "slotMinutes", "valueInteger", $"{entry.SlotLength.TotalMinutes:0}");
        extension = Add(extension, "gapMinutes", "valueInteger", $"{entry.Gap.TotalMinutes:0}");
        extension = Add(extension, "capacity", "valueInteger", $"{entry.Capacity}");
        extension = AddConcept(extension, "serviceType", entry.Services);
        extension = AddConcept(extension, "appointmentType", entry.TimeTypes);
        foreach (var mode in entry.ContactModes)
        {
            var part = extension.New("extension").Set("url", "mode");
            extension = extension.Append(part.Append(Coding(part.New("valueCoding"), mode)));
        }
        if (entry.Audience.Length > 0)
            extension = Add(extension, "audience", "valueCode", entry.Audience);
        return entry.ReleaseDaysAhead is { } days
            ? Add(extension, "releaseDays", "valueInteger", $"{days}")
            : extension;
    }

    private static ElementNode Add(ElementNode extension, string url, string value, string text) =>
        extension.Append(extension.New("extension").Set("url", url).Set(value, text));

    private static ElementNode AddConcept(ElementNode extension, string url, ImmutableArray<string> codings)
    {
        if (codings.IsEmpty)
            return extension;
        var part = extension.New("extension").Set("url", url);
        return extension.Append(part.Append(Concept(part.New("valueCodeableConcept"), codings)));
    }

    private static ElementNode Concept(ElementNode concept, ImmutableArray<string> codings)
    {
        foreach (var coding in codings)
            concept = concept.Append(Coding(concept.New("coding"), coding));
        return concept;
    }

    private static ElementNode Coding(ElementNode node, string coding)
    {
        var bar = coding.LastIndexOf('|');
        return node.Set("system", bar > 0 ? coding[..bar] : null).Set("code", coding[(bar + 1)..]);
    }
}
