using System.Globalization;

using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Core.Search;
using Ajanvaraus.Fhir.Core.Search.Query;
using Ajanvaraus.Fhir.Testing;

using FsCheck;
using FsCheck.Fluent;

namespace Ajanvaraus.Fhir.Core.Tests.Search;

public sealed class SearchQueryParserTests
{
    [Theory]
    [InlineData("Slot", "nothing=1", "AJV-2101")]
    [InlineData("Slot", "status:exact=free", "AJV-2102")]
    [InlineData("Slot", "start:not=2026", "AJV-2102")]
    [InlineData("Slot", "schedule:Nothing=1", "AJV-2102")]
    [InlineData("Slot", "status:in=http://v", "AJV-2114")]
    [InlineData("Slot", "start=2026-13-01", "AJV-2103")]
    [InlineData("Slot", "start=tomorrow", "AJV-2104")]
    [InlineData("Slot", "start=xx2026", "AJV-2104")]
    [InlineData("Slot", "status=a|b|c", "AJV-2103")]
    [InlineData("Slot", "status=free,", "AJV-2103")]
    [InlineData("Slot", "status:missing=maybe", "AJV-2103")]
    [InlineData("Slot", "schedule=not an id", "AJV-2103")]
    [InlineData("Observation", "value-quantity=abc", "AJV-2104")]
    [InlineData("Observation", "value-quantity=5|x", "AJV-2103")]
    [InlineData("Slot", "start.name=x", "AJV-2105")]
    [InlineData("Slot", "schedule.nothing=x", "AJV-2105")]
    [InlineData("Slot", "schedule:Nothing.actor=x", "AJV-2107")]
    [InlineData("Slot", "_list=$current-mood", "AJV-2103")]
    [InlineData("Slot", "_has:Appointment=x", "AJV-2112")]
    [InlineData("Slot", "_has:Appointment:patient:status=booked", "AJV-2112")]
    [InlineData("Slot", "_has:Nothing:slot:status=booked", "AJV-2107")]
    [InlineData("Slot", "_count=-1", "AJV-2106")]
    [InlineData("Slot", "_total=all", "AJV-2106")]
    [InlineData("Slot", "_summary=yes", "AJV-2106")]
    [InlineData("Slot", "_include=Slot:start", "AJV-2108")]
    [InlineData("Slot", "_revinclude=*", "AJV-2108")]
    [InlineData("Slot", "_sort=nothing", "AJV-2109")]
    [Rule("search", "modifiers", "A modifier that does not apply to the parameter is refused with 400 and an OperationOutcome.")]
    public void Query_that_cannot_be_read_is_invalid_and_names_the_parameter(string type, string query, string id)
    {
        var outcome = Searching.Parse(type, query);

        outcome.Problem!.Kind.Should().Be(ProblemKind.Invalid);
        var issue = outcome.Problem.Issues.Should().ContainSingle().Subject;
        issue.Id.Should().Be(id);
        issue.Expression.Should().Be("http." + query.Split('=')[0]);
    }

    [Fact]
    public void Refusal_tells_every_finding_and_no_value()
    {
        var outcome = Searching.Parse("Patient", "birthdate=010190-123A&nothing=010190-123A&gender:x=010190-123A");

        outcome.Problem!.Issues.Should().HaveCount(3);
        outcome.Problem.Issues.Should().OnlyContain(issue => !issue.ToString().Contains("010190"));
    }

    [Fact]
    public void Unknown_parameter_under_lenient_handling_is_a_warning_and_not_applied()
    {
        var query = Searching.Parse("Slot", "status=free&nothing=1", SearchHandling.Lenient).Value!;

        query.Warnings.Should().ContainSingle().Which.Severity.Should().Be(IssueSeverity.Warning);
        query.Applied.Select(pair => pair.Key).Should().Equal("status");
    }

    [Fact]
    public void Bad_value_under_lenient_handling_is_still_an_error() =>
        Searching.Parse("Slot", "start=nonsense", SearchHandling.Lenient).Failed.Should().BeTrue();

