using Ajanvaraus.Fhir.Scheduling.Slots;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>Which Slots fit what is asked for: service types, specialties, contact modes.</summary>
/// <remarks>
/// <para>A Slot that says nothing of the kind asked is as its Schedule; a calendar that says nothing either is open to
/// any service. Only a contact mode has to be said: who asks for video is not sent to the office.</para>
/// <para>Only the calendar that leads has to fit (the professional's, say); a room beside it need not.</para>
/// </remarks>
internal sealed class SlotFilter(
    ImmutableArray<CodeToken> serviceTypes, ImmutableArray<CodeToken> specialties, ImmutableArray<CodeToken> modes,
    ImmutableArray<CodeToken> ofServices, ImmutableArray<string> audiences)
{
    /// <param name="isLead">The Schedule gives the service, and is not only needed beside another.</param>
    public bool Fits(SlotState slot, ScheduleState schedule, bool isLead)
    {
        if (!isLead)
            return true;
        if (!audiences.IsEmpty && slot.Audience.Length > 0 && !audiences.Contains(slot.Audience))
            return false;
        return Meets(slot, schedule, serviceTypes) && Meets(slot, schedule, specialties)
            && (modes.IsEmpty || IsSaid(slot, schedule, modes))
            && !Denies(slot.Services, ofServices);
    }

    /// <summary>The Slot as it is asked for: of the services that it may be for, those that the search names.</summary>
    /// <remarks>So a closing of one of them hides it from who asks for that one, and from nobody else.</remarks>
    public SlotState Asked(SlotState slot, ScheduleState schedule)
    {
        ImmutableArray<CodeToken> wanted = [.. serviceTypes, .. specialties, .. ofServices];
        if (wanted.IsEmpty)
            return slot;
        var said = slot.Services.Where(c => wanted.Any(w => w.Names(c))).ToList();
        if (said.Count == 0)
            said = [.. schedule.Services.Where(c => wanted.Any(w => w.Names(c)))];
        if (said.Count == 0)
            said = [.. wanted.Where(w => w.System is not null).Select(w => $"{w.System}|{w.Code}")];
        return slot with { Services = [.. slot.Services.Where(c => !wanted.Any(w => w.IsOfSystem(c))), .. said] };
    }

    private static bool Meets(SlotState slot, ScheduleState schedule, ImmutableArray<CodeToken> wanted) =>
        wanted.IsEmpty || IsSaid(slot, schedule, wanted)
            || (SaysNothing(slot.Services, wanted) && SaysNothing(schedule.Services, wanted));

    /// <summary>The Slot says it, or its Schedule does and the Slot says nothing else in that system.</summary>
    private static bool IsSaid(SlotState slot, ScheduleState schedule, ImmutableArray<CodeToken> wanted)
    {
        foreach (var token in wanted)
        {
            foreach (var coding in slot.Services)
                if (token.Names(coding))
                    return true;
            foreach (var coding in schedule.Services)
                if (token.Names(coding) && !slot.Services.Any(own => SystemOf(own).SequenceEqual(SystemOf(coding))))
                    return true;
        }
        return false;
    }

    private static bool SaysNothing(ImmutableArray<string> codings, ImmutableArray<CodeToken> wanted)
    {
        foreach (var token in wanted)
            foreach (var coding in codings)
                if (token.IsOfSystem(coding))
                    return false;
        return true;
    }

    /// <summary>Says something in the systems of the services asked for, and none of them.</summary>
    private static bool Denies(ImmutableArray<string> codings, ImmutableArray<CodeToken> services)
    {
        if (SaysNothing(codings, services))
            return false;
        foreach (var token in services)
            foreach (var coding in codings)
                if (token.Names(coding))
                    return false;
        return true;
    }

    private static ReadOnlySpan<char> SystemOf(string coding) => coding.AsSpan(0, Math.Max(coding.LastIndexOf('|'), 0));
}
