using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Scheduling.Templates;

namespace Ajanvaraus.Fhir.Server.Mapping;

/// <summary>A week template as its Basic resource tells it.</summary>
/// <param name="Template">With an empty zone when the resource names none: that of each calendar counts.</param>
/// <param name="OpensOnHolidays">Finnish public holidays are days like others.</param>
/// <param name="Concepts">What the Slots of an entry carry, with the displays of the resource.</param>
internal sealed record TemplateResource(
    WeekTemplate Template, bool OpensOnHolidays, IReadOnlyDictionary<TemplateEntry, EntryConcepts> Concepts);

/// <summary>CodeableConcepts of an entry; null where it says none.</summary>
/// <param name="Mode">Coding of the contact mode.</param>
internal sealed record EntryConcepts(
    ElementNode? ServiceCategory, ElementNode? ServiceType, ElementNode? AppointmentType, ElementNode? Mode)
{
    /// <summary>All codings of a Slot of the entry, as <c>system|code</c>: its Slots share them.</summary>
    public ImmutableArray<string> Codings { get; init; } = [];
}
