namespace Ajanvaraus.Fhir.Persistence.Model;

// The shapes of the tables, for migrations only: request paths read and write them with SQL of their own.

/// <summary>A resource: where its current version is.</summary>
public sealed class ResourceRow
{
    public long ResourceKey { get; set; }
    public string Type { get; set; } = "";
    public string Id { get; set; } = "";
    public int Version { get; set; }
    public long VersionKey { get; set; }
    public long LastUpdated { get; set; }
    public int Deleted { get; set; }

    /// <summary>One bit per table that holds rows of the resource: see <see cref="Writing.IndexTable.Bit"/>.</summary>
    public int IndexMask { get; set; }
}

/// <summary>One version; never removed by a request, and never changed but for its tags.</summary>
public sealed class ResourceVersionRow
{
    public long VersionKey { get; set; }
    public long ResourceKey { get; set; }
    public string Type { get; set; } = "";
    public int Version { get; set; }
    public long LastUpdated { get; set; }
    public int Method { get; set; }
    public byte[] Body { get; set; } = [];
}

/// <summary>What the index tables share: which parameter of which resource.</summary>
public abstract class IndexRow
{
    public int Parameter { get; set; }
    public long ResourceKey { get; set; }
}

public sealed class TokenRow : IndexRow
{
    public string System { get; set; } = "";
    public string Code { get; set; } = "";
    public string? Text { get; set; }
}

public sealed class StringRow : IndexRow
{
    /// <summary>The first characters of <see cref="Normalized"/>: what an index can hold of any length of text.</summary>
    public string Prefix { get; set; } = "";
    public string Normalized { get; set; } = "";
    public string Exact { get; set; } = "";
}

public sealed class DateRow : IndexRow
{
    public long StartUs { get; set; }
    public long EndUs { get; set; }
}

public sealed class ReferenceRow : IndexRow
{
    public string TargetType { get; set; } = "";
    public string TargetId { get; set; } = "";
    public string Uri { get; set; } = "";
    public string IdentifierSystem { get; set; } = "";
    public string IdentifierValue { get; set; } = "";
}

public sealed class NumberRow : IndexRow
{
    public double Low { get; set; }
    public double High { get; set; }
}

public sealed class QuantityRow : IndexRow
{
    public string System { get; set; } = "";
    public string Code { get; set; } = "";
    public string Unit { get; set; } = "";
    public double Low { get; set; }
    public double High { get; set; }
}

public sealed class UriRow : IndexRow
{
    public string Uri { get; set; } = "";
}

/// <summary>What one part of a composite parameter finds at one element of the resource.</summary>
public sealed class CompositeRow : IndexRow
{
    /// <summary>Which element: the same for all parts.</summary>
    public int Occurrence { get; set; }
    public string System { get; set; } = "";
    public string Code { get; set; } = "";
    public string Unit { get; set; } = "";
    public string Text { get; set; } = "";
    public double Low { get; set; }
    public double High { get; set; }
}

/// <summary>A place on the unit sphere.</summary>
public sealed class PositionRow : IndexRow
{
    public double X { get; set; }
    public double Y { get; set; }
    public double Z { get; set; }
}

/// <summary>The words of a resource's narrative or of all its text; each database has its own full text index of them.</summary>
public sealed class TextRow : IndexRow
{
    public int IsContent { get; set; }
    public string Body { get; set; } = "";
}

/// <summary>A Slot by calendar and time.</summary>
public sealed class SlotRow
{
    public long ResourceKey { get; set; }
    public string Id { get; set; } = "";
    public string ScheduleId { get; set; } = "";
    public long StartUs { get; set; }

    /// <summary>End of the second (or part of it) that <c>Slot.start</c> names, for searches by start.</summary>
    public long StartUntilUs { get; set; }
    public long EndUs { get; set; }

    /// <summary>1 when longer than a day: looked for apart, so that all others are a short index range.</summary>
    public int IsLong { get; set; }
    public int Status { get; set; }
    public int Capacity { get; set; }
    public int IsFiller { get; set; }
    public string Services { get; set; } = "";
}

public sealed class ScheduleRow
{
    public long ResourceKey { get; set; }
    public string Id { get; set; } = "";
    public int IsActive { get; set; }
    public long? HorizonStartUs { get; set; }
    public long? HorizonEndUs { get; set; }
    public string Zone { get; set; } = "";
    public string Services { get; set; } = "";
}

public sealed class ScheduleActorRow
{
    public long ResourceKey { get; set; }
    public string ScheduleId { get; set; } = "";

    /// <summary><c>Practitioner/a</c>.</summary>
    public string Actor { get; set; } = "";

    /// <summary>Logical id when the actor is a PractitionerRole, to find its Practitioner.</summary>
    public string? RoleId { get; set; }
}

