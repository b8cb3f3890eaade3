using System.Text;

using Ajanvaraus.Fhir.Core.Model;

using FsCheck;
using FsCheck.Fluent;

namespace Ajanvaraus.Fhir.Core.Tests.Model;

/// <summary>The check of personal identity codes, on the fictitious codes that the register publishes.</summary>
public sealed class HenkilotunnusTests
{
    private const string CheckCharacters = "0123456789ABCDEFHJKLMNPRSTUVWXY";

    private static readonly string[] Published =
    [
        "010594Y9032", "020594X903P", "030594W903B", "040594V9030", "050594U903M", "010516B903X", "020516C903K",
        "030516D9037", "010501E9032", "020503F9037", "020504A902E", "131052-308T", "010101-123N", "300111A9001",
        "101100A9277", "311080-999X", "081181-9984",
    ];

    public static TheoryData<string> Valid => [.. Published];

    [Theory, MemberData(nameof(Valid))]
    public void R26_Code_of_a_published_example_is_read(string code)
    {
        var isValid = Henkilotunnus.TryParse(code, out var result);

        isValid.Should().BeTrue();
        result!.Value.Should().Be(code);
    }

    [Theory]
    [InlineData("010190-999X", "the check character would be W")]
    [InlineData("010190-999Y", "the check character would be W")]
    [InlineData("310299-9015", "there is no 31st of February")]
    [InlineData("290200-902N", "1900 was no leap year")]
    [InlineData("131052-001X", "individual numbers begin at 002")]
    [InlineData("131052G308T", "G is no sign of a century")]
    [InlineData("131052-308t", "letters are capitals")]
    [InlineData("131052-308T\n", "nothing follows the check character")]
    [InlineData("１31052-308T", "fullwidth digits are no digits of a code")]
    [InlineData("٣31052-308T", "nor are those of other scripts")]
    [InlineData("131052-308", "a character is missing")]
    [InlineData("", "nothing is there")]
    public void Code_with_a_fault_is_refused(string code, string reason)
    {
        var isValid = Henkilotunnus.TryParse(code, out _);

        isValid.Should().BeFalse(reason);
    }

    [Fact]
    public void R26_Code_with_one_wrong_character_is_refused()
    {
        var mutations = Published.SelectMany(Mutations).ToList();

        var accepted = mutations.Where(code => Henkilotunnus.TryParse(code, out _));

        mutations.Should().HaveCountGreaterThan(2000);
        accepted.Should().BeEmpty();
    }

    [Theory]
    [InlineData('+', 1852)]
    [InlineData('-', 1952)]
    [InlineData('Y', 1952)]
    [InlineData('U', 1952)]
    [InlineData('A', 2052)]
    [InlineData('F', 2052)]
    public void Sign_tells_the_century_of_birth(char sign, int year)
    {
        Henkilotunnus.TryParse($"131052{sign}308T", out var result);

        result!.BirthDate.Should().Be(new DateOnly(year, 10, 13));
    }

    [Fact]
    public void Codes_that_differ_in_a_sign_of_the_same_century_are_of_different_people()
    {
        Henkilotunnus.TryParse("131052-308T", out var one);
        Henkilotunnus.TryParse("131052Y308T", out var other);

        other.Should().NotBe(one);
        other!.BirthDate.Should().Be(one!.BirthDate);
    }

    /// <summary>Every date of three centuries, every sign of it, every number: read as composed, and no sign for another.</summary>
    [Fact]
    public void R26_A_composed_code_is_read_as_what_it_was_composed_of()
    {
        Prop.ForAll(Codes.ToArbitrary(), parts =>
        {
            var (birth, sign, number) = parts;
            var text = Henkilotunnus.Compose(birth, sign, number);

            return Henkilotunnus.TryParse(text, out var code) && code.Value == text && code.BirthDate == birth
                && code.IndividualNumber == number && HenkilotunnusText.Find($"x {text}.") == 2;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_code_in_a_text_is_found_and_a_part_of_a_longer_word_is_none()
    {
        Prop.ForAll(Codes.ToArbitrary(), Gen.Elements("", " ", "(", "|", "\"", "ä").ToArbitrary(), (parts, around) =>
        {
            var text = Henkilotunnus.Compose(parts.Item1, parts.Item2, parts.Item3);

            return HenkilotunnusText.IsIn($"{around}{text}{around}") && HenkilotunnusText.IsIn(Encoding.UTF8.GetBytes($"{around}{text}"))
                && HenkilotunnusText.IsIn(text.ToLowerInvariant()) && HenkilotunnusText.LooksLikeIn($"identifier={text}")
                && !HenkilotunnusText.IsIn($"1{text}") && !HenkilotunnusText.IsIn($"{text}A") && !HenkilotunnusText.IsIn(text.AsSpan(0, text.Length - 1));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_text_without_code_is_told_from_one_with()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
            HenkilotunnusText.Find(text.Get) < 0 && HenkilotunnusText.IsIn(text.Get + " 131052-308T")).QuickCheckThrowOnFailure();
    }

    private static Gen<(DateOnly, char, int)> Codes =>
        from day in Gen.Choose(0, new DateOnly(2099, 12, 31).DayNumber - new DateOnly(1800, 1, 1).DayNumber)
        let birth = new DateOnly(1800, 1, 1).AddDays(day)
        from sign in Gen.Elements(Henkilotunnus.SignsOf(birth.Year).ToCharArray())
        from number in Gen.Choose(2, 999)
        select (birth, sign, number);

    /// <summary>Codes with another digit in one place, another check character, or no sign of a century.</summary>
    private static IEnumerable<string> Mutations(string code)
    {
        for (var place = 0; place < code.Length; place++)
            foreach (var c in place switch { 6 => "0123456789HJKLMNPRST", 10 => CheckCharacters, _ => "0123456789" })
                if (c != code[place])
                    yield return code.Remove(place, 1).Insert(place, c.ToString());
    }
}
