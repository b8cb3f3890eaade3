using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Booking;

namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>The local code systems as resources.</summary>
internal static class DemoCodeSystems
{
    private static readonly (string Code, string Display)[] Modes =
        [("office", "Toimistolla"), ("phone", "Puhelu"), ("video", "Etäyhteys"), ("home", "Kotona tai muualla")];

    public static IEnumerable<ElementNode> All(CountyFigures figures) =>
    [
        System(DemoCodes.ServiceTasks, "Palvelutehtava", "Palvelutehtävä",
            [.. figures.Tasks.Select(t => (t.Code, t.Name))]),
        System(DemoCodes.SocialServices, "Sosiaalipalvelu", "Sosiaalipalvelu",
            [.. figures.Services.Select(s => (s.Code, s.Name)).Distinct()
                .OrderBy(s => s.Code, StringComparer.Ordinal)]),
        TimeTypes(figures.TimeTypes),
        System(Server.Booking.ContactModes.System, "Yhteystapa", "Yhteystapa", [.. Modes]),
    ];

    private static ElementNode System(
        string url, string name, string title, ImmutableArray<(string Code, string Display)> concepts) =>
        Head(url, name, title, concepts.Length)
            .AddEach("concept", concepts, (concept, c) => concept.Set("code", c.Code).Set("display", c.Display))
            .Build();

    /// <summary>Each concept says by its property <c>kind</c> whether it is a client type or an internal one.</summary>
    private static ElementNode TimeTypes(ImmutableArray<TimeType> types) =>
        Head(Server.Booking.TimeTypes.System, "Aikatyyppi", "Aikatyyppi", types.Length)
            .Add("property", property => property
                .Set("code", "kind")
                .Set("description", "client: a time with a client; internal: the organisation's own")
                .Set("type", "code"))
            .AddEach("concept", types, (concept, type) => concept
                .Set("code", type.Code)
                .Set("display", type.Name)
                .Add("property", kind => kind
                    .Set("code", "kind")
                    .Set("valueCode", type.IsInternal ? "internal" : "client")))
            .Build();

    private static ElementDraft Head(string url, string name, string title, int count) =>
        ElementDraft.Resource("CodeSystem", url[(url.LastIndexOf('/') + 1)..])
            .Set("url", url)
            .Set("name", name)
            .Set("title", title)
            .Set("status", "active")
            .Set("experimental", true)
            .Set("caseSensitive", true)
            .Set("content", "complete")
            .Set("count", count);
}
