using System.Collections.Immutable;
using System.Net;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Policy;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>What the table says against what the server does: every caller, resource and interaction.</summary>
/// <remarks>The expectation is worked out from the rows of the table and from what a person can read in the world: who
/// takes part, which unit, whose client; not from any condition that the server makes.</remarks>
public sealed class AccessMatrixTests
{
    private const string Test = """[{"op":"test","path":"/id","value":"x"}]""";

    private static readonly PolicyTable Table = PolicyTable.BuiltIn(R4.Definitions);

    private static readonly ImmutableArray<Who> Callers =
    [
        new("citizen", Patient: "1"), new("citizen", Patient: "3"), new("citizen", Patient: "2"),
        new("representative", Principal: "4"), new("representative", Principal: "3"),
        new("ammattilainen", "1", "a", "lapsiperheet"), new("ammattilainen", "1", "a", "lastensuojelu"), new("ammattilainen", "2", "b", "lastensuojelu"),
        new("ammattilainen", "3", "a", "lapsiperheet"), new("ammattilainen", "2", "b", "lapsiperheet", Reason: "1"),
        new("ajanvaraus", "9", "b", "lapsiperheet"), new("neuvonta", "9", "a", "lastensuojelu"), new("esihenkilo", "3", "a", "lapsiperheet"),
        new("esihenkilo", "2", "b", "lapsiperheet"), new("paakayttaja", "9", "a", "x"), new("lokivalvonta", "9", "a", "x"), new("siivous", "1", "a", "lapsiperheet"),
        new("integraatio"), new("vaestotiedot"), new("program"),
    ];

    private static readonly ImmutableArray<What> Resources =
    [
        .. Bookings().SelectMany(b => (What[])[new("Appointment", b.Id, b.Patient, b.Worker, b.Unit, b.Task)]),
        .. from client in (string[])["1", "2", "3", "4"]
           from type in (string[])["Patient", "RelatedPerson", "ServiceRequest", "Flag"]
           select new What(type, client, client, "", "", ""),
        .. from worker in (string[])["1", "2", "3"] from type in (string[])["Schedule", "Slot", "Practitioner"]
           select new What(type, worker, "", type == "Practitioner" ? "" : worker, worker == "2" ? "b" : "a", ""),
        new("Location", "a", "", "", "", ""), new("Location", "b", "", "", "", ""), new("Appointment", "none", "", "", "", ""), new("Patient", "none", "", "", "", ""),
    ];

    [DatabaseTheory, EachDatabase]
    public async Task G50_What_the_table_grants_is_done_and_nothing_else(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        var cells = 0;
        var wrong = new List<string>();
        var bodies = new Dictionary<What, string>();
        foreach (var what in Resources)
            bodies[what] = what.Id == "none" ? $$"""{"resourceType":"{{what.Type}}","id":"none"}""" : (await world.GetAsync(world.Loader, $"{what}")).Body;

        foreach (var who in Callers)
        {
            var token = who.Token(world);
            foreach (var type in Resources.Select(r => r.Type).Distinct())
            {
                var expected = Resources.Where(r => r.Type == type && r.Id != "none" && May(who, r, ScopeInteractions.Search))
                    .Select(r => $"{type}/{r.Id}").Order(StringComparer.Ordinal).ToList();
                foreach (var url in (string[])[type, $"{type}?_lastUpdated=gt2000&_count=50"])
                {
                    var found = (await world.FoundAsync(token, url)).Where(f => f != "403").ToList();
                    cells += Resources.Count(r => r.Type == type);
                    if (!found.SequenceEqual(expected))
                        wrong.Add($"{who} {url}: {string.Join(' ', found)} instead of {string.Join(' ', expected)}");
                }
            }
            foreach (var what in Resources)
                foreach (var (method, rest, needed) in Cells())
                {
                    cells++;
                    using var response = await world.SendAsync(
                        token, method, what + rest, method == HttpMethod.Put ? bodies[what] : method == HttpMethod.Patch ? Test : null,
                        // A version that there is not: who may write is told so, and nothing is written.
                        request =>
                        {
                            if (method != HttpMethod.Get)
                                request.Headers.TryAddWithoutValidation("If-Match", "W/\"99\"");
                            if (method == HttpMethod.Patch)
                                request.Content!.Headers.ContentType = new("application/json-patch+json");
                        });
                    var isDone = response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PreconditionFailed;
                    if (what.Id != "none" && May(who, what, needed) != isDone)
                        wrong.Add($"{who} {method} {what}{rest}: {(int)response.StatusCode}");
                    if (what.Id == "none" && response.StatusCode == HttpStatusCode.OK)
                        wrong.Add($"{who} {method} {what}{rest}: what is not there was given");
                }
        }

        cells.Should().BeGreaterThan(5000);
        wrong.Should().BeEmpty();
    }

