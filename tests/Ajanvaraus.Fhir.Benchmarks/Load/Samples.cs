using System.Text;

namespace Ajanvaraus.Fhir.Benchmarks.Load;

/// <summary>What is read where the server itself is not measured: one Appointment of 1.5 kB, and a Bundle of a megabyte.</summary>
internal static class Samples
{
    private const int AppointmentsInBundle = 650;

    /// <summary>What a social worker writes beside the codes, so that an Appointment has the usual 1.5 kB.</summary>
    private static readonly string Description = string.Concat(Enumerable.Repeat(
        "Palvelutarpeen arviointi jatkuu; mukaan tarvittavat asiakirjat ja yhteystiedot on sovittu. ", 12));

    public static byte[] Appointment() => Encoding.UTF8.GetBytes(Appointment(1));

    /// <summary>The same with the codes of social care, and the claim of the profile of a client's appointment.</summary>
    public static byte[] ClaimingAppointment()
    {
        const string head = """{"resourceType":"Appointment",""";
        var appointment = Appointment(1);
        var rest = appointment[(appointment.IndexOf("],\"description\"", StringComparison.Ordinal) + "],".Length)..];
        return Encoding.UTF8.GetBytes($$"""
            {{head}}"id":"a1","meta":{"profile":["{{SocialProfiles.ClientAppointment}}"]},"status":"booked",
            "serviceCategory":[{"coding":[{{Coding("palvelutehtava", "lapsiperheiden-palvelut", "Lapsiperheiden palvelut")}}]}],
            "serviceType":[{"coding":[{{Coding("sosiaalipalvelu", "perhetyo", "Perhetyö")}}]}],
            "appointmentType":{"coding":[{{Coding("aikatyyppi", "asiakastapaaminen-muualla", "Asiakastapaaminen muualla")}},
            {{Coding("yhteystapa", "home", "Kotona tai muualla")}}]},{{rest}}
            """);
    }

    private static string Coding(string system, string code, string display) =>
        $$"""{"system":"https://ajanvaraus.example/fhir/CodeSystem/{{system}}","code":"{{code}}","display":"{{display}}"}""";

    public static byte[] Bundle() => Encoding.UTF8.GetBytes(
        """{"resourceType":"Bundle","type":"collection","entry":["""
        + string.Join(',', Enumerable.Range(0, AppointmentsInBundle).Select(
            n => $$"""{"fullUrl":"urn:uuid:{{new Guid(n, 0, 0, new byte[8])}}","resource":{{Appointment(n)}}}"""))
        + "]}");

    private static string Appointment(int n) =>
        Calendars.Appointment($"a{n}", 1, 2, n).TrimEnd()[..^1] + $",\"description\":\"{Description}\"}}";
}
