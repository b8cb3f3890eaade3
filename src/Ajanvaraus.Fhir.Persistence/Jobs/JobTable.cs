using System.Globalization;

using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Jobs;

/// <summary>The jobs and their files.</summary>
/// <remarks>
/// The end of the lease tells who has a job: every step of the work names the end that it knows and sets another. A
/// process that was away too long finds that somebody else has it now, and stops.
/// </remarks>
public sealed class JobTable
{
    private const string Columns =
        "job_id, kind, owner, state, created_us, lease_us, expires_us, request, position, progress, status, result";

    private readonly SqlChannel _channel;

    internal JobTable(SqlChannel channel) => _channel = channel;

    /// <summary>Null when there is none of that name, or when it was cancelled.</summary>
    public ValueTask<Job?> ReadAsync(string id) => _channel.FirstAsync(
        $"SELECT {Columns} FROM job WHERE job_id = {P(1)} AND state <> {(int)JobState.Cancelled}", Read, id);

    public ValueTask AddAsync(Job job) => _channel.WriteAsync(
        $"INSERT INTO job ({Columns}) VALUES ({string.Join(", ", Enumerable.Range(1, 11).Select(P))}, NULL)",
        job.Id, job.Kind, job.Owner, (int)job.State, job.Created, job.LeaseUntil, job.Expires,
        _channel.SealedUnseen(job.Request.ToArray()),
        job.Position, job.Progress, job.Status);

    /// <summary>The oldest that nobody does: a new one, or one whose process has not been heard of since its lease ended.</summary>
    public ValueTask<Job?> NextAsync(long now)
    {
        var sql = new SqlText(_channel.Dialect)
            .Append($"SELECT {Columns} FROM job WHERE state IN ({(int)JobState.Waiting}, {(int)JobState.Running}) ")
            .Append("AND lease_us <= ").Argument(now).Append(" ORDER BY created_us, job_id ").Limit(1);
        return _channel.FirstAsync(sql.Text, Read, sql.Arguments);
    }

    /// <summary>How many wait and run, and when the oldest of them was made, in microseconds; null: there is none.</summary>
    public async ValueTask<(long Waiting, long Running, long? Oldest)> UnderWayAsync()
    {
        var states = await _channel.QueryAsync(
            $"SELECT state, COUNT(*), MIN(created_us) FROM job WHERE state < {(int)JobState.Done} GROUP BY state",
            row => (State: (JobState)row.GetInt32(0), Count: row.GetInt64(1), Oldest: row.GetInt64(2)));
        long Of(JobState state) => states.Where(s => s.State == state).Sum(s => s.Count);
        return (Of(JobState.Waiting), Of(JobState.Running), states.Count == 0 ? null : states.Min(s => s.Oldest));
    }

    /// <summary>Takes a job, or goes on with it: null when somebody else has it or it was cancelled.</summary>
    /// <param name="job">As it was read or advanced last.</param>
    /// <param name="leaseUntil">Later than the job's own.</param>
    public async ValueTask<Job?> AdvanceAsync(Job job, long leaseUntil, string position, string progress)
    {
        var changed = await _channel.ExecuteAsync(
            $"UPDATE job SET state = {(int)JobState.Running}, lease_us = {P(1)}, position = {P(2)}, progress = {P(3)} "
            + $"WHERE job_id = {P(4)} AND lease_us = {P(5)} AND state < {(int)JobState.Done}",
            leaseUntil, position, progress, job.Id, job.LeaseUntil);
        return changed == 0
            ? null
            : job with { State = JobState.Running, LeaseUntil = leaseUntil, Position = position, Progress = progress };
    }

    /// <summary>Ends a job with its result; false when somebody else has it or it was cancelled.</summary>
    public async ValueTask<bool> FinishAsync(Job job, int status, byte[] result, long expires) =>
        await _channel.ExecuteAsync(
            $"UPDATE job SET state = {(int)JobState.Done}, status = {P(1)}, result = {P(2)}, expires_us = {P(3)} "
            + $"WHERE job_id = {P(4)} AND lease_us = {P(5)} AND state < {(int)JobState.Done}",
            status, _channel.SealedUnseen(result), expires, job.Id, job.LeaseUntil) > 0;

