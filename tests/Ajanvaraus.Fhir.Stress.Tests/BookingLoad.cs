using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.Stress.Tests;

/// <summary>The doors by which a booking comes in.</summary>
public enum BookingStyle
{
    /// <summary><c>Appointment/$book</c> with Parameters.</summary>
    Book,

    /// <summary>A transaction: PUT of the Slot as busy with <c>ifMatch</c>, and POST of the Appointment.</summary>
    Transaction,

    /// <summary>POST of an Appointment that lists the Slot.</summary>
    Create,
}

/// <summary>One try of one booker for one Slot.</summary>
/// <param name="Answer">Null when the connection ended before a whole answer: the outcome is unknown.</param>
internal sealed record BookingAttempt(int Booker, OpenSlot Slot, BookingStyle Style, Answer? Answer)
{
    public bool IsAcknowledged => Answer is { IsSuccess: true };

    public bool IsUnknown => Answer is null;

    /// <summary>What the audit finds of it: who has which Slot.</summary>
    public (string Patient, string Slot) Booking => (Office.Patient(Booker), $"Slot/{Slot.Id}");

    /// <summary>A refusal as the caller must get it.</summary>
    public bool IsRefusedWell => Answer is { IsConflictOutcome: true } answer
        && (answer.Status == 409 || (answer.Status == 412 && Style == BookingStyle.Transaction));
}

/// <summary>Many bookers at once, each with a client of its own among the patients.</summary>
/// <param name="servers">Bookers are dealt out among them.</param>
internal sealed class BookingLoad(IReadOnlyList<FhirClient> servers)
{
    /// <summary>Lets every booker try its Slots one after the other, all bookers at once.</summary>
    /// <remarks>A booker whose server does not answer any more stops there.</remarks>
    public async Task<IReadOnlyList<BookingAttempt>> RunAsync(
        int bookers, Func<int, BookingStyle> styleOf, Func<int, IEnumerable<OpenSlot>> slotsOf)
    {
        var runs = Enumerable.Range(0, bookers)
            .Select(booker => Task.Run(() => RunBookerAsync(booker, styleOf(booker), slotsOf(booker))));
        return [.. (await Task.WhenAll(runs)).SelectMany(attempts => attempts)];
    }

    /// <summary>One try, at the server of the booker.</summary>
    public async Task<BookingAttempt> BookAsync(int booker, OpenSlot slot, BookingStyle style) =>
        new(booker, slot, style, await AskAsync(servers[booker % servers.Count], booker, slot, style));

    private async Task<List<BookingAttempt>> RunBookerAsync(
        int booker, BookingStyle style, IEnumerable<OpenSlot> slots)
    {
        var attempts = new List<BookingAttempt>();
        foreach (var slot in slots)
        {
            var attempt = await BookAsync(booker, slot, style);
            attempts.Add(attempt);
            if (attempt.IsUnknown)
                break;
        }
        return attempts;
    }

    private static async Task<Answer?> AskAsync(FhirClient server, int booker, OpenSlot slot, BookingStyle style)
    {
        try
        {
            return style switch
            {
                BookingStyle.Book => await server.PostAsync("Appointment/$book", Parameters(booker, slot)),
                BookingStyle.Transaction => await server.PostAsync("", Transaction(booker, slot)),
                _ => await server.PostAsync("Appointment", Appointment(booker, slot)),
            };
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>The body of <c>$book</c> and, with a length, of <c>$hold</c>.</summary>
    public static string Parameters(int booker, OpenSlot slot, int? holdSeconds = null)
    {
        var parameters = new JsonArray(
            Reference("slot", $"Slot/{slot.Id}"), Reference("patient", Office.Patient(booker)));
        if (holdSeconds is { } seconds)
            parameters.Add(new JsonObject { ["name"] = "hold-seconds", ["valueInteger"] = seconds });
        return new JsonObject { ["resourceType"] = "Parameters", ["parameter"] = parameters }.ToJsonString();
    }

    /// <summary>The body of <c>$reschedule</c> to a Slot.</summary>
    public static string SlotParameters(OpenSlot slot) => new JsonObject
    {
        ["resourceType"] = "Parameters", ["parameter"] = new JsonArray(Reference("slot", $"Slot/{slot.Id}")),
    }.ToJsonString();

    private static JsonObject Reference(string name, string reference) => new()
    {
        ["name"] = name, ["valueReference"] = new JsonObject { ["reference"] = reference },
    };

    private static string Appointment(int booker, OpenSlot slot) => $$"""
        {"resourceType":"Appointment","status":"booked","start":"{{slot.Start}}","end":"{{slot.End}}",
         "slot":[{"reference":"Slot/{{slot.Id}}"}],
         "participant":[{"actor":{"reference":"{{Office.Patient(booker)}}"},"status":"accepted"}]}
        """;

    private static string Transaction(int booker, OpenSlot slot) => $$$"""
        {"resourceType":"Bundle","type":"transaction","entry":[
         {"resource":{{{Office.SlotJson(slot, "busy")}}},
          "request":{"method":"PUT","url":"Slot/{{{slot.Id}}}","ifMatch":"W/\"1\""}},
         {"fullUrl":"urn:uuid:5a3c8f0e-6d1b-4c57-9a42-1f0e7b9d2c64","resource":{{{Appointment(booker, slot)}}},
          "request":{"method":"POST","url":"Appointment"}}]}
        """;
}
