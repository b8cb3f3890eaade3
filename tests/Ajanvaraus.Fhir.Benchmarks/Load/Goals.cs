using System.Text;

namespace Ajanvaraus.Fhir.Benchmarks.Load;

/// <summary>Floors (below it the work is not done) and goals (what we are after), and where a run stands.</summary>
internal static class Goals
{
    private const double HalfLoadFloor = 10;
    private const double HalfLoadGoal = 4;

    public static string Table(RunResult result, MachineLimits limits)
    {
        var text = new StringBuilder("| work | measured | floor | goal | |\n|---|---:|---:|---:|---|\n");
        foreach (var m in result.Rows.Where(m => m.Connections == LoadRun.Many))
            AddRow(text, m);
        Add(text, "64 × 50 contention, s", result.Contention.Seconds, 4, 1, isMost: true);
        Add(text, "Slots without exactly one winner", result.Contention.DoubleOrNone, 0, 0, isMost: true);
        Add(text, "loading, resources per s", result.LoadedPerSecond, 2000, 10_000);
        Add(text, "parse, validate, index one Appointment, µs", limits.Reads.Appointment.Microseconds, 150, 30, isMost: true);
        Add(text, "start to ready, s", result.Start.TotalSeconds, 2, 0.5, isMost: true);
        Add(text, "memory when ready, MB", result.IdleMegabytes, 200, 100, isMost: true);
        Add(text, "memory under load, MB", result.PeakMegabytes, 500, 250, isMost: true);
        foreach (var half in result.HalfLoad)
            Add(text, $"p99 over p50 at half load, {half.Row.Name}", half.P99 / half.P50, HalfLoadFloor, HalfLoadGoal, isMost: true);
        return text.ToString();
    }

    public static string Word(double value, double floor, double goal, bool isMost)
    {
        if (isMost)
            return value <= goal ? "goal met" : value <= floor ? "floor met" : "**below the floor**";
        return value >= goal ? "goal met" : value >= floor ? "floor met" : "**below the floor**";
    }

    private static void AddRow(StringBuilder text, Measured m)
    {
        if (m.Row.Name == Rows.FindMany)
        {
            Add(text, $"{m.Row.Name}, p95 ms", m.P95, 100, 20, isMost: true);
            return;
        }
        if (m.Row.Name == Rows.AllCalendars)
            return;
        if (m.Row.Name == Rows.ReadById)
            Add(text, "read by id, % of bare Kestrel", 100 * m.Share, 30, 60);
        // A plain create that books is compared with the transaction, which is how Medplum books without an operation.
        var medplum = m.Row.MedplumMany > 0 ? m.Row.MedplumMany : 108;
        var (floor, goal) = Times(m.Row.Name);
        Add(text, $"{m.Row.Name}, × Medplum as shares", m.TimesMedplumByShare(medplum), floor, goal);
    }

    private static (double Floor, double Goal) Times(string row) => row switch
    {
        Rows.ReadById => (10, 20),
        _ when row.StartsWith("book", StringComparison.Ordinal) => (15, 50),
        _ when row.StartsWith("`$find`", StringComparison.Ordinal) => (10, 30),
        _ => (8, 20),
    };

    private static void Add(
        StringBuilder text, string what, double value, double floor, double goal, bool isMost = false) =>
        text.AppendLine($"| {what} | {Report.Number(value)} | {floor} | {goal} | {Word(value, floor, goal, isMost)} |");
}
