using System.Diagnostics.CodeAnalysis;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>A Finnish personal identity code: date, sign of the century, individual number, check character.</summary>
/// <remarks>Two codes that differ only in a sign of the same century are of different people.</remarks>
public sealed record Henkilotunnus
{
    public const int Length = 11;

    /// <summary>First individual number that is given to no living person: 900 to 999 are for tests.</summary>
    public const int FirstTestNumber = 900;

    private const string CheckCharacters = "0123456789ABCDEFHJKLMNPRSTUVWXY";

    private Henkilotunnus(string value, LocalDate birthDate, int individualNumber)
    {
        Value = value;
        BirthDate = birthDate;
        IndividualNumber = individualNumber;
    }

    public string Value { get; }

    public LocalDate BirthDate { get; }

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
    public static bool TryParse(string text, [NotNullWhen(true)] out Henkilotunnus? result)
    {
        result = null;
        if (text.Length != Length || !TryNumber(text.AsSpan(0, 6), out var date)
            || !TryNumber(text.AsSpan(7, 3), out var individual) || individual < 2)
            return false;
        if (CenturyOf(text[6]) is not { } century || text[10] != CheckOf(date, individual))
            return false;
        var (day, month, year) = (date / 10000, date / 100 % 100, century + date % 100);
        if (month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month))
            return false;
        result = new Henkilotunnus(text, new LocalDate(year, month, day), individual);
        return true;
    }

    /// <summary>Composes the code of that birth date, sign and individual number.</summary>
    internal static string Compose(LocalDate birth, char sign, int individual)
    {
        var date = birth.Day * 10000 + birth.Month * 100 + birth.Year % 100;
        return $"{date:D6}{sign}{individual:D3}{CheckOf(date, individual)}";
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

/// <summary>Gives out codes that are valid, belong to nobody and are never the same twice.</summary>
public sealed class HenkilotunnusGenerator(Random random)
{
    private const int TestNumbers = 100;

    private readonly HashSet<string> _given = [];

    /// <summary>A code with an individual number of 900 to 999; 50 numbers for each sign, date and sex.</summary>
    public string Next(LocalDate birthDate, bool isFemale)
    {
        var first = random.Next(TestNumbers / 2);
        foreach (var sign in Henkilotunnus.SignsOf(birthDate.Year))
            for (var i = 0; i < TestNumbers / 2; i++)
            {
                var number = Henkilotunnus.FirstTestNumber + (first + i) % (TestNumbers / 2) * 2 + (isFemale ? 0 : 1);
                var code = Henkilotunnus.Compose(birthDate, sign, number);
                if (_given.Add(code))
                    return code;
            }
        throw new InvalidOperationException("No test code is left for that birth date and sex");
    }
}
