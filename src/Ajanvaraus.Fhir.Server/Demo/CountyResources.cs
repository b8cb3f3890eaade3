using Ajanvaraus.Fhir.Core.Model;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>The county's organisations, places, services, professionals and calendars as resources.</summary>
internal sealed class CountyResources(CountyFigures figures, CountyStaff staff, LocalDate today)
{
    public const string CountyId = "hyvinvointialue";

    public const string Languages = "urn:ietf:bcp:47";

    private const string PhysicalTypes = "http://terminology.hl7.org/CodeSystem/location-physical-type";

    private const int HorizonWeeks = 26;

    /// <summary>In load order: whatever is referred to comes first.</summary>
    public IEnumerable<ElementNode> All() =>
    [
        .. DemoCodeSystems.All(),
        County(),
        .. staff.Units.Select(Unit),
        .. staff.Units.Select(Office),
        .. staff.Units.SelectMany(unit => unit.Rooms.Select((room, i) => Room(unit, room, i + 1))),
        .. figures.Services.Select(Service),
        .. staff.Professionals.Select(Practitioner),
        .. staff.Professionals.Select(Role),
        .. staff.Professionals.Select(Calendar),
        .. staff.Units.SelectMany(unit => unit.Rooms).Select(RoomCalendar),
    ];

    private static ElementNode County() => ElementDraft.Resource("Organization", CountyId)
        .Claims("organization")
        .Set("active", true)
        .Set("name", "Esimerkin hyvinvointialue")
        .Build();

    private static ElementNode Unit(ServiceUnit unit) => ElementDraft.Resource("Organization", unit.Id)
        .Claims("organization")
        .Set("active", true)
        .Set("name", unit.Name)
        .Reference("partOf", $"Organization/{CountyId}")
        .Build();

    private static ElementNode Office(ServiceUnit unit) => ElementDraft.Resource("Location", unit.Id)
        .Claims("unit-location")
        .Set("status", "active")
        .Set("name", $"{unit.Name}, toimisto")
        .Set("mode", "instance")
        .Add("address", address => address.Set("city", unit.Place).Set("country", "FI"))
        .Concept("physicalType", PhysicalTypes, "bu", "Building")
        .Reference("managingOrganization", $"Organization/{unit.Id}")
        .Build();

    private static ElementNode Room(ServiceUnit unit, string id, int number) => ElementDraft.Resource("Location", id)
        .Claims("room")
        .Set("status", "active")
        .Set("name", $"Huone {number}")
        .Set("mode", "instance")
        .Concept("physicalType", PhysicalTypes, "ro", "Room")
        .Reference("managingOrganization", $"Organization/{unit.Id}")
        .Reference("partOf", $"Location/{unit.Id}")
        .Build();

    private ElementNode Service(ServiceFigure service)
    {
        var task = figures.Tasks.Single(t => t.Code == service.Task);
        var units = staff.Units.Where(unit => unit.Task == task).ToList();
        return ElementDraft.Resource("HealthcareService", ServiceId(task, service))
            .Claims("healthcare-service")
            .Set("active", true)
            .Reference("providedBy", $"Organization/{CountyId}")
            .Concept("category", DemoCodes.ServiceTasks, task.Code, task.Name)
            .Concept("type", DemoCodes.SocialServices, service.Code, service.Name)
            .AddEach("location", units, (location, unit) => location.Set("reference", $"Location/{unit.Id}"))
            .Set("name", $"{task.Name}: {service.Name}")
            .Build();
    }

    private static ElementNode Practitioner(Professional professional) =>
        ElementDraft.Resource("Practitioner", professional.Id)
            .Claims("practitioner")
            .Add("identifier", id => id.Set("system", DemoCodes.ProfessionalIds).Set("value", professional.Id))
            .Set("active", true)
            .Add("name", name => name.Set("family", professional.Person.Family).Set("given", professional.Person.Given))
            .Set("gender", professional.Person.IsFemale ? "female" : "male")
            .Add("communication", language => language.Add("coding", coding =>
                coding.Set("system", Languages).Set("code", professional.Person.Language)))
            .Build();

    private ElementNode Role(Professional professional) => ElementDraft.Resource("PractitionerRole", professional.Id)
        .Claims("practitioner-role")
        .Set("active", true)
        .Reference("practitioner", $"Practitioner/{professional.Id}")
        .Reference("organization", $"Organization/{professional.Unit.Id}")
        .Add("code", code => code.Set("text", professional.Title))
        .AddEach("location", [professional.Unit], (location, unit) => location.Set("reference", $"Location/{unit.Id}"))
        .AddEach("healthcareService", ServicesOf(professional), (reference, service) =>
            reference.Set("reference", $"HealthcareService/{ServiceId(professional.Unit.Task!, service)}"))
        .Build();

    private ElementNode Calendar(Professional professional)
    {
        var schedule = ElementDraft.Resource("Schedule", professional.Id).Claims("schedule").Set("active", true);
        if (professional.Unit.Task is { } task)
            schedule.Concept("serviceCategory", DemoCodes.ServiceTasks, task.Code, task.Name);
        foreach (var service in ServicesOf(professional))
            schedule.Concept("serviceType", DemoCodes.SocialServices, service.Code, service.Name);
        return schedule
            .Reference("actor", $"Practitioner/{professional.Id}")
            .Reference("actor", $"PractitionerRole/{professional.Id}")
            .Add("planningHorizon", Horizon)
            .Build();
    }

    private ElementNode RoomCalendar(string room) => ElementDraft.Resource("Schedule", room)
        .Claims("schedule")
        .Set("active", true)
        .Reference("actor", $"Location/{room}")
        .Add("planningHorizon", Horizon)
        .Build();

    /// <summary>Logical id of a HealthcareService: <c>ls-sosiaalityo</c>; a service stands once under each task.</summary>
    private static string ServiceId(ServiceTask task, ServiceFigure service) =>
        $"{task.Prefix.ToLowerInvariant()}-{service.Code}";

    /// <summary>From the first counted day to half a year from today.</summary>
    private void Horizon(ElementDraft period) => period
        .Set("start", LocalMoments.DateTime(CountyFigures.FirstDay, 0))
        .Set("end", LocalMoments.DateTime(today.PlusWeeks(HorizonWeeks), 0));

    private IEnumerable<ServiceFigure> ServicesOf(Professional professional) =>
        figures.Services.Where(service => service.Task == professional.Unit.Task?.Code);
}
