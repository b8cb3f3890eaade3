namespace Ajanvaraus.Fhir.Core.Issues;

/// <summary><c>AJV-306x</c>: what a write must bring so that it neither overtakes another nor is done twice.</summary>
public static class PreconditionMessages
{
    public static readonly Message KeyMalformed = new("AJV-3060", IssueType.Invalid,
        "An Idempotency-Key is one header of 1 to {0} printable ASCII characters.",
        "Idempotency-Key on yksi otsake, jossa on 1–{0} tulostuvaa ASCII-merkkiä.",
        "Idempotency-Key är ett huvud med 1–{0} skrivbara ASCII-tecken.");

    public static readonly Message KeyReused = new("AJV-3061", IssueType.Conflict,
        "Another request has been made with this Idempotency-Key: give each request a key of its own.",
        "Tällä Idempotency-Key-avaimella on tehty toinen pyyntö: anna kullekin pyynnölle oma avain.",
        "En annan begäran har gjorts med denna Idempotency-Key: ge varje begäran en egen nyckel.");

    public static readonly Message KeyUnderWay = new("AJV-3062", IssueType.Conflict,
        "The first request with this Idempotency-Key is still being answered: ask again later.",
        "Ensimmäiseen tämän Idempotency-Key-avaimen pyyntöön vastataan vielä: kysy myöhemmin uudelleen.",
        "Den första begäran med denna Idempotency-Key besvaras ännu: fråga igen senare.");

    public static readonly Message IfMatchRequired = new("AJV-3063", IssueType.Required,
        "This server changes a resource only from a version that the caller has read: send its ETag as If-Match.",
        "Palvelin muuttaa resurssia vain versiosta, jonka kutsuja on lukenut: lähetä sen ETag otsakkeessa If-Match.",
        "Servern ändrar en resurs bara från en version som anroparen har läst: sänd dess ETag som If-Match.");

    internal static ImmutableArray<Message> All => [KeyMalformed, KeyReused, KeyUnderWay, IfMatchRequired];
}
