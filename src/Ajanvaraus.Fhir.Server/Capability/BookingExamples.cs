namespace Ajanvaraus.Fhir.Server.Capability;

/// <summary>Examples for the operations of scheduling, on a calendar, a time and an Appointment that the caller has made.</summary>
/// <remarks>Each says what it needs; all of them speak of the same few ids.</remarks>
internal static class BookingExamples
{
    private const string FreeTime = "Slot/esimerkki, free, and Patient/esimerkki";
    private const string Held = "Appointment/esimerkki, held (pending)";
    private const string Booked = "Appointment/esimerkki, booked";
    private const string Ended = "Appointment/esimerkki, ended by mistake (noshow or fulfilled)";
    private const string Calendar = "Schedule/esimerkki";

    private const string Appointment = """{"name":"appointment-reference","valueReference":{"reference":"Appointment/esimerkki"}}""";
    private const string Slot = """{"name":"slot","valueReference":{"reference":"Slot/esimerkki"}}""";
    private const string OtherSlot = """{"name":"slot","valueReference":{"reference":"Slot/toinen"}}""";
    private const string Patient = """{"name":"patient","valueReference":{"reference":"Patient/esimerkki"}}""";
    private const string Reason = """{"name":"cancelation-reason","valueCodeableConcept":{"text":"Asiakas estyi"}}""";
    private const string Mistake = """{"name":"reason","valueString":"Merkitty vahingossa"}""";
    private const string Schedule = """{"name":"schedule","valueReference":{"reference":"Schedule/esimerkki"}}""";
    private const string Other = """{"name":"candidate","valueReference":{"reference":"Schedule/toinen"}}""";

    private const string Monday = """{"name":"start","valueDate":"2027-03-01"}""";
    private const string Force = """{"name":"force","valueBoolean":true}""";

    private const string Morning = """
        {"name":"period","valuePeriod":{"start":"2027-03-01T08:00:00+02:00","end":"2027-03-01T12:00:00+02:00"}}
        """;

    /// <summary>An hour every Monday, in a template that comes with the question.</summary>
    private const string Template = """
        {"name":"template-resource","resource":{"resourceType":"Basic","code":{"coding":[{
        "system":"https://ajanvaraus.example/fhir/CodeSystem/basic-type","code":"week-template"}]},"extension":[{
        "url":"https://ajanvaraus.example/fhir/StructureDefinition/week-template","extension":[
        {"url":"name","valueString":"Maanantait"},{"url":"entry","extension":[{"url":"weekday","valueCode":"mon"},
        {"url":"start","valueTime":"12:00:00"},{"url":"end","valueTime":"14:00:00"},
        {"url":"slotMinutes","valueInteger":60}]}]}]}},
        {"name":"start","valueDate":"2027-03-01"},{"name":"end","valueDate":"2027-03-07"}
        """;

    private static readonly OperationExample Find = new(
        [("start", "2027-03-01"), ("end", "2027-03-02")],
        Body("""{"name":"start","valueDate":"2027-03-01"}""", """{"name":"end","valueDate":"2027-03-02"}"""));

    /// <summary>By path below the base.</summary>
    public static readonly ImmutableArray<(string Path, OperationExample Example)> All =
    [
        ("Appointment/$find", Find),
        ("Slot/$find", Find),
        ("Slot/$prefetch", Find),
        ("Schedule/{id}/$find", Find with { Needs = Calendar }),
        ("Appointment/$hold", Post(FreeTime, Slot, Patient)),
        ("Slot/$hold", Post(FreeTime, Slot, Patient)),
        ("Appointment/{id}/$hold", Post("Appointment/esimerkki, proposed; " + FreeTime, Slot, Patient)),
        ("Appointment/$book", Post(FreeTime, Slot, Patient)),
        ("Appointment/{id}/$book", Post(Held)),
        ("Appointment/$confirm", Post(FreeTime, Slot, Patient)),
        ("Appointment/{id}/$confirm", Post(Held)),
        ("Appointment/$release", Post(Held, Appointment)),
        ("Appointment/{id}/$release", Post(Held)),
        ("Appointment/$cancel", Post(Booked, Appointment, Reason)),
        ("Appointment/{id}/$cancel", Post(Booked, Reason)),
        ("Appointment/$reschedule", Post(Booked + "; Slot/toinen, free", Appointment, OtherSlot)),
        ("Appointment/{id}/$reschedule", Post(Booked + "; Slot/toinen, free", OtherSlot)),
        ("Appointment/$check-in", Post(Booked, Appointment)),
        ("Appointment/{id}/$check-in", Post(Booked)),
        ("Appointment/$no-show", Post(Booked, Appointment)),
        ("Appointment/{id}/$no-show", Post(Booked)),
        ("Appointment/$fulfill", Post(Booked, Appointment)),
        ("Appointment/{id}/$fulfill", Post(Booked)),
        ("Appointment/$undo", Post(Ended, Appointment, Mistake)),
        ("Appointment/{id}/$undo", Post(Ended, Mistake)),
        ("Schedule/$apply-template", Post(Calendar, Schedule, Template)),
        ("Schedule/{id}/$apply-template", Post(Calendar, Template)),
        ("Schedule/{id}/$absence", Post(Calendar, Morning)),
        ("Schedule/{id}/$end-absence", Post(Calendar + " with an absence on that morning", Morning)),
        ("Schedule/$week", new(
            [("start", "2027-03-01"), ("schedule", "Schedule/esimerkki")], Body(Monday, Schedule)) { Needs = Calendar }),
        ("Schedule/{id}/$week", new([("start", "2027-03-01")], Body(Monday)) { Needs = Calendar }),
        ("Schedule/$whereabouts", new([("schedule", "Schedule/esimerkki")], Body(Schedule)) { Needs = Calendar }),
        ("Schedule/{id}/$whereabouts", new([], Body()) { Needs = Calendar }),
        ("Slot/{id}/$call-off", Post("Slot/esimerkki, a group of several seats", Force)),
        ("Appointment/{id}/$call-off", Post(Booked + ", a group of several clients", Force)),
        ("Schedule/{id}/$reassign", Post(
            Calendar + " and Schedule/toinen", Morning, Other, """{"name":"dry-run","valueBoolean":true}""")),
    ];

    private static OperationExample Post(string needs, params ReadOnlySpan<string> parameters) =>
        new([], Body(parameters), IsQuery: false) { Needs = needs };

    /// <summary>FHIR has no empty lists: without parameters there is none.</summary>
    private static string Body(params ReadOnlySpan<string> parameters) => parameters.IsEmpty
        ? OpenApiExamples.Parameters
        : $$"""{"resourceType":"Parameters","parameter":[{{string.Join(',', parameters!)}}]}""";
}
