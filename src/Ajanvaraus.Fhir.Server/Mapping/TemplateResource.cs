using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Scheduling.Templates;
using Ajanvaraus.Fhir.Scheduling.Time;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Mapping;

/// <summary>A week template as its Basic resource tells it.</summary>
/// <param name="Template">With an empty zone when the resource names none: that of each calendar counts.</param>
/// <param name="OpensOnHolidays">Finnish public holidays are days like others.</param>
/// <param name="Concepts">What the Slots of an entry carry, with the displays of the resource.</param>
internal sealed record TemplateResource(
    WeekTemplate Template, bool OpensOnHolidays, IReadOnlyDictionary<TemplateEntry, EntryConcepts> Concepts)
{
    /// <summary>What it asks for in a calendar: the same whether it is applied or computed.</summary>
    /// <param name="zoneId">Of the calendar: counts where the template names none.</param>
    /// <param name="to">Included.</param>
    /// <param name="closings">Holidays are nothing to a template that opens on them; closures are.</param>
    /// <param name="absences">Times that are kept shut besides.</param>
    public TemplateDrafts Expand(
        string zoneId, LocalDate from, LocalDate to, UnitClosings closings, ImmutableArray<TimeRange> absences)
    {
        var template = Template.ZoneId.Length > 0 ? Template : Template with { ZoneId = zoneId };
        var holidays = closings.Holidays with { KeepsHolidays = !OpensOnHolidays };
        return TemplateExpansion.Expand(
            template, from, to, holidays.ClosedBetween(from, to), absences.AddRange(closings.Closures));
    }
}

/// <summary>CodeableConcepts of an entry; null where it says none.</summary>
/// <param name="Mode">Coding of the contact mode.</param>
internal sealed record EntryConcepts(
    ElementNode? ServiceCategory, ElementNode? ServiceType, ElementNode? AppointmentType, ElementNode? Mode)
{
    /// <summary>All codings of a Slot of the entry, as <c>system|code</c>: its Slots share them.</summary>
    public ImmutableArray<string> Codings { get; init; } = [];
}
