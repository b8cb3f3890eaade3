namespace Ajanvaraus.Fhir.Server.Demo;

/// <summary>Which minutes of which day are taken, of each professional, room and client.</summary>
internal sealed class OccupiedTimes
{
    private readonly Dictionary<(string Owner, int Day), List<(int Start, int End)>> _taken = [];

    /// <param name="day">Number of the working day.</param>
    /// <param name="start">Minutes since midnight; <paramref name="end"/> is not part of the span.</param>
    public bool IsFree(string owner, int day, int start, int end) =>
        !_taken.TryGetValue((owner, day), out var spans) || !spans.Exists(s => s.Start < end && start < s.End);

    public void Take(string owner, int day, int start, int end)
    {
        if (!_taken.TryGetValue((owner, day), out var spans))
            _taken.Add((owner, day), spans = []);
        spans.Add((start, end));
    }
}