    [Fact]
    public void G56_A_type_without_class_and_a_table_that_is_not_understood_stop_the_start()
    {
        const string good = "version;1\ncitizen;*;*;Patient;rs;self;show";
        var types = string.Join('\n', R4.Definitions.ResourceTypes.Select(type => type + ";record"));

        PolicyTable.Read(good, types, "Patient;self;_id={patient.id}", R4.Definitions).Rows.Should().HaveCount(1);

        foreach (var (policy, classes, relations) in ((string, string, string)[])[
            (good, types.Replace("Slot;record\n", ""), "Patient;self;_id={patient.id}"), (good, types, ""), (good.Replace("Patient", "Nobody"), types, "Patient;self;_id=1"),
            (good.Replace(";rs;", ";rx;"), types, "Patient;self;_id=1"), (good.Replace("show", "all"), types, "Patient;self;_id=1"), (good.Replace("show", "1"), types, "Patient;self;_id=1"),
            (good.Replace("*;*", "own;*"), types, "Patient;self;_id=1"), (good.Replace("*;*", "b;*"), types, "Patient;self;_id=1"), (good[10..], types, "Patient;self;_id=1"),
            (good + ";more", types, "Patient;self;_id=1")])
        {
            var read = () => PolicyTable.Read(policy, classes, relations, R4.Definitions);
            read.Should().Throw<FormatException>();
        }
    }

    private static IEnumerable<(HttpMethod Method, string Suffix, ScopeInteractions Needed)> Cells() =>
    [
        (HttpMethod.Get, "", ScopeInteractions.Read), (HttpMethod.Get, "/_history/1", ScopeInteractions.Read), (HttpMethod.Get, "/_history", ScopeInteractions.Read),
        (HttpMethod.Get, "?_elements=id", ScopeInteractions.Read), (HttpMethod.Get, "/$meta", ScopeInteractions.Read),
        (HttpMethod.Put, "", ScopeInteractions.Update), (HttpMethod.Patch, "", ScopeInteractions.Update), (HttpMethod.Delete, "", ScopeInteractions.Delete),
    ];

    private static IEnumerable<(string Id, string Patient, string Worker, string Unit, string Task)> Bookings() =>
    [
        ("a1", "1", "1", "a", "lapsiperheet"), ("a2", "2", "2", "b", "lastensuojelu"), ("a3", "3", "1", "a", "lapsiperheet"), ("a4", "1", "2", "b", "lastensuojelu"),
        ("a5", "4", "3", "a", "lapsiperheet"), ("a6", "4", "3", "a", "lastensuojelu"),
    ];

    /// <summary>For client 3, who is not to be found, nobody acts at all.</summary>
    private static bool May(Who who, What what, ScopeInteractions interaction) =>
        who.Principal != "3" && Table.Rows.Any(row => row.WorkTask == who.WorkTask && (row.Interactions & interaction) == interaction
            && (row.Type == what.Type || row.Type == Table.Classes[what.Type]) && Says(row, who, what)
            && !(IsLabelled(what) && Hides(row, interaction)));

    private static bool Hides(PolicyRow row, ScopeInteractions interaction) => row.Labelled == LabelledClients.Hide
        || (row.Labelled == LabelledClients.Mask && interaction is ScopeInteractions.Update or ScopeInteractions.Delete);

    /// <summary>Client 3 is not to be found.</summary>
    private static bool IsLabelled(What what) => what.Patient == "3";

    private static bool Says(PolicyRow row, Who who, What what) =>
        (!row.OwnServiceTask || (what.Task.Length > 0 && what.Task == who.Task)) && (!row.OwnUnit || (what.Unit.Length > 0 && what.Unit == who.Unit))
        && row.Relation switch
        {
            "any" => true,
            "self" => what.Patient.Length > 0 && what.Patient == who.Patient,
            "principal" => what.Patient.Length > 0 && what.Patient == who.Principal,
            "participant" => what.Worker.Length > 0 && what.Worker == who.Worker,
            "own-client" => Bookings().Any(b => b.Patient == what.Patient && b.Worker == who.Worker),
            "unit-client" => Bookings().Any(b => b.Patient == what.Patient && b.Unit == who.Unit),
            "special-reason" => who.Reason is not null,
            _ => false,
        };

    private sealed record What(string Type, string Id, string Patient, string Worker, string Unit, string Task)
    {
        public override string ToString() => $"{Type}/{Id}";
    }

    private sealed record Who(
        string WorkTask, string Worker = "", string Unit = "", string Task = "", string? Reason = null, string? Patient = null, string? Principal = null)
    {
        public string Token(AccessWorld world) => this switch
        {
            { Patient: { } patient } => world.Citizen(patient),
            { Principal: { } principal } => world.Representative(principal),
            { Worker.Length: > 0 } => world.Staff(WorkTask, Worker, Unit, Task, reason: Reason),
            _ => world.Program(WorkTask == "program" ? null : WorkTask),
        };
    }
}
