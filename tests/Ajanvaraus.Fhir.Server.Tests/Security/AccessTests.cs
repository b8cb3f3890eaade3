using System.Text.RegularExpressions;
using System.Text.Json.Nodes;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>Who reaches which resources, over every path: docs/security.md, the access policy.</summary>
public sealed class AccessTests
{
    [DatabaseTheory, EachDatabase]
    public async Task Each_finds_what_the_policy_lets_them(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        var seen = new Dictionary<string, string>();
        foreach (var (who, token) in Callers(world))
            seen[who] = string.Join(' ', (await world.FoundAsync(token, "Appointment")).Select(r => r.Replace("Appointment/", "")));

        seen.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["loader"] = "a1 a2 a3 a4 a5 a6",
            ["citizen 1"] = "a1 a4",
            ["citizen 3"] = "a3",
            ["representative of 4"] = "a5 a6",
            ["representative of 3"] = "403",
            ["professional 1 of unit a, own task"] = "a1 a3 a5",
            ["professional 1 of unit a, other task"] = "a1 a3 a6",
            ["professional 2 of unit b"] = "a2 a4",
            ["the same with a special reason"] = "a2 a4 a6",
            ["desk"] = "a1 a5",
            ["lead of unit a"] = "a1 a3 a5 a6",
            ["administrator"] = "403",
            ["unknown work task"] = "403",
            ["booked of 26 only"] = "a4",
        });
    }

    [DatabaseTheory, EachDatabase]
    public async Task R20_What_leads_to_a_client_with_non_disclosure_is_told_on_no_path(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        string[] canaries = ["Canarycity3", "Canarystreet 3", "canary-3", "Canaryrelative3", "canary-a3"];
        (string Who, string Token)[] callers =
        [
            ("desk", world.Staff("ajanvaraus", "9", "b", "lapsiperheet")), ("guidance", world.Staff("neuvonta", "9", "a", "lapsiperheet")),
            ("colleague", world.Staff("ammattilainen", "3", "a", "lapsiperheet")), ("stranger", world.Staff("ammattilainen", "2", "b", "lapsiperheet")),
            ("special reason", world.Staff("ammattilainen", "2", "b", "lapsiperheet", reason: "1")), ("citizen", world.Citizen("1")),
            ("representative", world.Representative("3")), ("administrator", world.Staff("paakayttaja", "9", "a", "lapsiperheet")),
            ("program", world.Program("nothing")),
        ];
        var told = new List<string>();
        var answered = 0;

        foreach (var (who, token) in callers)
            foreach (var url in AccessRequests.Reads().Concat(AccessRequests.OfClient("3")))
            {
                var (status, body) = await world.GetAsync(token, url);
                answered += status == 200 ? 1 : 0;
                // The links of a search say again what was asked.
                var without = Uri.UnescapeDataString(url).Split('?', '&', '=', ' ').Aggregate(body, (text, word) => word.Contains("anary") ? text.Replace(word, "") : text);
                told.AddRange(canaries.Where(canary => without.Contains(canary, StringComparison.Ordinal)).Select(c => $"{who} {url} {c}"));
            }
        var (found, name) = await world.GetAsync(callers[0].Token, "Patient/3");
        var byAddress = await world.FoundAsync(callers[0].Token, "Patient?address-city=Canarycity3");
        var withoutAddress = await world.FoundAsync(callers[0].Token, "Patient?address-city:missing=true");
        var lead = await world.GetAsync(world.Staff("esihenkilo", "3", "a", "lapsiperheet"), "Patient/3");

        told.Should().BeEmpty();
        answered.Should().BeGreaterThan(100);
        found.Should().Be(200);
        name.Should().Contain("Client3").And.Contain("SUBSETTED");
        byAddress.Should().BeEmpty();
        withoutAddress.Should().Contain("Patient/3", "to whom the address is not told, there is none");
        lead.Body.Should().Contain("Canarycity3", "a lead of the client's unit is told everything");
    }

    [DatabaseTheory, EachDatabase]
    public async Task G51_Paired_worlds_look_the_same_to_who_may_not_see_what_differs(DatabaseEngine engine)
    {
        await using var one = await AccessWorld.StartAsync(engine);
        await using var other = await AccessWorld.StartAsync(engine, (reference, body) => reference switch
        {
            // A booking of child protection that is not there, another address of the client who is not to be found,
            // another relative, another flag.
            "Appointment/a2" => null,
            "Patient/3" => body.Replace("Canarycity3", "Elsewhere").Replace("canary-3", "other").Replace("Organization/a", "Organization/b"),
            "RelatedPerson/2" => body.Replace("Canaryrelative2", "Somebody"),
            "Flag/2" => null,
            _ => body,
        });
        Func<AccessWorld, string>[] callers =
        [
            w => w.Citizen("1"), w => w.Citizen("4"), w => w.Representative("4"), w => w.Staff("ammattilainen", "1", "a", "lapsiperheet"),
            w => w.Staff("ajanvaraus", "9", "b", "lapsiperheet"), w => w.Staff("neuvonta", "9", "b", "lapsiperheet"), w => w.Staff("paakayttaja", "9", "b", "x"),
            w => w.Program("nothing"), w => w.Citizen("1", "patient/Appointment.rs?status=booked patient/Patient.r"),
        ];
        string[] urls = [.. AccessRequests.Reads(), .. AccessRequests.OfClient("2"), .. AccessRequests.OfClient("3"), .. AccessRequests.OfClient("none")];
        var different = new List<string>();

        foreach (var (caller, n) in callers.Select((c, n) => (c, n)))
        {
            var (first, second) = (caller(one), caller(other));
            foreach (var url in urls)
            {
                var answers = (await AccessRequests.AnswerAsync(one, first, url), await AccessRequests.AnswerAsync(other, second, url));
                if (answers.Item1 != answers.Item2)
                    different.Add($"{n} {url}: {answers.Item1} {answers.Item2}");
            }
        }

        (callers.Length * urls.Length).Should().BeGreaterThan(1000);
        different.Should().BeEmpty();
    }

    [DatabaseTheory, EachDatabase]
    public async Task Lead_knows_clients_of_a_professional_of_the_unit_wherever_they_meet(DatabaseEngine engine)
    {
        await using var world = await AccessWorld.StartAsync(engine);
        await world.LoadAsync("Patient/5", """{"resourceType":"Patient","id":"5"}""");
        var visit = AccessWorld.Appointment("a7", "5", "2", "b", "lastensuojelu", "29");
        await world.LoadAsync("Appointment/a7", Regex.Replace(visit, ",\\s*\\{[^{]*\\{[^}]*Location/b[^}]*\\}[^}]*\\}", ""));

        var ofTheUnit = await world.FoundAsync(world.Staff("esihenkilo", "9", "b", "lastensuojelu"), "Patient?_id=5");
        var ofAnother = await world.FoundAsync(world.Staff("esihenkilo", "9", "a", "lastensuojelu"), "Patient?_id=5");

        (await world.GetAsync(world.Loader, "Appointment/a7")).Body.Should().NotContain("Location/");
        ofTheUnit.Should().Equal("Patient/5");
        ofAnother.Should().BeEmpty();
    }

    private static IEnumerable<(string Who, string Token)> Callers(AccessWorld world) =>
    [
        ("loader", world.Loader),
        ("citizen 1", world.Citizen("1")),
        ("citizen 3", world.Citizen("3")),
        ("representative of 4", world.Representative("4")),
        ("representative of 3", world.Representative("3")),
        ("professional 1 of unit a, own task", world.Staff("ammattilainen", "1", "a", "lapsiperheet")),
        ("professional 1 of unit a, other task", world.Staff("ammattilainen", "1", "a", "lastensuojelu")),
        ("professional 2 of unit b", world.Staff("ammattilainen", "2", "b", "lastensuojelu")),
        ("the same with a special reason", world.Staff("ammattilainen", "2", "b", "lastensuojelu", reason: "1")),
        ("desk", world.Staff("ajanvaraus", "9", "b", "lapsiperheet")),
        ("lead of unit a", world.Staff("esihenkilo", "3", "a", "lapsiperheet")),
        ("administrator", world.Staff("paakayttaja", "9", "a", "lapsiperheet")),
        ("unknown work task", world.Staff("siivous", "1", "a", "lapsiperheet")),
        ("booked of 26 only", world.Citizen("1", "patient/Appointment.rs?date=2026-11-26")),
    ];
}
