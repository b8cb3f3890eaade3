using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Security.Policy;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Security.Representation;

/// <summary>Reads what the registers tell of a client and of who wants to act for them, at one moment.</summary>
/// <remarks>
/// <para>A guardian is a RelatedPerson with the role GUARD. A mandate, or an entry of a register, is an active Consent of the
/// code system acting-basis, whose provision names whom it permits or denies, and until when. A Person joins the Patient or
/// Person that acts to the RelatedPerson that is named. What narrows a Consent besides gives no right at all.</para>
/// <para>Source: http://hl7.org/fhir/R4/consent.html , http://hl7.org/fhir/R4/person.html ; ADR 0031.</para>
/// </remarks>
internal sealed class RepresentationReader(ReadSession session, SearchQueryParser searches, Instant now)
{
    /// <summary>More of a kind is never so of people; the right of somebody with more is not sure.</summary>
    private const int Most = 200;

    private const int MostAppointments = 20_000;

    /// <summary>A provision with one of these allows a part, which nobody here tells from the whole.</summary>
    private static readonly string[] Narrowing = ["action", "securityLabel", "purpose", "class", "code", "dataPeriod", "data", "provision"];

    /// <returns>Null: it is not sure, for there is more than can be looked through.</returns>
    public async ValueTask<RepresentationFacts?> ReadAsync(string actor, string client)
    {
        var patient = await ReadAsync(client);
        var guardians = await FindAsync("RelatedPerson", ("patient", client), ("relationship", $"{RegisterFacts.RoleSystem}|{RegisterFacts.GuardianCode}"));
        var consents = await FindAsync("Consent", ("patient", client), ("status", "active"), ("category", RegisterFacts.BasisSystem + "|"));
        var inForce = guardians?.Where(g => g.Text("active") != "false" && IsNow(g["period"])).ToList();
        var names = await NamesAsync([actor, .. inForce?.Select(Reference) ?? []]);
        if (inForce is null || consents is null || names is null)
            return null;
        var hidden = await NonDisclosedAsync(names.Values);
        return new RepresentationFacts(
            names[actor],
            patient is not null && patient.Text("active") != "false" && patient["deceased"] is null or { Type.Name: "boolean", Value: "false" },
            patient is not null && SecurityLabels.IsNonDisclosure(patient),
            BirthDay.Parse(patient?.Text("birthDate")),
            [.. inForce.Select(g => Guardian(g, names[Reference(g)], hidden))],
            [.. consents.Select(Authority).OfType<Authority>()]);
    }

    /// <summary>The client's bookings of services that do not show them, at the age that they have.</summary>
    /// <returns>Null: it is not sure, for there are more than can be looked through.</returns>
    public async ValueTask<ImmutableArray<string>?> HiddenAsync(string client, BirthDay born, LocalDate today)
    {
        if (await FindAsync("Appointment", MostAppointments, ("patient", client)) is not { } found)
            return null;
        var rules = new AgeRules(session.ReadManyAsync);
        var appointments = found.Select(a => new AppointmentView(a)).ToImmutableArray();
        var services = await rules.ServicesAsync(appointments);
        var hidden = ImmutableArray.CreateBuilder<string>();
        for (var n = 0; n < appointments.Length; n++)
            if (!born.IsUnder((await rules.OfAsync(services[n])).GuardianSeesUntil!.Value, today))
                hidden.Add(appointments[n].Id!);
        return hidden.ToImmutable();
    }

    private static Guardian Guardian(ElementNode related, ImmutableHashSet<string> names, HashSet<string> hidden) => new(
        names, SecurityLabels.IsNonDisclosure(related) || names.Overlaps(hidden), SecurityLabels.IsTakenIntoCare(related));

    private Authority? Authority(ElementNode consent)
    {
        if (consent["provision"] is not { } provision)
            return null;
        var actors = provision.All("actor").Select(a => a["reference"]?.Text("reference")).OfType<string>().ToImmutableHashSet();
        var isDenied = provision.Text("type") == "deny";
        if (!isDenied && (provision.Text("type") != "permit" || !IsNow(provision["period"]) || Narrowing.Any(name => provision[name] is not null)
            || !RegisterFacts.Codes(consent, "category").Any(c => c is (RegisterFacts.BasisSystem, "mandate" or "register"))))
            return null;
        if (isDenied && !IsNow(provision["period"]))
            return null;
        var confirmed = consent.All("verification").Where(v => v.Text("verified") == "true")
            .Select(v => v["verifiedWith"]?.Text("reference")).OfType<string>().ToImmutableHashSet();
        return new Authority(actors, isDenied, confirmed);
    }

    private bool IsNow(ElementNode? period) => EntitlementCheck.PeriodOf(period) is var time && time.Start <= now && now < time.End;

    /// <summary>By each of the references all by which the same one is known: those that Persons link together.</summary>
    private async ValueTask<Dictionary<string, ImmutableHashSet<string>>?> NamesAsync(ImmutableArray<string> references)
    {
        var links = references.Where(r => LocalReference.Parse(r)?.Type != "Person").Distinct().ToList();
        var persons = links.Count == 0 ? [] : await FindAsync("Person", ("link", string.Join(',', links)));
        if (persons is null)
            return null;
        foreach (var person in references.Where(r => LocalReference.Parse(r)?.Type == "Person").Distinct())
            if (await ReadAsync(person) is { } known)
                persons.Add(known);
        var groups = persons.Where(p => p.Text("active") != "false")
            .Select(p => p.All("link").Select(l => l["target"]?.Text("reference")).OfType<string>().Append(Reference(p)).ToImmutableHashSet())
            .ToList();
        return references.Distinct().ToDictionary(
            r => r, r => groups.Where(g => g.Contains(r)).Aggregate(ImmutableHashSet.Create(r), (all, g) => all.Union(g)));
    }

    /// <summary>The Patients among them whose whereabouts are not to be told.</summary>
    private async ValueTask<HashSet<string>> NonDisclosedAsync(IEnumerable<ImmutableHashSet<string>> names)
    {
        var patients = names.SelectMany(n => n).Select(n => LocalReference.IdOf(n, "Patient")).OfType<string>().ToHashSet();
        return patients.Count == 0 ? [] : [.. (await session.ReadManyAsync("Patient", patients))
            .Select(StoredNodes.Parse).Where(SecurityLabels.IsNonDisclosure).Select(Reference)];
    }

    private async ValueTask<ElementNode?> ReadAsync(string reference) =>
        LocalReference.Parse(reference) is { } named && await session.ReadManyAsync(named.Type, [named.Id]) is [var stored]
            ? StoredNodes.Parse(stored)
            : null;

    private ValueTask<List<ElementNode>?> FindAsync(string type, params (string Name, string Value)[] criteria) => FindAsync(type, Most, criteria);

    /// <summary>Null: there are more than that.</summary>
    private async ValueTask<List<ElementNode>?> FindAsync(string type, int most, params (string Name, string Value)[] criteria)
    {
        var query = searches.Parse([type], [.. criteria.Select(c => new KeyValuePair<string, string>(c.Name, c.Value))], SearchHandling.Strict);
        if (query.Failed)
            throw new InvalidOperationException(query.Problem.Issues[0].Text);
        var found = await session.FindAsync(type, query.Value.Expression, most + 1);
        return found.Length > most ? null : [.. found.Select(StoredNodes.Parse)];
    }

    private static string Reference(ElementNode resource) => $"{resource.Type.Name}/{resource.Id}";
}