    [Fact]
    public void Or_by_comma_and_and_by_repetition_nest_in_that_order()
    {
        var expression = Searching.Expression("Slot", "status=free,busy&status:not=entered-in-error");

        var and = expression.Should().BeOfType<AndExpression>().Subject;
        and.Operands[0].Should().BeOfType<OrExpression>().Which.Operands.Should().HaveCount(2);
        and.Operands[1].Should().BeOfType<NotExpression>().Which.Operand.Should().BeOfType<TokenExpression>();
    }

    [Theory]
    [InlineData("free", null, "free")]
    [InlineData("urn:s|free", "urn:s", "free")]
    [InlineData("|free", "", "free")]
    [InlineData("urn:s|", "urn:s", null)]
    [InlineData(@"a\|b", null, "a|b")]
    [InlineData(@"a\,b", null, "a,b")]
    [InlineData(@"a\\b\$c", null, @"a\b$c")]
    public void Token_is_read_in_its_four_forms_with_escapes(string value, string? system, string? code)
    {
        var token = Searching.Expression("Slot", "status=" + value).Should().BeOfType<TokenExpression>().Subject;

        token.System.Should().Be(system);
        token.Code.Should().Be(code);
    }

    [Theory]
    [InlineData("2026", "2025-12-31T22:00:00Z", "2026-12-31T22:00:00Z")]
    [InlineData("2026-10", "2026-09-30T21:00:00Z", "2026-10-31T22:00:00Z")]
    [InlineData("2026-10-25", "2026-10-24T21:00:00Z", "2026-10-25T22:00:00Z")]
    [InlineData("2026-03-29", "2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z")]
    [InlineData("2026-11-22T09:00", "2026-11-22T07:00:00Z", "2026-11-22T07:01:00Z")]
    [InlineData("2026-11-22T09:00:00Z", "2026-11-22T09:00:00Z", "2026-11-22T09:00:01Z")]
    [InlineData("2026-11-22T09:00:00+02:00", "2026-11-22T07:00:00Z", "2026-11-22T07:00:01Z")]
    [InlineData("2026-11-22T09:00:00 02:00", "2026-11-22T07:00:00Z", "2026-11-22T07:00:01Z")]
    [InlineData("2026-11-22T09:00:00.5Z", "2026-11-22T09:00:00.5Z", "2026-11-22T09:00:00.6Z")]
    public void Date_covers_what_its_precision_leaves_open(string value, string start, string end)
    {
        var date = Searching.Expression("Slot", "start=" + value).Should().BeOfType<DateExpression>().Subject;

        date.Start.Should().Be(Searching.Micros(start));
        date.End.Should().Be(Searching.Micros(end));
    }

