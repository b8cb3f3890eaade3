using Ajanvaraus.Fhir.Core.Search;

namespace Ajanvaraus.Fhir.Persistence.Writing;

/// <summary>Rows that the plan of a search may begin with, for a database that plans by the form of a statement alone.</summary>
/// <remarks>
/// There the other rows are looked up by their resource only, and an index by their values would cost pages in every write: each booking
/// turns the status of a Slot, for one. The same words stand in the index and in what is to use it.
/// </remarks>
public static class LeadingRows
{
    /// <summary>Of tokens: all but those that very many resources share, with which no search begins (<c>Selectivity</c>).</summary>
    public static readonly string OfTokens = $"parameter NOT IN ({Keys(
        ("Slot", "status"), ("Slot", "appointment-type"), ("Appointment", "status"), ("Appointment", "part-status"),
        ("Appointment", "appointment-type"), ("Appointment", "service-type"), ("Appointment", "service-category"),
        ("Appointment", "specialty"), ("Appointment", "reason-code"))})";

    /// <summary>Of dates: the instants with which ranges begin.</summary>
    public static readonly string OfDates = $"parameter IN ({Keys(("Slot", "start"), ("Appointment", "date"), ("Appointment", "start"))})";

    private static string Keys(params ReadOnlySpan<(string Type, string Code)> parameters)
    {
        var keys = new List<int>();
        foreach (var (type, code) in parameters)
            keys.Add(SearchParameter.KeyOf(type, code));
        return string.Join(", ", keys);
    }
}