    /// <summary>Ends a job without result, or takes its result away; its files are gone at once.</summary>
    /// <param name="expires">Until then whoever does it is told to stop.</param>
    public async ValueTask CancelAsync(string id, long expires)
    {
        await _channel.WriteAsync(
            $"UPDATE job SET state = {(int)JobState.Cancelled}, request = {P(1)}, result = NULL, expires_us = {P(2)} "
            + $"WHERE job_id = {P(3)}", Array.Empty<byte>(), expires, id);
        await _channel.WriteAsync($"DELETE FROM job_file WHERE job_id = {P(1)}", id);
    }

    /// <summary>How many of a caller's are waited for.</summary>
    public async ValueTask<long> CountUnfinishedAsync(string owner) => await _channel.FirstAsync(
        $"SELECT COUNT(*) FROM job WHERE state < {(int)JobState.Done} AND owner = {P(1)}",
        r => Convert.ToInt64(r.GetValue(0), CultureInfo.InvariantCulture), owner);

    /// <summary>Whether there is anything to forget.</summary>
    public async ValueTask<bool> HasExpiredAsync(long now)
    {
        var sql = new SqlText(_channel.Dialect)
            .Append("SELECT job_id FROM job WHERE expires_us <= ").Argument(now).Append(" ORDER BY expires_us ").Limit(1);
        return await _channel.FirstAsync(sql.Text, r => r.GetString(0), sql.Arguments) is not null;
    }

    /// <summary>Forgets the jobs whose time is over, with their files.</summary>
    public async ValueTask ForgetAsync(long now)
    {
        await _channel.WriteAsync(
            $"DELETE FROM job_file WHERE job_id IN (SELECT job_id FROM job WHERE expires_us <= {P(1)})", now);
        await _channel.WriteAsync($"DELETE FROM job WHERE expires_us <= {P(1)}", now);
    }

    /// <param name="part">From 0, without gaps.</param>
    /// <param name="gzip">The lines, each with its line feed, gzipped.</param>
    public ValueTask AddPartAsync(string id, string name, int part, int lines, byte[] gzip) => _channel.WriteAsync(
        $"INSERT INTO job_file (job_id, name, part, lines, body) VALUES ({P(1)}, {P(2)}, {P(3)}, {P(4)}, {P(5)})",
        id, name, part, lines, _channel.SealedUnseen(gzip));

    /// <summary>By name.</summary>
    public async ValueTask<ImmutableArray<JobFile>> FilesAsync(string id) =>
    [
        .. await _channel.QueryAsync(
            $"SELECT name, COUNT(*), SUM(lines) FROM job_file WHERE job_id = {P(1)} GROUP BY name ORDER BY name",
            r => new JobFile(
                r.GetString(0), Convert.ToInt32(r.GetValue(1), CultureInfo.InvariantCulture),
                Convert.ToInt64(r.GetValue(2), CultureInfo.InvariantCulture)),
            id),
    ];

    /// <summary>A piece of a file; null when there is none of that number.</summary>
    public ValueTask<byte[]?> ReadPartAsync(string id, string name, int part) => _channel.FirstAsync(
        $"SELECT body FROM job_file WHERE job_id = {P(1)} AND name = {P(2)} AND part = {P(3)}", r => r.GetOpened(0),
        id, name, part);

    private string P(int n) => _channel.Dialect.Placeholder(n);

    private static Job Read(SqlRow row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), (JobState)row.GetInt32(3), row.GetInt64(4),
        row.GetInt64(5), row.GetInt64(6), row.GetOpened(7), row.GetString(8), row.GetString(9), row.GetInt32(10),
        row.IsDBNull(11) ? default : row.GetOpened(11));
}
