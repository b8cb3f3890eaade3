namespace Ajanvaraus.Fhir.Scheduling.Slots;

/// <summary>Whether a time that is closed for some services alone is closed for a booking.</summary>
/// <remarks>
/// <para>A closing speaks in the systems of its codes. It closes what a booking is for when the booking says something in those
/// systems, and nothing there but what is closed; who says nothing there is for no service that is closed.</para>
/// <para>Shape: codings are <c>system|code</c>. Source: docs/scheduling-rules.md, Closed time.</para>
/// </remarks>
public static class ServiceClosing
{
    /// <param name="closing">Of the Slot that is closed.</param>
    /// <param name="sources">What is said of the booking, from the nearest: of each system the first counts that says anything in it.</param>
    public static bool Closes(ImmutableArray<string> closing, params ReadOnlySpan<ImmutableArray<string>> sources)
    {
        foreach (var source in sources)
        {
            var (said, open) = (false, false);
            foreach (var coding in source)
            {
                if (!SpeaksOf(closing, coding)) continue;
                said = true;
                open |= !closing.Contains(coding);
            }

            if (said) return !open;
        }

        return false;
    }

    private static bool SpeaksOf(ImmutableArray<string> closing, string coding)
    {
        foreach (var closed in closing)
            if (SystemOf(closed).SequenceEqual(SystemOf(coding))) return true;
        return false;
    }

    private static ReadOnlySpan<char> SystemOf(string coding) => coding.AsSpan(0, Math.Max(coding.LastIndexOf('|'), 0));
}
