using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Server.Security;
using Ajanvaraus.Fhir.Server.Security.Policy;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>Scopes: what each grants, and that whatever is written in any other way grants nothing.</summary>
public sealed class SmartScopeTests
{
    private static readonly SearchParameterRegistry Parameters = new(R4.Definitions);

    private static readonly SearchQueryParser Searches =
        new(Parameters, new SearchSettings { BaseUrl = "http://127.0.0.1/fhir", Clock = TimeProvider.System });

    private static readonly SmartScopeParser Parser = new(R4.Definitions, Searches);

    private static readonly AccessRules Rules = new(
        Parser, new AccessPolicy(PolicyTable.Read(TestIssuer.PolicyOfScopesAlone, R4.Definitions), Parameters, Searches));

    private static readonly string[] Contexts = ["patient", "user", "system"];

    private static readonly string[] Types = ["Appointment", "Slot", "Patient", "*"];

    /// <summary>All 31 ways to write letters in their order, in three contexts over four types: 372 scopes.</summary>
    public static TheoryData<string, ScopeContext, string, ScopeInteractions> Letters()
    {
        var data = new TheoryData<string, ScopeContext, string, ScopeInteractions>();
        foreach (var (context, number) in Contexts.Select((c, n) => (c, n)))
            foreach (var type in Types)
                for (var set = 1; set <= (int)ScopeInteractions.All; set++)
                {
                    var letters = string.Concat("cruds".Where((_, place) => (set & (1 << place)) != 0));
                    data.Add($"{context}/{type}.{letters}", (ScopeContext)number, type, (ScopeInteractions)set);
                }
        return data;
    }

    /// <summary>Of the 5 ⋅ 5 pairs and all longer words over <c>cruds</c> with one letter out of its place.</summary>
    public static TheoryData<string> Misordered()
    {
        var data = new TheoryData<string>();
        const string letters = "cruds";
        for (var a = 0; a < letters.Length; a++)
            for (var b = 0; b <= a; b++)
            {
                data.Add($"user/Appointment.{letters[a]}{letters[b]}");
                data.Add($"patient/*.{letters[a]}{letters[b]}s");
                data.Add($"system/Slot.c{letters[a]}{letters[b]}");
            }
        return data;
    }

    [Theory, MemberData(nameof(Letters))]
    public void Scope_in_order_grants_what_its_letters_say(
        string scope, ScopeContext context, string type, ScopeInteractions interactions)
    {
        var read = Parser.Parse(scope);

        read.Should().NotBeNull();
        (read!.Context, read.Type, read.Interactions).Should().Be((context, type, interactions));
        read.Text.Should().Be(scope);
    }

    [Theory, MemberData(nameof(Misordered))]
    public void Letters_repeated_or_out_of_order_grant_nothing(string scope) => Parser.Parse(scope).Should().BeNull();

    [Theory]
    [InlineData("user/Appointment.read", ScopeInteractions.Read | ScopeInteractions.Search)]
    [InlineData("patient/*.write", ScopeInteractions.Create | ScopeInteractions.Update | ScopeInteractions.Delete)]
    [InlineData("system/*.*", ScopeInteractions.All)]
    public void Scope_of_version_1_is_mapped(string scope, ScopeInteractions interactions) =>
        Parser.Parse(scope)!.Interactions.Should().Be(interactions);