/// <summary>An Appointment by participant and time.</summary>
public sealed class AppointmentActorRow
{
    public long ResourceKey { get; set; }
    public string AppointmentId { get; set; } = "";
    public string Actor { get; set; } = "";
    public long StartUs { get; set; }
    public long StartUntilUs { get; set; }
    public long EndUs { get; set; }
    public int Status { get; set; }
}

/// <summary>A span that an Appointment occupies of one calendar owner.</summary>
public sealed class ClaimRow
{
    public long ClaimKey { get; set; }
    public string Target { get; set; } = "";
    public int Seat { get; set; }
    public long StartUs { get; set; }
    public long EndUs { get; set; }
    public int IsLong { get; set; }
    public string AppointmentId { get; set; } = "";
    public string SlotGroup { get; set; } = "";
    public long? ExpiresUs { get; set; }
    public string Holder { get; set; } = "";
}

/// <summary>One row per calendar owner, there to be locked while a booking looks and writes.</summary>
public sealed class CalendarLockRow
{
    public string Target { get; set; } = "";

    /// <summary>Of a Schedule: another number after each transaction that changed its Slots, never one that it had.</summary>
    public long Version { get; set; }
}

/// <summary>An Idempotency-Key and what came of its request. Hashes, so that nothing of the caller stands here.</summary>
public sealed class IdempotencyKeyRow
{
    /// <summary>SHA-256 of the caller and the key.</summary>
    public byte[] KeyHash { get; set; } = [];

    /// <summary>SHA-256 of what was asked.</summary>
    public byte[] RequestHash { get; set; } = [];
    public long CreatedUs { get; set; }

    /// <summary>HTTP status of an answer that is kept whole; 0 while there is none.</summary>
    public int Status { get; set; }

    /// <summary>The versions that the request wrote, by reference: their bodies are kept once. Null: kept whole.</summary>
    public string? Versions { get; set; }

    /// <summary>Of an answer that is kept whole.</summary>
    public byte[]? Body { get; set; }
}

/// <summary>A key that the links between pages are sealed with; all processes of a server share it.</summary>
public sealed class PageKeyRow
{
    /// <summary>At random.</summary>
    public int KeyId { get; set; }
    public long CreatedUs { get; set; }

    /// <summary>256 bits for AES.</summary>
    public byte[] Secret { get; set; } = [];
}

/// <summary>Work that goes on after its request was answered; any process does it, any process tells how far it is.</summary>
public sealed class JobRow
{
    /// <summary>128 bits at random: who knows it may ask.</summary>
    public string JobId { get; set; } = "";
    public string Kind { get; set; } = "";
    public string Owner { get; set; } = "";

    /// <summary>See <see cref="Jobs.JobState"/>.</summary>
    public int State { get; set; }
    public long CreatedUs { get; set; }

    /// <summary>Until when the process that does it is given time; later another may go on with it.</summary>
    public long LeaseUs { get; set; }

    /// <summary>When all of it is forgotten.</summary>
    public long ExpiresUs { get; set; }
    public byte[] Request { get; set; } = [];

    /// <summary>Where to go on, as the work spells it.</summary>
    public string Position { get; set; } = "";

    /// <summary>For people.</summary>
    public string Progress { get; set; } = "";

    /// <summary>HTTP status of the result; 0 while there is none.</summary>
    public int Status { get; set; }
    public byte[]? Result { get; set; }
}

/// <summary>A piece of a file that belongs to a job.</summary>
public sealed class JobFileRow
{
    public string JobId { get; set; } = "";
    public string Name { get; set; } = "";
    public int Part { get; set; }

    /// <summary>Lines in this piece.</summary>
    public int Lines { get; set; }

    /// <summary>Gzipped; the pieces of a file one after another are gzip too.</summary>
    public byte[] Body { get; set; } = [];
}

/// <summary>A stored SearchParameter that writes index by, from a reindexing on.</summary>
public sealed class IndexedParameterRow
{
    /// <summary>Of the version of the SearchParameter.</summary>
    public long VersionKey { get; set; }

    /// <summary>1 when all that is stored is indexed by it: from then on it is searched by.</summary>
    public int IsReady { get; set; }
}

/// <summary>A message that waits to be sent; see <see cref="Messages.OutboxMessage"/>.</summary>
public sealed class MessageRow
{
    public string MessageId { get; set; } = "";
    public string Kind { get; set; } = "";
    public string About { get; set; } = "";
    public string Recipient { get; set; } = "";
    public long DueUs { get; set; }

    /// <summary>Nobody tries it before: until it is due, between tries, and while a process has it.</summary>
    public long LeaseUs { get; set; }
    public int Tries { get; set; }

    /// <summary>The process that took it last; empty: none has it.</summary>
    public string Holder { get; set; } = "";
}

/// <summary>The rules of a time zone by which all times of this database are written and read.</summary>
public sealed class TimeZoneRow
{
    /// <summary>IANA name.</summary>
    public string ZoneId { get; set; } = "";

    /// <summary>As <see cref="Core.Model.ZoneRules.ToText"/> writes them.</summary>
    public string Rules { get; set; } = "";
}
