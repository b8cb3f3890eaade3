namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-5xxx</c>: what the caller cannot help.</summary>
public static class ServerMessages
{
    public static readonly Message Fault = new("AJV-5001", IssueType.Exception,
        "The server failed at this request; the operator finds it by its request id.",
        "Palvelin epäonnistui tässä pyynnössä; ylläpito löytää sen pyynnön tunnisteella.",
        "Servern misslyckades med denna begäran; driften hittar den med begärans id.");

    public static readonly Message Busy = new("AJV-5002", IssueType.Transient,
        "The server cannot do this now; the same request may succeed soon.",
        "Palvelin ei pysty tähän juuri nyt; sama pyyntö voi pian onnistua.",
        "Servern kan inte göra detta just nu; samma begäran kan snart lyckas.");

    public static readonly Message StorageFull = new("AJV-5003", IssueType.NoStore,
        "There is no room left to write; reading goes on.",
        "Tallennustila on lopussa; lukeminen toimii edelleen.",
        "Lagringsutrymmet är slut; läsning fungerar fortfarande.");

    internal static ImmutableArray<Message> All => [Fault, Busy, StorageFull];
}
