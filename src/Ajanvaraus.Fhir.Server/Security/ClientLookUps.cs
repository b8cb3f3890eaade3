using Ajanvaraus.Fhir.Server.Interactions;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>The identifiers of clients that a search tries: one that may be guessed at would tell who is a client.</summary>
internal static class ClientLookUps
{
    /// <summary>Each of a list by itself, without its system; of a filter each value that it compares with.</summary>
    public static IReadOnlyList<string> In(FhirRequest request)
    {
        var isOfClients = request.Target.Type is "Patient" or "Person" or "RelatedPerson";
        var found = new List<string>();
        foreach (var (name, value) in request.Parameters)
            if (Asks(name, isOfClients))
                found.AddRange(value.Split(',').Select(WithoutSystem));
            else if (name == "_filter" && value.Contains("identifier", StringComparison.Ordinal))
                found.AddRange(Compared(value));
        return found;
    }

    /// <summary><c>identifier</c> of clients, chains and <c>_has</c> that end in it, and references by identifier.</summary>
    private static bool Asks(string name, bool isOfClients) =>
        (isOfClients && (name == "identifier" || name.StartsWith("identifier:", StringComparison.Ordinal)))
        || name.Contains(".identifier", StringComparison.Ordinal) || name.Contains(":identifier", StringComparison.Ordinal);

    private static string WithoutSystem(string token) => token[(token.LastIndexOf('|') + 1)..].Trim();

    /// <summary>The third word of each comparison with an identifier; the whole filter where it has none.</summary>
    private static List<string> Compared(string filter)
    {
        var words = filter.Split([' ', '(', ')', '[', ']'], StringSplitOptions.RemoveEmptyEntries);
        var values = new List<string>();
        for (var n = 0; n + 2 < words.Length; n++)
            if (words[n].EndsWith("identifier", StringComparison.Ordinal))
                values.AddRange(words[n + 2].Trim('"').Split(',').Select(WithoutSystem));
        return values.Count > 0 ? values : [filter];
    }
}
