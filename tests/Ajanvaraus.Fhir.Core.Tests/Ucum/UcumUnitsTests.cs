using Ajanvaraus.Fhir.Core.Ucum;

namespace Ajanvaraus.Fhir.Core.Tests.Ucum;

public sealed class UcumUnitsTests
{
    [Theory]
    [InlineData("m")]
    [InlineData("kg/m2")]
    [InlineData("mm[Hg]")]
    [InlineData("/min")]
    [InlineData("10*3/uL")]
    [InlineData("10^-6.m")]
    [InlineData("{score}")]
    [InlineData("mg{total}/dL")]
    [InlineData("(m.s)-1", false)]
    [InlineData("m.(s/kg)")]
    [InlineData("[lb_av]")]
    [InlineData("Cel")]
    [InlineData("mCel")]
    [InlineData("[iU]/L")]
    [InlineData("k[iU]/mL")]
    [InlineData("ng/kg/(8.h)")]
    [InlineData("%")]
    [InlineData("m2")]
    [InlineData("m-1")]
    [InlineData("m+1")]
    [InlineData("''")]
    [InlineData("B[10.nV]")]
    [InlineData("", false)]
    [InlineData("foo", false)]
    [InlineData("k[lb_av]", false)]
    [InlineData("mmm", false)]
    [InlineData("m/", false)]
    [InlineData("m//s", false)]
    [InlineData("m{a", false)]
    [InlineData("m}", false)]
    [InlineData("(m", false)]
    [InlineData("m s", false)]
    [InlineData("KG", false)]
    [InlineData("µg", false)]
    [InlineData("m0", false)]
    public void Code_is_valid_when_it_follows_the_grammar_and_names_known_units(string code, bool isValid = true) =>
        UcumUnits.IsValid(code).Should().Be(isValid);

    [Theory]
    [InlineData("1", "[mi_i]", "km", "1.609344")]
    [InlineData("1", "[lb_av]", "g", "453.59237")]
    [InlineData("1", "[stone_av]", "kg", "6.35029318")]
    [InlineData("1", "h", "s", "3600")]
    [InlineData("1", "a", "d", "365.25")]
    [InlineData("1", "mo", "d", "30.4375")]
    [InlineData("120", "mm[Hg]", "kPa", "15.99864")]
    [InlineData("1", "L", "cm3", "1000")]
    [InlineData("1", "kat", "U", "60000000")]
    [InlineData("1", "kcal", "kJ", "4.184")]
    [InlineData("100", "Cel", "[degF]", "212")]
    [InlineData("-40", "[degF]", "Cel", "-40")]
    [InlineData("98.6", "[degF]", "Cel", "37")]
    [InlineData("1", "Ym", "ym", null)]
    [InlineData("1", "V.A", "W", "1")]
    [InlineData("180", "deg", "[pi].rad", "1")]
    [InlineData("1", "m", "s", null)]
    [InlineData("1", "[iU]", "mg", null)]
    [InlineData("2", "k[iU]", "[iU]", "2000")]
    public void Value_is_converted_between_commensurable_units(string value, string from, string to, string? expected)
    {
        var converted = UcumUnits.Parse(from)!.Convert(decimal.Parse(value), UcumUnits.Parse(to)!);

        converted.Should().Be(expected is null ? null : decimal.Parse(expected));
    }
}