    [Theory]
    [InlineData("")]
    [InlineData("openid")]
    [InlineData("fhirUser")]
    [InlineData("launch/patient")]
    [InlineData("offline_access")]
    [InlineData("user/")]
    [InlineData("user/Appointment")]
    [InlineData("user/Appointment.")]
    [InlineData("user/.rs")]
    [InlineData("/Appointment.rs")]
    [InlineData("Appointment.rs")]
    [InlineData("User/Appointment.rs")]
    [InlineData("USER/Appointment.rs")]
    [InlineData("users/Appointment.rs")]
    [InlineData("patient:Appointment.rs")]
    [InlineData("patient//Appointment.rs")]
    [InlineData("patient/appointment.rs")]
    [InlineData("patient/APPOINTMENT.rs")]
    [InlineData("patient/Appointments.rs")]
    [InlineData("patient/Resource.rs")]
    [InlineData("patient/DomainResource.rs")]
    [InlineData("patient/**.rs")]
    [InlineData("patient/App*.rs")]
    [InlineData("patient/Appointment,Slot.rs")]
    [InlineData("patient/Appointment.RS")]
    [InlineData("patient/Appointment.rS")]
    [InlineData("patient/Appointment.x")]
    [InlineData("patient/Appointment.rsx")]
    [InlineData("patient/Appointment.r s")]
    [InlineData("patient/Appointment.Read")]
    [InlineData("patient/Appointment.reads")]
    [InlineData("patient/Appointment.readwrite")]
    [InlineData("patient/Appointment.**")]
    [InlineData("patient/Appointment.rs.read")]
    [InlineData("patient/Appointment.rs/read")]
    [InlineData(" patient/Appointment.rs")]
    [InlineData("patient/Appointment.rs ")]
    [InlineData("patient/Appointment\u0000.rs")]
    [InlineData("patient/Appointment.rs\n")]
    [InlineData("patient/\u0391ppointment.rs")]
    [InlineData("patient/Appointment.ｒｓ")]
    [InlineData("patient\\Appointment.rs")]
    [InlineData("\"patient/Appointment.rs\"")]
    [InlineData("*/Appointment.rs")]
    [InlineData("*/*.*")]
    [InlineData("admin/*.*")]
    public void Scope_that_is_written_otherwise_grants_nothing(string scope) => Parser.Parse(scope).Should().BeNull();

    [Theory]
    [InlineData("patient/Appointment.rs?status=booked", 1)]
    [InlineData("user/Appointment.cruds?status=booked&status=arrived", 2)]
    [InlineData("system/Slot.rs?service-type=http://example.org/codes|a", 1)]
    [InlineData("user/Appointment.rs?date=ge2026-01-01&date=lt2027-01-01", 2)]
    [InlineData("user/Appointment.r?status:not=cancelled", 1)]
    [InlineData("user/Appointment.rs?service-type=a%7Cb", 1)]
    [InlineData("user/Slot.s?schedule=Schedule/1", 1)]
    public void Scope_with_parameters_keeps_them_as_a_condition(string scope, int parameters)
    {
        var read = Parser.Parse(scope)!;

        read.Parameters.Should().HaveCount(parameters);
        read.Criteria.Should().NotBeNull();
    }

    [Theory]
    [InlineData("patient/Appointment.rs?")]
    [InlineData("patient/Appointment.rs?status")]
    [InlineData("patient/Appointment.rs?status=")]
    [InlineData("patient/Appointment.rs?=booked")]
    [InlineData("patient/Appointment.rs?status=booked&")]
    [InlineData("patient/Appointment.rs?&status=booked")]
    [InlineData("patient/Appointment.rs?status=booked&nosuch=1")]
    [InlineData("patient/Appointment.rs?nosuch=1")]
    [InlineData("patient/Appointment.rs?Status=booked")]
    [InlineData("patient/Appointment.rs?status:nosuch=booked")]
    [InlineData("patient/Appointment.rs?date=yesterday")]
    [InlineData("patient/Appointment.rs?_format=json")]
    [InlineData("patient/Appointment.rs?status=booked&_format=json")]
    [InlineData("patient/Appointment.rs?status=booked&_cursor=1")]
    [InlineData("patient/Appointment.rs?_count=1")]
    [InlineData("patient/Appointment.rs?status=booked&_include=*")]
    [InlineData("patient/Appointment.rs?_sort=date")]
    [InlineData("patient/Appointment.rs?_summary=count")]
    [InlineData("patient/Appointment.rs?_elements=status")]
    [InlineData("patient/Appointment.rs?_revinclude:iterate=Slot:schedule")]
    [InlineData("patient/Appointment.rs?_type=Slot")]
    [InlineData("patient/Appointment.rs?_query=x")]
    [InlineData("patient/Appointment.rs?_filter=status%20eq%20booked")]
    [InlineData("patient/Appointment.rs?_has:Encounter:appointment:status=planned")]
    [InlineData("patient/Appointment.rs?patient.name=a")]
    [InlineData("patient/Appointment.rs?patient:Patient.name=a")]
    [InlineData("patient/Appointment.rs?status:in=http://example.org/vs")]
    [InlineData("patient/Appointment.rs?service-type:below=http://example.org/codes|a")]
    [InlineData("patient/Appointment.rs?_text=a")]
    [InlineData("patient/Appointment.rs?_content=a")]
    [InlineData("patient/Appointment.rs?status=%2")]
    [InlineData("patient/Appointment.rs?status=%zz")]
    [InlineData("patient/Appointment.rs?status=%")]
    [InlineData("patient/*.rs?status=booked")]
    [InlineData("patient/*.rs?_lastUpdated=ge2026")]
    [InlineData("patient/Appointment.read?status=booked")]
    [InlineData("patient/Appointment.*?status=booked")]
    public void Scope_whose_parameters_are_not_plain_grants_nothing(string scope) => Parser.Parse(scope).Should().BeNull();

