using System.Globalization;

using Ajanvaraus.Fhir.Measurements;

// Measures the ways not to double-book against each other: docs/adr/0003-never-double-book.md.
// Arguments: connection string of a PostgreSQL server ("" for none), seconds per way, bookers.
var server = args.ElementAtOrDefault(0) ?? "";
var seconds = int.Parse(args.ElementAtOrDefault(1) ?? "5", CultureInfo.InvariantCulture);
var bookers = int.Parse(args.ElementAtOrDefault(2) ?? "32", CultureInfo.InvariantCulture);

Console.WriteLine($"{bookers} bookers, {Contest.Calendars} calendars, {seconds} s each, {Environment.ProcessorCount} cores");
Console.WriteLine("| database | way | attempts per s | booked | p50 ms | p99 ms | tried again | given up | overlapping pairs |");
Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|---:|");
foreach (var way in Way.All)
{
    if (way.IsPostgreSql && server.Length == 0)
        continue;
    await using var place = way.IsPostgreSql ? await Place.PostgreSqlAsync(server) : await Place.SqliteAsync();
    var contest = new Contest(place, way);
    var result = await contest.RunAsync(bookers, TimeSpan.FromSeconds(seconds));
    Console.WriteLine(result.Row(place.Store.EngineDescription, way.Name, await place.OverlapsAsync()));
}
