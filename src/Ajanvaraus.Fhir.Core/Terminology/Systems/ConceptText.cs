namespace Ajanvaraus.Fhir.Core.Terminology.Systems;

/// <summary>Chooses the text of a concept in a language.</summary>
/// <remarks>
/// The language is BCP 47; <c>fi-FI</c> falls back to <c>fi</c>, and a text of <c>fi-FI</c> serves <c>fi</c>. Where no
/// text is in the language, the display is as the code system has it: a display in another language is better than
/// none. Source: http://hl7.org/fhir/R4/valueset-operation-expand.html, displayLanguage.
/// </remarks>
internal static class ConceptText
{
    private const string DisplayUse = "display";

    /// <param name="display">As the code system has it.</param>
    /// <param name="language">Of that display, or null.</param>
    /// <param name="wanted">Null: any.</param>
    public static string? Choose(
        string? display, string? language, ImmutableArray<Designation> designations, string? wanted)
    {
        if (wanted is null)
            return display;
        var best = display is not null && language is not null ? Fit(language, wanted) : 0;
        var text = display;
        foreach (var designation in designations)
        {
            // A designation of another use (a short name, a synonym) yields to one that is a display.
            var fit = Fit(designation.Language, wanted) - (IsDisplay(designation) ? 0 : 1);
            if (fit <= best)
                continue;
            best = fit;
            text = designation.Value;
        }
        return text;
    }

    private static bool IsDisplay(Designation designation) =>
        designation.Use is null || designation.Use.Code == DisplayUse;

    /// <summary>0: another language; more the better it fits.</summary>
    private static int Fit(string language, string wanted)
    {
        if (language.Length == 0)
            return 0;
        if (language.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            return 6;
        var have = Primary(language);
        var want = Primary(wanted);
        if (!have.Equals(want, StringComparison.OrdinalIgnoreCase))
            return 0;
        return have.Length == language.Length ? 4 : 2;
    }

    private static ReadOnlySpan<char> Primary(string language)
    {
        var end = language.AsSpan().IndexOfAny('-', '_');
        return end < 0 ? language : language.AsSpan(0, end);
    }
}