    [Fact]
    public void What_is_wrong_with_one_scope_takes_nothing_from_the_others()
    {
        var scopes = Parser.ParseAll("openid user/Appointment.sr  user/Slot.rs launch user/Nosuch.r patient/Patient.r");

        scopes.Select(s => s.Text).Should().Equal("user/Slot.rs", "patient/Patient.r");
    }

    [Fact]
    public void Scope_with_parameters_grants_what_meets_them()
    {
        var identity = Holding("user/Appointment.rs?status=booked user/Slot.s user/*.u");

        identity.MayReach("Appointment", ScopeInteractions.Read).Should().BeTrue();
        identity.ReachesAll("Appointment", ScopeInteractions.Read).Should().BeFalse();
        identity.Reach(ScopeInteractions.Read)!.Of("Appointment").Should().Be(identity.Scopes[0].Criteria);
        identity.ReachesAll("Slot", ScopeInteractions.Search).Should().BeTrue();
        identity.MayReach("Slot", ScopeInteractions.Search | ScopeInteractions.Read).Should().BeFalse();
        identity.ReachesAll("Appointment", ScopeInteractions.Update).Should().BeTrue();
        identity.ReachesAll("Slot", ScopeInteractions.Search | ScopeInteractions.Update).Should().BeTrue("scopes add up");
    }

    [Fact]
    public void Identity_that_went_with_work_in_the_background_comes_back_the_same()
    {
        var identity = (Holding("user/Slot.rs user/Appointment.rs?status=booked") with
        {
            Issuer = "https://issuer.example", Subject = "s", ClientId = "c", TokenId = "t",
            FhirUser = "Practitioner/1", Patient = "Patient/1", OnBehalfOf = "Patient/2",
            Units = ["Organization/1", "Location/2"], WorkTask = "w", ServiceTasks = ["a", "b"], SpecialReason = "r",
            PurposesOfUse = ["p"], Assurance = "substantial",
            Expires = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero),
        }).WithPrincipal().Under(Rules.Policy);

        var read = IdentityJson.Read(IdentityJson.Write(identity), Rules);

        read.Should().BeEquivalentTo(identity, o => o.Excluding(i => i.Scopes).Excluding(i => i.Access));
        read.ReachesAll("Slot", ScopeInteractions.Search).Should().BeFalse("no row of the policy is of that work task");
        read.Scopes.Select(s => s.Text).Should().Equal("user/Slot.rs", "user/Appointment.rs?status=booked");
        read.Principal.Should().HaveLength(64).And.NotBe((identity with { OnBehalfOf = null }).WithPrincipal().Principal);
        IdentityJson.Read(null, Rules).Should().BeSameAs(Identity.Nobody);
        IdentityJson.Read(IdentityJson.Write(Identity.Open), Rules).IsUnlimited.Should().BeTrue();
    }

    private static Identity Holding(string scopes) =>
        new Identity { Kind = CallerKind.Staff, WorkTask = "ohjaus", Scopes = Parser.ParseAll(scopes) }.Under(Rules.Policy);
}
