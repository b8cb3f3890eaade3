namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>A service unit with its office and the rooms in it.</summary>
/// <param name="Id">Logical id of the Organization and of the office's Location.</param>
/// <param name="Task">Null for guidance and administration.</param>
/// <param name="Rooms">Logical ids of the rooms' Locations.</param>
internal sealed record ServiceUnit(
    string Id, string Name, string Place, ServiceTask? Task, ImmutableArray<string> Rooms);

/// <summary>Somebody who works in a unit and has a calendar.</summary>
/// <param name="Id">Logical id of the Practitioner, the PractitionerRole and the Schedule.</param>
/// <param name="IndexInTask">Place among the professionals of the service task, from 0.</param>
/// <param name="HasBooked">One of those whose calendars hold the bookings that were counted.</param>
internal sealed record Professional(string Id, Person Person, ServiceUnit Unit, int IndexInTask, bool HasBooked)
{
    public string Title => Unit.Task is null ? "palveluohjaaja"
        : IndexInTask % 3 == 0 ? "sosiaaliohjaaja"
        : "sosiaalityöntekijä";
}

/// <summary>The county's units and professionals.</summary>
internal sealed record CountyStaff(ImmutableArray<ServiceUnit> Units, ImmutableArray<Professional> Professionals)
{
    private const int ProfessionalsInUnit = 20;

    private const int ProfessionalsPerRoom = 4;

    private static readonly string[] Places = ["Keskusta", "Pohjoinen", "Eteläinen", "Itäinen", "Läntinen"];

    /// <summary>Places the professionals of each service task in units of about twenty.</summary>
    public static CountyStaff Place(CountyFigures figures, People people)
    {
        var units = new List<ServiceUnit>();
        var professionals = new List<Professional>();
        foreach (var task in figures.Tasks)
            AddTeam(task, task.Code, task.Name, task.Professionals, task.Bookers);
        AddTeam(null, "asiakasohjaus", "Asiakasohjaus ja hallinto", figures.OtherProfessionals, 0);
        return new CountyStaff([.. units], [.. professionals]);

        void AddTeam(ServiceTask? task, string code, string name, int size, int bookers)
        {
            var first = units.Count;
            units.AddRange(UnitsOf(task, code, name, size));
            for (var i = 0; i < size; i++)
            {
                var unit = units[first + i % (units.Count - first)];
                var id = $"ammattilainen-{professionals.Count + 1:D3}";
                professionals.Add(new Professional(id, people.Next(), unit, i, i < bookers));
            }
        }
    }

    private static IEnumerable<ServiceUnit> UnitsOf(ServiceTask? task, string code, string name, int professionals)
    {
        var count = (professionals + ProfessionalsInUnit - 1) / ProfessionalsInUnit;
        for (var i = 0; i < count; i++)
        {
            var id = $"{code}-{i + 1}";
            var rooms = (professionals / count + ProfessionalsPerRoom - 1) / ProfessionalsPerRoom;
            yield return new ServiceUnit(id, $"{name}, {Places[i]}", Places[i], task,
                [.. Enumerable.Range(1, rooms).Select(n => $"{id}-huone-{n}")]);
        }
    }
}
