using System.Collections.Immutable;

using Ajanvaraus.Fhir.Server.Security.Representation;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Tests.Security;

/// <summary>Who may act for a client: the decision table, row by row.</summary>
public sealed class RepresentationRuleTests
{
    private static readonly LocalDate Today = new(2026, 11, 23);

    private static readonly Guardian Me = new(["RelatedPerson/me", "Patient/me"]);

    private static readonly Guardian Other = new(["RelatedPerson/other"]);

    private static readonly Authority Given = new(["RelatedPerson/me"]);

    private static readonly RepresentationFacts Child = new(["Patient/me", "RelatedPerson/me"], true, false, BirthDay.Parse("2016-05-02"), [Me], []);

    private static readonly RepresentationFacts Adult = Child with { Born = BirthDay.Parse("1990-01-01"), Guardians = [], Authorities = [Given] };

    private static readonly Dictionary<string, (RepresentationFacts Facts, Capacity Expected)> Table = new()
    {
        ["a guardian"] = (Child, Capacity.Guardian),
        ["one of two guardians"] = (Child with { Guardians = [Me, Other] }, Capacity.Guardian),
        ["nobody's guardian"] = (Child with { Guardians = [] }, Capacity.None),
        ["another is the guardian"] = (Child with { Guardians = [Other] }, Capacity.None),
        ["the client is not there, not active or dead"] = (Child with { IsClient = false }, Capacity.None),
        ["the child's whereabouts are kept"] = (Child with { IsNonDisclosed = true }, Capacity.None),
        ["the adult's whereabouts are kept"] = (Adult with { IsNonDisclosed = true }, Capacity.None),
        ["taken into care"] = (Child with { Guardians = [Me with { IsTakenIntoCare = true }] }, Capacity.None),
        ["taken into care, said of the other"] = (Child with { Guardians = [Me, Other with { IsTakenIntoCare = true }] }, Capacity.None),
        ["taken into care, with a mandate"] = (
            Child with { Guardians = [Other with { IsTakenIntoCare = true }], Authorities = [Given with { ConfirmedBy = ["RelatedPerson/other"] }] }, Capacity.None),
        ["the only guardian's whereabouts are kept"] = (Child with { Guardians = [Me with { IsNonDisclosed = true }] }, Capacity.None),
        ["both guardians' whereabouts are kept"] = (
            Child with { Guardians = [Me with { IsNonDisclosed = true }, Other with { IsNonDisclosed = true }] }, Capacity.None),
        ["mine alone are kept"] = (Child with { Guardians = [Me with { IsNonDisclosed = true }, Other] }, Capacity.Guardian),
        ["the other's alone are kept"] = (Child with { Guardians = [Me, Other with { IsNonDisclosed = true }] }, Capacity.None),
        ["two of three are kept"] = (
            Child with { Guardians = [Me with { IsNonDisclosed = true }, Other with { IsNonDisclosed = true }, new(["RelatedPerson/third"])] }, Capacity.None),
        ["the right was taken away"] = (Child with { Authorities = [Given with { IsDenied = true }] }, Capacity.None),
        ["another's right was taken away"] = (Child with { Authorities = [new(["RelatedPerson/other"], IsDenied: true)] }, Capacity.Guardian),
        ["17 until tomorrow"] = (Child with { Born = BirthDay.Parse("2008-11-24") }, Capacity.Guardian),
        ["18 today"] = (Child with { Born = BirthDay.Parse("2008-11-23") }, Capacity.None),
        ["born in the month of 18"] = (Child with { Born = BirthDay.Parse("2008-11") }, Capacity.None),
        ["born in the year of 18"] = (Child with { Born = BirthDay.Parse("2008") }, Capacity.None),
        ["born in a year surely later"] = (Child with { Born = BirthDay.Parse("2009") }, Capacity.Guardian),
        ["birth date not told"] = (Child with { Born = null }, Capacity.None),
        ["birth date not told, with a mandate"] = (Adult with { Born = null }, Capacity.None),
        ["a mandate of an adult"] = (Adult, Capacity.Mandate),
        ["another's mandate"] = (Adult with { Authorities = [new(["RelatedPerson/other"])] }, Capacity.None),
        ["a mandate of an adult, and taken away"] = (Adult with { Authorities = [Given, Given with { IsDenied = true }] }, Capacity.None),
        ["no mandate of an adult"] = (Adult with { Authorities = [] }, Capacity.None),
        ["once a guardian of who is an adult now"] = (Adult with { Authorities = [], Guardians = [Me] }, Capacity.None),
        ["a mandate that all guardians confirmed"] = (
            Child with { Guardians = [Other], Authorities = [Given with { ConfirmedBy = ["RelatedPerson/other"] }] }, Capacity.Mandate),
        ["a mandate that one of two confirmed"] = (
            Child with { Guardians = [Other, new(["RelatedPerson/third"])], Authorities = [Given with { ConfirmedBy = ["RelatedPerson/other"] }] }, Capacity.None),
        ["a mandate that no guardian confirmed"] = (Child with { Guardians = [Other], Authorities = [Given] }, Capacity.None),
        ["a mandate of a minor without guardians"] = (Child with { Guardians = [], Authorities = [Given with { ConfirmedBy = [] }] }, Capacity.None),
        ["a mandate of a minor one of whose guardians is hidden"] = (
            Child with { Guardians = [Other with { IsNonDisclosed = true }], Authorities = [Given with { ConfirmedBy = ["RelatedPerson/other"] }] }, Capacity.None),
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory, MemberData(nameof(Names))]
    public void R22_Right_to_act_for_another_is_decided_by_the_table(string row)
    {
        var (facts, expected) = Table[row];

        RepresentationRules.Decide(facts, Today).Should().Be(expected);
    }

    [Theory]
    [InlineData("2014-11-23", 12, "2026-11-22", false)]
    [InlineData("2014-11-23", 12, "2026-11-23", true)]
    [InlineData("2008-02-29", 18, "2026-02-27", false)]
    [InlineData("2008-02-29", 18, "2026-02-28", true)]
    [InlineData("2008-02-29", 20, "2028-02-28", false)]
    [InlineData("2008-02-29", 20, "2028-02-29", true)]
    [InlineData("2014-11", 12, "2026-11-29", false)]
    [InlineData("2014-11", 12, "2026-11-30", true)]
    [InlineData("2014", 12, "2026-12-30", false)]
    [InlineData("2014", 12, "2026-12-31", true)]
    [InlineData("2014", 2147483647, "2026-12-31", false)]
    public void R22_Age_is_reached_on_the_birthday(string born, int age, string today, bool isReached)
    {
        var day = NodaTime.Text.LocalDatePattern.Iso.Parse(today).Value;

        BirthDay.Parse(born)!.Value.HasReached(age, day).Should().Be(isReached);
    }

    [Fact]
    public void R22_Text_that_is_no_date_tells_no_age()
    {
        new[] { null, "", "20", "2014-13", "2014-02-30", "yesterday" }.Select(BirthDay.Parse).Should().AllSatisfy(b => b.Should().BeNull());
    }
}
