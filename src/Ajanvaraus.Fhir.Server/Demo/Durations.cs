namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>Makes durations that add up exactly.</summary>
internal static class Durations
{
    private const int Step = 5;

    /// <summary>Steps in a quarter of an hour: the least duration that varying leaves, and its grain.</summary>
    private const int Quarter = 3;

    private const int StepsOfDay = 8 * 60 / Step;

    /// <summary>Minutes of each of <paramref name="count"/> bookings.</summary>
    /// <remarks>
    /// Multiples of five, at least five, seldom over a working day (only where the mean is); what the sum has beyond a
    /// multiple of five goes to the first.
    /// </remarks>
    /// <param name="minutes">The sum, at least five times <paramref name="count"/>.</param>
    public static int[] Spread(int minutes, int count, Random random)
    {
        if (count == 0)
            return [];
        var steps = new int[count];
        var (mean, more) = Math.DivRem(minutes / Step, count);
        for (var i = 0; i < count; i++)
            steps[i] = mean + (i < more ? 1 : 0);
        Vary(steps, random);
        var durations = Array.ConvertAll(steps, step => step * Step);
        durations[0] += minutes % Step;
        return durations;
    }

    /// <summary>Moves quarters of an hour from one duration to another, in turn from each.</summary>
    private static void Vary(int[] steps, Random random)
    {
        for (var from = 0; from < steps.Length; from++)
        {
            var to = random.Next(steps.Length);
            var most = Math.Min(steps[from] / 2, Math.Min(steps[from] - Quarter, StepsOfDay - steps[to])) / Quarter;
            if (to == from || most < 1)
                continue;
            var moved = random.Next(most + 1) * Quarter;
            steps[from] -= moved;
            steps[to] += moved;
        }
    }
}
