using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Conformance;

namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>The local code systems as resources that can be read and searched: those of the package.</summary>
internal static class DemoCodeSystems
{
    private static readonly string[] Urls =
        [DemoCodes.ServiceTasks, DemoCodes.SocialServices, Server.Booking.TimeTypes.System, Server.Booking.ContactModes.System];

    public static IEnumerable<ElementNode> All() =>
        Urls.Select(url => ProfilePackage.Instance.Find("CodeSystem", url)!);
}
