using System.Globalization;
using System.Text;

namespace Ajanvaraus.Fhir.Benchmarks.Load;

/// <summary>The data of a run, made by counting: ids and times of everything are known without asking the server.</summary>
/// <remarks>
/// Each professional has one Schedule and free Slots of 30 minutes, 14 a day over 20 weekdays. Those that bookings use
/// up are further professionals after the measured ones.
/// </remarks>
internal sealed class Calendars(int slots, int bookable)
{
    public const int SlotsPerDay = 14;
    public const int Days = 20;
    public const int SlotsEach = SlotsPerDay * Days;
    public const int Patients = 1000;
    public const int PerService = 50;

    /// <summary>Appointments without a calendar, for reads and updates.</summary>
    public const int Copies = 1000;

    private const string Types = "http://uri.suomi.fi/codesystem/sosmeta/sosiaalipalvelut";

    // A Monday far enough ahead that no run meets it as the past.
    private static readonly DateTime Start = new(2031, 3, 3, 6, 0, 0, DateTimeKind.Utc);

    /// <summary>Professionals whose calendars stay free while the searches are measured.</summary>
    public int Measured { get; } = Math.Max(PerService + 2, (slots + SlotsEach - 1) / SlotsEach);

    public int Professionals => Measured + ((bookable + SlotsEach - 1) / SlotsEach);

    public int Services => (Measured + PerService - 1) / PerService;

    public int SlotCount => Professionals * SlotsEach;

    public static string SlotId(int professional, int n) => $"s{professional}-{n}";

    /// <summary>The n-th Slot that bookings may use: neighbours belong to different professionals.</summary>
    public (int Professional, int Slot) Bookable(int n)
    {
        var many = Professionals - Measured;
        return (Measured + (n % many), n / many);
    }

    public static string At(int slot, int minutes = 0) =>
        Moment(slot).AddMinutes(minutes).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Transaction Bundles that make everything but appointments.</summary>
    public IEnumerable<string> Bundles(int entries) => Group(Resources(), entries);

    /// <summary>Appointments that book every third Slot of the last measured professional, two for each patient.</summary>
    public IEnumerable<string> BookedBundles(int entries) => Group(
        Enumerable.Range(0, Patients / 10).SelectMany(patient => Enumerable.Range(0, 2).Select(n =>
            ("Appointment", $"a{patient}-{n}",
                Appointment($"a{patient}-{n}", patient, Measured - 1, (patient * 2) + n)))), entries);

    public static string Slot(int professional, int n, string status = "free") => $$"""
        {"resourceType":"Slot","id":"{{SlotId(professional, n)}}","schedule":{"reference":"Schedule/c{{professional}}"},"status":"{{status}}","start":"{{At(n)}}","end":"{{At(n, 30)}}","serviceType":[{"coding":[{"system":"{{Types}}","code":"{{professional % 40}}","display":"Lapsiperheiden sosiaalityö"}],"text":"Lapsiperheiden sosiaalityö"}],"appointmentType":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0276","code":"ROUTINE"}]},"comment":"Toimipiste 2. kerros"}
        """;

    /// <summary>A booking of one Slot for one patient.</summary>
    public static string Appointment(string? id, int patient, int professional, int slot, string status = "booked")
    {
        var own = id is null ? "" : $"\"id\":\"{id}\",";
        return $$"""
            {"resourceType":"Appointment",{{own}}"status":"{{status}}","serviceType":[{"coding":[{"system":"{{Types}}","code":"{{professional % 40}}"}]}],"description":"Ensitapaaminen","start":"{{At(slot)}}","end":"{{At(slot, 30)}}","slot":[{"reference":"Slot/{{SlotId(professional, slot)}}"}],"participant":[{"actor":{"reference":"Patient/p{{patient}}"},"status":"accepted"},{"actor":{"reference":"Practitioner/p{{professional}}"},"status":"accepted"}]}
            """;
    }

    /// <summary>An Appointment that names nobody's calendar.</summary>
    public static string Copy(string? id, int patient, string comment)
    {
        var own = id is null ? "" : $"\"id\":\"{id}\",";
        return $$"""
            {"resourceType":"Appointment",{{own}}"status":"booked","serviceType":[{"coding":[{"system":"{{Types}}","code":"7","display":"Sosiaaliohjaus"}]}],"description":"Toisen järjestelmän varaus","start":"{{At(patient % SlotsEach)}}","end":"{{At(patient % SlotsEach, 30)}}","comment":"{{comment}}","participant":[{"actor":{"reference":"Patient/p{{patient}}"},"status":"accepted"}]}
            """;
    }

    private static DateTime Moment(int slot)
    {
        var day = slot / SlotsPerDay;
        return Start.AddDays((day / 5 * 7) + (day % 5)).AddMinutes(slot % SlotsPerDay * 30);
    }

    private IEnumerable<(string Type, string Id, string Json)> Resources()
    {
        for (var n = 0; n < Patients; n++)
            yield return ("Patient", $"p{n}", $$"""
                {"resourceType":"Patient","id":"p{{n}}","active":true,"name":[{"family":"Virtanen","given":["Asiakas{{n}}"]}],"birthDate":"19{{(n % 60) + 40}}-01-01"}
                """);
        for (var n = 0; n < Services; n++)
            yield return ("HealthcareService", $"h{n}", $$"""
                {"resourceType":"HealthcareService","id":"h{{n}}","active":true,"name":"Palvelu {{n}}"}
                """);
        for (var n = 0; n < Copies; n++)
            yield return ("Appointment", $"x{n}", Copy($"x{n}", n % Patients, "0"));
        for (var p = 0; p < Professionals; p++)
        {
            yield return ("Practitioner", $"p{p}", $$"""
                {"resourceType":"Practitioner","id":"p{{p}}","active":true,"name":[{"family":"Korhonen","given":["Työntekijä{{p}}"]}]}
                """);
            yield return ("Schedule", $"c{p}", Schedule(p));
            for (var n = 0; n < SlotsEach; n++)
                yield return ("Slot", SlotId(p, n), Slot(p, n));
        }
    }

    private string Schedule(int professional)
    {
        var service = professional < Measured ? $",{{\"reference\":\"HealthcareService/h{professional / PerService}\"}}" : "";
        return $$$"""
            {"resourceType":"Schedule","id":"c{{{professional}}}","active":true,"serviceType":[{"coding":[{"system":"{{{Types}}}","code":"{{{professional % 40}}}"}]}],"actor":[{"reference":"Practitioner/p{{{professional}}}"}{{{service}}}],"planningHorizon":{"start":"2031-01-01T00:00:00Z","end":"2031-12-31T00:00:00Z"}}
            """;
    }

    private static IEnumerable<string> Group(IEnumerable<(string Type, string Id, string Json)> resources, int entries) =>
        resources.Chunk(entries).Select(chunk =>
        {
            var bundle = new StringBuilder("""{"resourceType":"Bundle","type":"transaction","entry":[""");
            foreach (var (type, id, json) in chunk)
                bundle.Append($$$"""{"resource":{{{json}}},"request":{"method":"PUT","url":"{{{type}}}/{{{id}}}"}},""");
            bundle.Length--;
            return bundle.Append("]}").ToString();
        });
}
