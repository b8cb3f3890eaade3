using System.Globalization;

using Ajanvaraus.Fhir.Persistence.Sql;

namespace Ajanvaraus.Fhir.Persistence.Messages;

/// <summary>A message that is to be sent: about what, to whom and when; its words are found when it is sent.</summary>
/// <param name="Id">Known to who sends it on: what comes twice under it is one message. Letters and digits, at most 64.</param>
/// <param name="Kind">Code of reminder-kind.</param>
/// <param name="About">Reference to the Appointment or the CommunicationRequest.</param>
/// <param name="Recipient">Reference to one participant.</param>
/// <param name="Due">Microseconds since 1970 UTC.</param>
/// <param name="LeaseUntil">Nobody tries it before; the same scale.</param>
/// <param name="Tries">How often it was taken.</param>
public sealed record OutboxMessage(string Id, string Kind, string About, string Recipient, long Due, long LeaseUntil, int Tries);

/// <summary>Messages that wait, written in the transaction of what they tell of; what is sent or given up is not in it.</summary>
/// <remarks>
/// Whoever takes messages gives the moment until which nobody else does; that moment and its own name tell that it still has
/// them. A process that dies leaves them to the next when the moment has passed.
/// </remarks>
public sealed class Outbox
{
    private const string Columns = "message_id, kind, about, recipient, due_us, lease_us, tries";

    private readonly SqlChannel _channel;

    internal Outbox(SqlChannel channel) => _channel = channel;

    public ValueTask AddAsync(OutboxMessage message) => _channel.WriteAsync(
        $"INSERT INTO message ({Columns}, holder) VALUES ({string.Join(", ", Enumerable.Range(1, 8).Select(P))})",
        message.Id, message.Kind, message.About, message.Recipient, message.Due, message.LeaseUntil, message.Tries, "");

    /// <summary>Nothing that waits is told of it any more.</summary>
    public ValueTask WithdrawAsync(string about) => _channel.WriteAsync($"DELETE FROM message WHERE about = {P(1)}", about);

    /// <summary>What waits is due so much later, in microseconds: the time that it tells of keeps its place on the clock.</summary>
    public ValueTask ShiftAsync(string about, long by) => _channel.WriteAsync(
        $"UPDATE message SET due_us = due_us + {P(1)}, lease_us = lease_us + {P(1)} WHERE about = {P(2)}", by, about);

    /// <summary>Whether there is anything to take.</summary>
    public async ValueTask<bool> HasDueAsync(long now)
    {
        var due = new SqlText(_channel.Dialect).Append("SELECT message_id FROM message WHERE lease_us <= ").Argument(now)
            .Append(" ORDER BY lease_us ").Limit(1);
        return await _channel.FirstAsync(due.Text, row => row.GetString(0), due.Arguments) is not null;
    }

    /// <summary>Takes what is due, the longest overdue first.</summary>
    /// <param name="now">Microseconds since 1970 UTC.</param>
    /// <param name="leaseUntil">Later than now, and never the same twice for one holder.</param>
    /// <param name="holder">Name of the process.</param>
    /// <param name="most">At one time.</param>
    public async ValueTask<List<OutboxMessage>> TakeAsync(long now, long leaseUntil, string holder, int most)
    {
        var due = new SqlText(_channel.Dialect)
            .Append("SELECT message_id FROM message WHERE lease_us <= ").Argument(now).Append(" ORDER BY lease_us ").Limit(most);
        var ids = await _channel.QueryAsync(due.Text, row => row.GetString(0), due.Arguments);
        if (ids.Count == 0)
            return [];
        var take = new SqlText(_channel.Dialect)
            .Append("UPDATE message SET lease_us = ").Argument(leaseUntil).Append(", holder = ").Argument(holder)
            .Append(", tries = tries + 1 WHERE lease_us <= ").Argument(now).Append(" AND ").In("message_id", ids);
        await _channel.WriteAsync(take.Text, take.Arguments);
        var taken = new SqlText(_channel.Dialect)
            .Append($"SELECT {Columns} FROM message WHERE holder = ").Argument(holder).Append(" AND lease_us = ").Argument(leaseUntil)
            .Append(" AND ").In("message_id", ids);
        return await _channel.QueryAsync(taken.Text, Read, taken.Arguments);
    }

    /// <summary>Whether it still waits, and for this holder.</summary>
    public async ValueTask<bool> HasAsync(OutboxMessage taken, string holder) => await _channel.FirstAsync(
        $"SELECT message_id FROM message WHERE {IsHeld(1)}", row => row.GetString(0), taken.Id, holder, taken.LeaseUntil) is not null;

    /// <summary>Gives it back, to be tried later; nothing happens when somebody else has it.</summary>
    public ValueTask GiveBackAsync(OutboxMessage taken, string holder, long notBefore) => _channel.WriteAsync(
        $"UPDATE message SET lease_us = {P(4)}, holder = '' WHERE {IsHeld(1)}", taken.Id, holder, taken.LeaseUntil, notBefore);

    /// <summary>It is sent, or given up.</summary>
    public ValueTask EndAsync(OutboxMessage taken) =>
        _channel.WriteAsync($"DELETE FROM message WHERE message_id = {P(1)}", taken.Id);

    /// <summary>How many wait, how many of them are due, and the moment when the longest overdue was; null: none is.</summary>
    public async ValueTask<(long Waiting, long Due, long? Oldest)> WaitingAsync(long now)
    {
        var counts = await _channel.QueryAsync(
            $"SELECT COUNT(*), SUM(CASE WHEN due_us <= {P(1)} THEN 1 ELSE 0 END), MIN(due_us) FROM message",
            row => (Waiting: Number(row, 0), Due: row.IsDBNull(1) ? 0 : Number(row, 1), Oldest: row.IsDBNull(2) ? long.MaxValue : Number(row, 2)), now);
        var (waiting, due, oldest) = counts[0];
        return (waiting, due, oldest <= now ? oldest : null);
    }

    private string IsHeld(int first) => $"message_id = {P(first)} AND holder = {P(first + 1)} AND lease_us = {P(first + 2)}";

    private string P(int n) => _channel.Dialect.Placeholder(n);

    private static long Number(SqlRow row, int column) => Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);

    private static OutboxMessage Read(SqlRow row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetInt64(5), row.GetInt32(6));
}
