namespace Ajanvaraus.Fhir.Benchmarks.Load;

/// <summary>The work that is measured, as client systems ask it.</summary>
/// <remarks>The comparison figures are Medplum's 5.1 on the reference machine, PostgreSQL and Redis beside it.</remarks>
internal sealed class Rows(string host, Calendars calendars, int bookings)
{
    public const string ReadById = "read a Slot by id";
    public const string FindMany = "`$find`, 50 professionals, 4 weeks, first page";
    public const string AllCalendars = "`Slot?start&status` (an hour of all calendars, 50 entries)";
    public const string BookOperation = "book: `$book`";

    private const int Variants = 512;

    public IEnumerable<Row> All() =>
    [
        new(ReadById, Get(n => $"Slot/{Calendars.SlotId(n % calendars.Measured, n * 7 % Calendars.SlotsEach)}"), 200,
            MedplumOne: 374, MedplumMany: 1843),
        new("`Slot?schedule&start&status` (42 entries)",
            Get(n => $"Slot?schedule=Schedule/c{n % Free}&{ThreeDays("start", n)}&status=free&_count=100"), 200,
            MedplumOne: 158, MedplumMany: 348),
        new("`Slot?schedule.actor&start&status` (42 entries)",
            Get(n => $"Slot?schedule.actor=Practitioner/p{n % Free}&{ThreeDays("start", n)}&status=free&_count=100"), 200,
            MedplumOne: 170, MedplumMany: 425),
        new(AllCalendars,
            Get(n => $"Slot?start=ge{Calendars.At(n % 60)}&start=lt{Calendars.At((n % 60) + 2)}&status=free"), 200),
        new("`Appointment?patient&date&_include=Appointment:slot`",
            Get(n => $"Appointment?patient=Patient/p{n % 100}&date=ge2031-03-01&date=lt2031-04-30&_include=Appointment:slot"),
            200, MedplumOne: 194, MedplumMany: 579),
        new("`$find`, one calendar, five days",
            Get(n => $"Appointment/$find?start={Calendars.At(0)}&end={Calendars.At(69, 30)}&schedule=Schedule/c{n % Free}"),
            200, MedplumOne: 82, MedplumMany: 167),
        new(FindMany,
            Get(n => $"Appointment/$find?start={Calendars.At(0)}&end={Calendars.At(279, 30)}&service=HealthcareService/h"
                + n % Math.Max(1, (calendars.Measured - 2) / Calendars.PerService)),
            200),
        new("create an Appointment",
            Send("POST", _ => "Appointment", n => Calendars.Copy(null, n % Calendars.Patients, $"{n}")), 201,
            MedplumOne: 100, MedplumMany: 265),
        new("update an Appointment",
            Send("PUT", n => $"Appointment/x{n}", n => Calendars.Copy($"x{n}", n, $"{n}"), Calendars.Copies), 200,
            MedplumOne: 85, MedplumMany: 222),
        new("book: transaction of Slot (ifMatch) and Appointment", Supply("", Transaction, 0), 200, IsSupply: true, 52, 108),
        new(BookOperation, Supply("Appointment/$book", Booking("proposed"), 1), 201, IsSupply: true, 44, 31),
        new("book: plain create of an Appointment", Supply("Appointment", Booking("booked"), 2), 201, IsSupply: true),
    ];

    /// <summary>Every attempt of 64 clients on each of 50 Slots, by client.</summary>
    public byte[][][] Contention(int clients, int slots)
    {
        var first = bookings * 3;
        return [.. Enumerable.Range(0, clients).Select(client => Enumerable.Range(0, slots).Select(n =>
        {
            var (professional, slot) = calendars.Bookable(first + n);
            return Request.Send(host, "POST", "/fhir/Appointment/$book",
                Calendars.Appointment(null, client, professional, slot, "proposed"));
        }).ToArray())];
    }

    /// <summary>The last measured professional has bookings of its own.</summary>
    private int Free => calendars.Measured - 2;

    private static string ThreeDays(string parameter, int n)
    {
        var from = n % 5 * Calendars.SlotsPerDay;
        return $"{parameter}=ge{Calendars.At(from)}&{parameter}=lt{Calendars.At(from + (2 * Calendars.SlotsPerDay) + 13, 30)}";
    }

    private byte[][] Get(Func<int, string> path) =>
        [.. Enumerable.Range(0, Variants).Select(n => Request.Get(host, "/fhir/" + path(n)))];

    private byte[][] Send(string method, Func<int, string> path, Func<int, string> json, int many = Variants) =>
        [.. Enumerable.Range(0, many).Select(n => Request.Send(host, method, "/fhir/" + path(n), json(n)))];

    private byte[][] Supply(string path, Func<int, int, int, string> json, int share) =>
        [.. Enumerable.Range(0, bookings).Select(n =>
        {
            var (professional, slot) = calendars.Bookable((share * bookings) + n);
            return Request.Send(host, "POST", "/fhir/" + path, json(n % Calendars.Patients, professional, slot));
        })];

    private static Func<int, int, int, string> Booking(string status) =>
        (patient, professional, slot) => Calendars.Appointment(null, patient, professional, slot, status);

    private static string Transaction(int patient, int professional, int slot) => $$$"""
        {"resourceType":"Bundle","type":"transaction","entry":[{"resource":{{{Calendars.Slot(professional, slot, "busy")}}},"request":{"method":"PUT","url":"Slot/{{{Calendars.SlotId(professional, slot)}}}","ifMatch":"W/\"1\""}},{"resource":{{{Calendars.Appointment(null, patient, professional, slot)}}},"request":{"method":"POST","url":"Appointment"}}]}
        """;
}
