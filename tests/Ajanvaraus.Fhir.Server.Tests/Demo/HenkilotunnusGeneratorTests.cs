using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Server.Demo;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Tests.Demo;

public sealed class HenkilotunnusGeneratorTests
{
    [Fact]
    public void Generated_codes_are_valid_for_tests_only_and_never_repeat()
    {
        var generator = new HenkilotunnusGenerator(new Random(26));
        var birth = new LocalDate(2004, 2, 29);

        var codes = Enumerable.Range(0, 300).Select(i => generator.Next(birth, isFemale: i % 2 == 0)).ToList();

        codes.Should().OnlyHaveUniqueItems();
        codes.Select(Read).Should().OnlyContain(code => code.IsForTests && code.BirthDate == birth.ToDateOnly());
        codes.Select(code => Read(code).IsFemale).Should().Equal(Enumerable.Range(0, 300).Select(i => i % 2 == 0));
    }

    private static Henkilotunnus Read(string code) =>
        Henkilotunnus.TryParse(code, out var result) ? result : throw new FormatException(code);
}
