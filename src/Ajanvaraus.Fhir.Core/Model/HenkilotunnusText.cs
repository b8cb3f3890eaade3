namespace Ajanvaraus.Fhir.Core.Model;

/// <summary>Looks for personal identity codes in text, wherever they stand in it.</summary>
/// <remarks>
/// Small letters count as capitals here: what somebody typed in haste is to be hidden as well. A code that is part of a
/// longer word or number is none.
/// </remarks>
public static class HenkilotunnusText
{
    private const string Stars = "***********";

    /// <summary>Place of the first code at or after <paramref name="from"/>; -1 when there is none.</summary>
    public static int Find(ReadOnlySpan<char> text, int from = 0)
    {
        Span<char> capitals = stackalloc char[Henkilotunnus.Length];
        for (var at = NextShape(text, from); at >= 0; at = NextShape(text, at + 1))
        {
            text.Slice(at, Henkilotunnus.Length).ToUpperInvariant(capitals);
            if (Henkilotunnus.IsValid(capitals))
                return at;
        }
        return -1;
    }

    public static bool IsIn(ReadOnlySpan<char> text) => Find(text) >= 0;

    /// <param name="text">UTF-8.</param>
    public static bool IsIn(ReadOnlySpan<byte> text)
    {
        Span<char> capitals = stackalloc char[Henkilotunnus.Length];
        for (var at = NextShape(text, 0); at >= 0; at = NextShape(text, at + 1))
        {
            for (var i = 0; i < capitals.Length; i++)
                capitals[i] = char.ToUpperInvariant((char)text[at + i]);
            if (Henkilotunnus.IsValid(capitals))
                return true;
        }
        return false;
    }

    /// <summary>Whether something in the text is written as a code is, whatever its check character: perhaps a slip of the pen.</summary>
    public static bool LooksLikeIn(ReadOnlySpan<char> text) => NextShape(text, 0) >= 0;

    /// <summary>The text with stars instead of codes, and of what is written like one.</summary>
    public static string Hidden(string text)
    {
        for (var at = NextShape<char>(text, 0); at >= 0; at = NextShape<char>(text, at + 1))
            text = string.Concat(text.AsSpan(0, at), Stars, text.AsSpan(at + Henkilotunnus.Length));
        return text;
    }

    /// <summary>Six digits, of which the first four may be a day and a month, a sign, three digits and a letter or digit.</summary>
    private static int NextShape<T>(ReadOnlySpan<T> text, int from)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        const int lastOfDate = 5;
        var at = from;
        while (at + Henkilotunnus.Length <= text.Length)
        {
            // No code begins at or before what is no digit, down to the first that this could be the last digit of.
            if (!IsDigit(text[at + lastOfDate]))
                at += lastOfDate + 1;
            else if (IsShape(text, at))
                return at;
            else
                at++;
        }
        return -1;
    }

    private static bool IsShape<T>(ReadOnlySpan<T> text, int at)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        var end = at + Henkilotunnus.Length;
        if ((at > 0 && IsWord(text[at - 1])) || (end < text.Length && IsWord(text[end])) || !IsWord(text[end - 1]))
            return false;
        for (var i = 0; i < 10; i++)
            if (i != 6 && !IsDigit(text[at + i]))
                return false;
        return Henkilotunnus.IsSign(char.ToUpperInvariant(Character(text[at + 6])))
            && Number(text, at) is >= 1 and <= 31 && Number(text, at + 2) is >= 1 and <= 12;
    }

    private static int Number<T>(ReadOnlySpan<T> text, int at)
        where T : unmanaged, System.Numerics.IBinaryInteger<T> =>
        ((Character(text[at]) - '0') * 10) + Character(text[at + 1]) - '0';

    private static bool IsDigit<T>(T c)
        where T : unmanaged, System.Numerics.IBinaryInteger<T> => char.IsAsciiDigit(Character(c));

    private static bool IsWord<T>(T c)
        where T : unmanaged, System.Numerics.IBinaryInteger<T> => char.IsAsciiLetterOrDigit(Character(c));

    private static char Character<T>(T c)
        where T : unmanaged, System.Numerics.IBinaryInteger<T> => (char)ushort.CreateTruncating(c);
}
