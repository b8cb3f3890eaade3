using System.Collections.Concurrent;

namespace Ajanvaraus.Fhir.Server.Messages;

/// <summary>What became of messages since the process began.</summary>
internal sealed class MessageCounts
{
    /// <summary>The gateway has taken it.</summary>
    public const string Sent = "sent";

    /// <summary>Tried, and to be tried again.</summary>
    public const string Deferred = "deferred";

    /// <summary>There was nothing to tell any more.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>The client has no number, or none that can be reached.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>Given up after too many tries.</summary>
    public const string Failed = "failed";

    private readonly ConcurrentDictionary<string, long> _counts = new(
        new[] { Sent, Deferred, Withdrawn, Unreachable, Failed }.Select(outcome => KeyValuePair.Create(outcome, 0L)));

    public IEnumerable<(string Outcome, long Count)> All => _counts.OrderBy(c => c.Key).Select(c => (c.Key, c.Value));

    public void Add(string outcome) => _counts.AddOrUpdate(outcome, 1, static (_, count) => count + 1);
}