    [Fact]
    public void Date_written_at_any_precision_contains_the_instant_it_was_cut_from()
    {
        string[] formats = ["yyyy", "yyyy-MM", "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss",
            "yyyy-MM-dd'T'HH:mm:ss.fff"];
        var minutes = Gen.Choose(0, 60 * 24 * 365 * 80).ToArbitrary();

        Prop.ForAll(minutes, minute =>
        {
            var instant = new DateTimeOffset(1970, 1, 2, 0, 0, 0, TimeSpan.Zero).AddMinutes(minute);
            var local = Searching.Helsinki.Convert(instant);
            var micros = (instant.UtcTicks - DateTime.UnixEpoch.Ticks) / 10;
            return formats.All(format =>
            {
                // A time that autumn repeats needs its offset to say which of the two is meant.
                var offset = format.Length > 10 ? "zzz" : "";
                var text = local.ToString(format + offset, CultureInfo.InvariantCulture);
                var date = (DateExpression)Searching.Expression("Slot", "start=" + text)!;
                return date.Start <= micros && micros < date.End;
            });
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("schedule=1", "Schedule", "1")]
    [InlineData("schedule=Schedule/1", "Schedule", "1")]
    [InlineData("schedule:Schedule=1", "Schedule", "1")]
    [InlineData("schedule=https://own.example/fhir/Schedule/1", "Schedule", "1")]
    [InlineData("schedule=Schedule/1/_history/3", "Schedule", "1")]
    public void Reference_to_this_server_is_type_and_id(string query, string type, string id)
    {
        var reference = Searching.Expression("Slot", query).Should().BeOfType<ReferenceExpression>().Subject;

        reference.TargetType.Should().Be(type);
        reference.TargetId.Should().Be(id);
    }

    [Fact]
    public void Reference_elsewhere_is_a_uri_without_version()
    {
        var expression = Searching.Expression("Slot", "schedule=https://else.example/Schedule/1/_history/4");

        expression.Should().BeOfType<ReferenceUriExpression>()
            .Which.Uri.Should().Be("https://else.example/Schedule/1");
    }

    [Fact]
    public void Chain_of_two_steps_with_types_is_read()
    {
        var expression = Searching.Expression("Slot", "schedule:Schedule.actor:Practitioner.identifier=urn:i|7");

        var first = expression.Should().BeOfType<ChainExpression>().Subject;
        var second = first.Operand.Should().BeOfType<ChainExpression>().Subject;
        second.TargetType.Should().Be("Practitioner");
        second.Operand.Should().BeOfType<TokenExpression>().Which.Code.Should().Be("7");
    }

    [Fact]
    public void Chain_without_type_takes_every_target_that_has_the_parameter()
    {
        var expression = Searching.Expression("Schedule", "actor.family=x");

        var types = expression is OrExpression or
            ? or.Operands.Cast<ChainExpression>().Select(chain => chain.TargetType)
            : [((ChainExpression)expression!).TargetType];
        types.Should().BeEquivalentTo("Patient", "Practitioner");
    }

    [Fact]
    public void Has_with_a_chain_inside_is_read()
    {
        var expression = Searching.Expression("Patient", "_has:Appointment:patient:slot.status=free");

        var has = expression.Should().BeOfType<HasExpression>().Subject;
        has.SourceType.Should().Be("Appointment");
        has.Operand.Should().BeOfType<ChainExpression>();
    }

    [Fact]
    public void Chain_over_any_type_again_and_again_is_refused_as_too_costly()
    {
        var name = string.Join('.', Enumerable.Repeat("focus", 7)) + "._id";

        var outcome = Searching.Parse("Task", name + "=1");

        outcome.Problem!.Issues.Should().ContainSingle().Which.Id.Should().Be("AJV-2110");
    }

    [Theory]
    [InlineData("name=a", 32, true)]
    [InlineData("name=a", 33, false)]
    [InlineData("name=a,b,c,d,e,f,g,h,i,j", 20, true)]
    [InlineData("name=a,b,c,d,e,f,g,h,i,j", 21, false)]
    [InlineData("name=a", 3000, false)]
    [InlineData("_id=a", 3000, false)]
    [InlineData("_include=Patient:organization", 3000, false)]
    [InlineData("_revinclude=Appointment:patient", 200, true)]
    [InlineData("_revinclude=Appointment:patient", 201, false)]
    [InlineData("_sort=name", 3000, false)]
    [InlineData("general-practitioner:Practitioner.name=a,b", 33, false)]
    [InlineData("_has:Appointment:patient:status=booked", 201, false)]
    public void Query_of_more_leaves_than_a_database_takes_is_too_costly(string pair, int times, bool isTaken)
    {
        var query = string.Join('&', Enumerable.Repeat(pair, times));

        var outcome = Searching.Parse("Patient", query);

        outcome.Failed.Should().Be(!isTaken);
        if (!isTaken)
            outcome.Problem!.Issues.Should().ContainSingle().Which.Id.Should().Be("AJV-2110");
    }

    [Fact]
    public void Result_parameters_are_read_and_the_count_is_clamped()
    {
        var query = Searching.Parse("Slot",
            "_count=5000&_sort=-start,_id&_total=accurate&_elements=id,start&_summary=data"
            + "&_include=Slot:schedule&_include:recurse=Schedule:actor:Practitioner&_revinclude=Appointment:slot"
            + "&_format=json&_pretty=true").Value!;

        query.Count.Should().Be(1000);
        query.Sort.Select(key => (key.Code, key.Descending)).Should().Equal(("start", true), ("_id", false));
        query.Total.Should().Be(TotalMode.Accurate);
        query.Elements.Should().Equal("id", "start");
        query.Includes.Should().HaveCount(2);
        query.Includes[1].Should().Match<IncludeDirective>(i => i.Iterate && i.TargetType == "Practitioner");
        query.RevIncludes.Should().ContainSingle();
        query.Applied.Length.Should().Be(8);
    }

    [Fact]
    public void Search_without_parameters_has_no_expression_and_the_default_count()
    {
        var query = Searching.Parser.Parse(["Slot"], []).Value!;

        query.Expression.Should().BeNull();
        query.Count.Should().Be(50);
    }

    [Fact]
    public void Type_narrows_a_search_over_the_whole_system()
    {
        var query = Searching.Parser.Parse(
            ["Patient", "Schedule", "Slot"],
            [KeyValuePair.Create("_type", "Slot,Patient"), KeyValuePair.Create("_tag", "x")]).Value!;

        query.ResourceTypes.Should().Equal("Patient", "Slot");
        query.Expression.Should().BeOfType<OrExpression>().Which.Operands.Should().HaveCount(2);
    }

    [Fact]
    public void Type_that_leaves_one_type_is_read_and_applied()
    {
        var query = Searching.Parser.Parse(["Patient", "Slot"], [KeyValuePair.Create("_type", "Slot")]).Value!;

        query.ResourceTypes.Should().Equal("Slot");
        query.Applied.Select(pair => pair.Key).Should().Equal("_type");
    }

    [Theory]
    [InlineData("_id")]
    [InlineData("family:exact")]
    [InlineData("identifier")]
    [InlineData("general-practitioner:Practitioner.name")]
    public void Zero_character_is_refused_because_no_database_takes_it(string name)
    {
        var outcome = Searching.Parser.Parse(["Patient"], [KeyValuePair.Create(name, "a\0b")]);

        outcome.Problem!.Kind.Should().Be(ProblemKind.Invalid);
    }

    [Theory]
    [InlineData("x", 130, 128)]
    [InlineData("😀", 70, 128)]
    [InlineData("x😀", 70, 127)]
    public void Label_is_compared_by_as_much_as_an_index_holds(string part, int times, int expected)
    {
        var label = string.Concat(Enumerable.Repeat(part, times));

        var expression = Searching.Expression("Observation", "code:text=" + label);

        var start = expression.Should().BeOfType<TokenTextExpression>().Which.Normalized;
        label.Should().StartWith(start);
        start.Should().HaveLength(expected);
    }

    [Fact]
    public void Garbage_of_any_kind_is_an_outcome_and_never_throws()
    {
        const int Seed = 20261122;
        string[] pieces = ["_has:", "status", "start", ":", ".", "schedule", ",", "|", "\\", "2026-1", "gt", "Slot", "_sort",
            "_include", "*", "-", " ", "ä", "1e999", "9999-12-31", "_lastUpdated", "_id", "missing", "9", "$", "_count"];
        var random = new Random(Seed);
        string Text() => string.Concat(Enumerable.Range(0, random.Next(7)).Select(_ => pieces[random.Next(pieces.Length)]));

        for (var i = 0; i < 20_000; i++)
        {
            var (name, value) = (Text(), Text());
            var parse = () => Searching.Parser.Parse(["Slot"], [KeyValuePair.Create(name, value)]);
            parse.Should().NotThrow($"seed {Seed}, {name}={value}");
        }
    }
}
