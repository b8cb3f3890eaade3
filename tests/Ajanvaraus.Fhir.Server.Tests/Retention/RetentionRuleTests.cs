using Ajanvaraus.Fhir.Server.Retention;
using Ajanvaraus.Fhir.Server.Security.Representation;

using NodaTime;
using NodaTime.Text;

namespace Ajanvaraus.Fhir.Server.Tests.Retention;

/// <summary>Until when what is kept: law 703/2023, as docs/retention.md tells it.</summary>
public sealed class RetentionRuleTests
{
    [Theory]
    [InlineData("lapsiperheiden-palvelut", "2026-03-31", null, null, "2056-03-31")]
    [InlineData("tyoikaisten-palvelut", "2026-03-31", null, null, "2036-03-31")]
    [InlineData("iakkaiden-palvelut", "2024-02-29", null, null, "2034-02-28")]
    [InlineData("paihdehuolto", "2026-12-31", null, null, "2036-12-31")]
    [InlineData("vammaispalvelut", "2026-01-01", null, null, "2036-01-01")]
    [InlineData("vammaispalvelut", null, null, null, "open")]
    [InlineData("lastensuojelu", "2026-01-01", "2012-05-05", "2026-02-01", "2028-02-01")]
    [InlineData("lastensuojelu", "2026-01-01", "2012-05-05", null, "alive")]
    [InlineData("perheoikeudelliset-palvelut", "2026-01-01", "2020-02-29", null, "2140-02-29")]
    [InlineData("perheoikeudelliset-palvelut", "2026-01-01", "1980-02-29", null, "2036-01-01")]
    [InlineData("perheoikeudelliset-palvelut", "2026-01-01", "2020", null, "2140-12-31")]
    [InlineData("perheoikeudelliset-palvelut", "2026-01-01", null, null, "unknown-birth")]
    [InlineData("Patient", null, null, "2024-02-29", "2026-02-28")]
    [InlineData("muu", "2026-01-01", "1980-01-01", "2026-01-01", "no-rule")]
    public void R9_Each_service_task_has_its_time(string task, string? closing, string? born, string? died, string expected)
    {
        var facts = new RetentionFacts(task, new LocalDate(2025, 12, 1), Day(closing), BirthDay.Parse(born), Day(died));

        var kept = RetentionRules.Of(RetentionTable.BuiltIn, [facts]);

        (kept.Until is { } until ? LocalDatePattern.Iso.Format(until) : kept.Reason).Should().Be(expected);
    }

    [Fact]
    public void R9_What_is_about_several_is_kept_as_long_as_about_the_last()
    {
        RetentionFacts Of(string task, string? closing, string? born) =>
            new(task, new LocalDate(2025, 12, 1), Day(closing), BirthDay.Parse(born), null);
        var mother = Of("perheoikeudelliset-palvelut", "2026-01-01", "1980-01-01");
        var child = Of("perheoikeudelliset-palvelut", "2026-01-01", "2020-06-01");

        RetentionRules.Of(RetentionTable.BuiltIn, [mother, child]).Until.Should().Be(new LocalDate(2140, 6, 1));
        RetentionRules.Of(RetentionTable.BuiltIn, [Of("paihdehuolto", "2026-01-01", null), Of("lapsiperheiden-palvelut", "2025-12-01", null)])
            .Until.Should().Be(new LocalDate(2055, 12, 1));
        RetentionRules.Of(RetentionTable.BuiltIn, [mother, Of("paihdehuolto", null, null)]).Reason.Should().Be("open");
        RetentionRules.Of(RetentionTable.BuiltIn, []).Until.Should().BeNull();
    }

    [Theory]
    [InlineData("a;closing")]
    [InlineData("a;closing;ten")]
    [InlineData("a;closing;-1")]
    [InlineData("a;closing;201")]
    [InlineData("a;whenever;10")]
    [InlineData(";closing;10")]
    public void Table_that_is_half_understood_is_none(string line) =>
        FluentActions.Invoking(() => RetentionTable.Read("# table\n" + line)).Should().Throw<FormatException>().WithMessage("Line 2:*");

    private static LocalDate? Day(string? text) => text is null ? null : LocalDatePattern.Iso.Parse(text).Value;
}
