using System.Globalization;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Scheduling.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>The series that an Appointment is of, and the other times of it.</summary>
internal sealed class SeriesMembership(ResourceStore store, SearchQueryParser searches)
{
    /// <summary>Identifier system of series: all Appointments of one carry the same value, so that they can be searched.</summary>
    public const string System = Canonicals.Base + "/sid/series";

    private const int MostMembers = 500;

    /// <summary>The Appointment as time <paramref name="number"/> of the series.</summary>
    public static ElementNode Mark(ElementNode appointment, string seriesId, int number, int count)
    {
        var identifier = appointment.New("identifier").Set("system", System).Set("value", seriesId);
        var extension = appointment.New("extension").Set("url", Canonicals.Series);
        var id = extension.New("extension").Set("url", "id");
        extension = extension
            .Append(id.Append(id.New("valueIdentifier").Set("system", System).Set("value", seriesId)))
            .Append(extension.New("extension").Set("url", "number").Set("valuePositiveInt", Text(number)))
            .Append(extension.New("extension").Set("url", "of").Set("valuePositiveInt", Text(count)));
        return appointment.Append(identifier).Append(extension);
    }

    /// <summary>The Appointments that a change of the one is to reach, in the order of the series, itself among them.</summary>
    /// <param name="appointmentId">The one that the caller names.</param>
    /// <param name="scope">this, following or all.</param>
    /// <param name="identity">Who asks: those that they do not see stay as they are.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <remarks>Only those that are pending or booked: what is over or cancelled already stays as it is.</remarks>
    public async Task<Outcome<ImmutableArray<ElementNode>>> ReachAsync(
        string appointmentId, string scope, Identity identity, CancellationToken cancel)
    {
        if (await store.ReadAsync("Appointment", appointmentId, cancel) is not { IsDeleted: false } stored)
            return WriteProblems.Unknown();
        var one = StoredNodes.Parse(stored);
        if (scope == "this" || IdOf(one) is not { } seriesId)
            return ImmutableArray.Create(one);
        var query = searches.Parse(
            ["Appointment"],
            [new("identifier", $"{SearchText.Escape(System)}|{SearchText.Escape(seriesId)}"), new("_count", $"{MostMembers}")]);
        if (query.Failed)
            return query.Problem;
        var seen = query.Value with { Visibility = identity.Reach(ScopeInteractions.Search) };
        var found = await store.SearchAsync(seen, null, cancel);
        var from = scope == "following" ? NumberOf(one) : 0;
        return ImmutableArray.CreateRange(found.Matches.Select(StoredNodes.Parse)
            .Where(a => a.Id == appointmentId || (NumberOf(a) >= from && MayChange(a)))
            .OrderBy(NumberOf));
    }

    /// <summary>The parameter <c>scope</c>; <c>this</c> when absent.</summary>
    public static Outcome<string> Scope(OperationParameters parameters) => parameters.First("scope") switch
    {
        null => "this",
        { Text: "this" or "following" or "all" } given => given.Text!,
        { } given => ParameterProblems.Rule(SeriesMessages.ScopeUnknown.At(given.Expression)),
    };

    private static bool MayChange(ElementNode appointment) =>
        AppointmentStatusCodes.Parse(new AppointmentView(appointment).Status)
            is AppointmentStatus.Pending or AppointmentStatus.Booked;

    private static string? IdOf(ElementNode appointment) => appointment.All("identifier")
        .FirstOrDefault(i => i.Text("system") == System)?.Text("value");

    private static int NumberOf(ElementNode appointment) => int.TryParse(
        appointment.All("extension").FirstOrDefault(e => e.Text("url") == Canonicals.Series)?.All("extension")
            .FirstOrDefault(e => e.Text("url") == "number")?.Text("value"),
        NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
