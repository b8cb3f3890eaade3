using System.Diagnostics.CodeAnalysis;

namespace Ajanvaraus.Fhir.Core.Model;

/// <summary>A Finnish personal identity code: date, sign of the century, individual number, check character.</summary>
/// <remarks>
/// <para>Two codes that differ only in a sign of the same century are of different people: a code is never normalised.</para>
/// <para>Source: https://dvv.fi/hetu-uudistus .</para>
/// </remarks>
public sealed record Henkilotunnus
{
    /// <summary>The system of Identifiers that hold such codes.</summary>
    public const string System = "urn:oid:1.2.246.21";

    public const int Length = 11;

    /// <summary>First individual number that is given to no living person: 900 to 999 are for tests.</summary>
    public const int FirstTestNumber = 900;

    private const string CheckCharacters = "0123456789ABCDEFHJKLMNPRSTUVWXY";

    private Henkilotunnus(string value, DateOnly birthDate, int individualNumber)
    {
        Value = value;
        BirthDate = birthDate;
        IndividualNumber = individualNumber;
    }

    public string Value { get; }

    public DateOnly BirthDate { get; }

    /// <summary>002 to 999; odd for men, even for women.</summary>
    public int IndividualNumber { get; }

    public bool IsFemale => IndividualNumber % 2 == 0;

    public bool IsForTests => IndividualNumber >= FirstTestNumber;

    /// <summary>Signs for births of that year's century, oldest first; empty for other centuries.</summary>
    public static string SignsOf(int year) => (year / 100) switch
    {
        18 => "+",
        19 => "-YXWVU",
        20 => "ABCDEF",
        _ => "",
    };

    /// <summary>Reads a code in capitals. False: not 11 characters, or no such date, sign, number or check.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Henkilotunnus? result)
    {
        result = TryRead(text, out var birthDate, out var individual)
            ? new Henkilotunnus(text.ToString(), birthDate, individual)
            : null;
        return result is not null;
    }

    /// <summary>As <see cref="TryParse"/>, for those who do not want to keep it.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) => TryRead(text, out _, out _);

    /// <summary>Composes the code of that birth date, sign and individual number.</summary>
    public static string Compose(DateOnly birth, char sign, int individual)
    {
        var date = birth.Day * 10000 + birth.Month * 100 + birth.Year % 100;
        return $"{date:D6}{sign}{individual:D3}{CheckOf(date, individual)}";
    }

    /// <summary>Whether the capital is the sign of some century.</summary>
    internal static bool IsSign(char sign) => CenturyOf(sign) is not null;

    private static bool TryRead(ReadOnlySpan<char> text, out DateOnly birthDate, out int individual)
    {
        (birthDate, individual) = (default, 0);
        if (text.Length != Length || !TryNumber(text[..6], out var date) || !TryNumber(text[7..10], out individual)
            || individual < 2)
            return false;
        if (CenturyOf(text[6]) is not { } century || text[10] != CheckOf(date, individual))
            return false;
        var (day, month, year) = (date / 10000, date / 100 % 100, century + date % 100);
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        birthDate = new DateOnly(year, month, day);
        return true;
    }

    private static char CheckOf(int date, int individual) =>
        CheckCharacters[(int)((date * 1000L + individual) % CheckCharacters.Length)];

    private static int? CenturyOf(char sign)
    {
        for (var century = 1800; century <= 2000; century += 100)
            if (SignsOf(century).Contains(sign))
                return century;
        return null;
    }

    /// <summary>ASCII digits only: other scripts' digits are not part of a code.</summary>
    private static bool TryNumber(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            number = number * 10 + (c - '0');
        }
        return true;
    }
}
