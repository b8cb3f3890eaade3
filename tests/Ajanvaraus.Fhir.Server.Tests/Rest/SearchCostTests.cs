using System.Net;

namespace Ajanvaraus.Fhir.Server.Tests.Rest;

/// <summary>The most that one search may ask is less than what the databases take.</summary>
public sealed class SearchCostTests
{
    [DatabaseTheory, EachDatabase]
    public async Task Search_of_thousands_of_parameters_is_400_and_the_most_that_is_allowed_runs(DatabaseEngine engine)
    {
        await using var server = await FhirServer.StartAsync(engine);

        foreach (var (path, pair, times, expected) in new[]
        {
            ("Patient/_search", "name=a", 3000, HttpStatusCode.BadRequest),
            ("Patient/_search", "_id=a", 3000, HttpStatusCode.BadRequest),
            ("Patient/_search", "_include=Patient:organization", 3000, HttpStatusCode.BadRequest),
            ("Patient/_search", "name=a", 32, HttpStatusCode.OK),
            ("Patient/_search", "name:not-known=a", 3000, HttpStatusCode.BadRequest),
            ("Patient/_search", "identifier=" + string.Join(',', Enumerable.Range(0, 200)), 1, HttpStatusCode.OK),
            ("Patient/_search", "name=" + string.Join(',', Enumerable.Repeat("a", 200)), 1, HttpStatusCode.OK),
            ("Patient/_search", "_has:Appointment:patient:status=booked", 32, HttpStatusCode.OK),
            ("_search", "_tag=a", 5, HttpStatusCode.OK),
            ("_search", "_tag=a", 6, HttpStatusCode.BadRequest),
            ("_search", "_tag=a,b,c,d,e", 1, HttpStatusCode.OK),
        })
        {
            var form = string.Join('&', Enumerable.Repeat(pair, times));
            using var content = new StringContent(form, null, "application/x-www-form-urlencoded");

            using var response = await server.Http.PostAsync(path, content);

            response.StatusCode.Should().Be(expected, "{0} times {1} on {2}", times, pair.Split('=')[0], path);
        }
    }
}
