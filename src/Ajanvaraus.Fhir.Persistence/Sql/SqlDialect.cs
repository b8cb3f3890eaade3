using System.Data.Common;

using Ajanvaraus.Fhir.Persistence.Identities;
using Ajanvaraus.Fhir.Persistence.Writing;

namespace Ajanvaraus.Fhir.Persistence.Sql;

/// <summary>What a failed statement means for the transaction that ran it.</summary>
public enum SqlFailure
{
    /// <summary>A fault: not expected, not cured by trying again.</summary>
    None,
    /// <summary>Deadlock, serialisation failure, or two who made the same row: try the whole transaction again.</summary>
    Retry,
    /// <summary>Two claims of the same seat overlap: the second lock held.</summary>
    ClaimOverlap,
    Full,
    /// <summary>The database cannot be reached or ends the connection.</summary>
    Unavailable,
    /// <summary>A query took longer than it may, and was ended.</summary>
    TooSlow,
}

public enum ColumnType { Int, Long, Double, Text, Bytes }

/// <summary>In what the SQL of the databases differs.</summary>
public abstract class SqlDialect
{
    /// <summary>Of the end of a chain of the log: chain, number and hash of its last entry.</summary>
    protected internal const string AuditEnd = "chain, seq, hash";

    private static readonly string[] Dollar = [.. Enumerable.Range(0, 200).Select(n => $"${n}")];

    public abstract string Name { get; }

    /// <summary>By what personal identity codes are hidden in this database; set once, before it is asked anything.</summary>
    public IdentityKeys Identities { get; set; } = IdentityKeys.None;

    /// <summary>The place of the n-th argument, from 1.</summary>
    public virtual string Placeholder(int n) => n < Dollar.Length ? Dollar[n] : $"${n}";

    /// <summary>The name that the driver knows the n-th argument by; null for drivers that go by order.</summary>
    public virtual string? ParameterName(int n) => Placeholder(n);

    /// <summary>Statements wait and go in one round trip.</summary>
    public virtual bool HasBatches => false;


    /// <summary>A row must be locked before it is read for writing; false where one writer at a time has all to itself.</summary>
    public virtual bool LocksRows => true;

    /// <summary>Text after a query that locks its rows until the end of the transaction.</summary>
    public virtual string ForUpdate => "";

    /// <summary>Text after a table name, for databases that lock there.</summary>
    public virtual string LockHint => "";

    /// <summary>Text after an index table and its alias that is asked for one resource after the other, where the database
    /// has to be told to look it up by the resource.</summary>
    public virtual string ByResource(string table) => "";

    /// <summary>Plans by the form of a statement alone: it begins with what the statement says, whatever the rows are.</summary>
    public virtual bool PlansByForm => false;

    /// <summary>Further condition on rows of an index table that a plan begins with, where not all rows are in the index for that.</summary>
    public virtual string Leading(IndexTable table, string alias) => "";

    /// <summary>The column is one of the values of a list that is a single argument.</summary>
    public abstract string InList(string column, string placeholder, ColumnType type);

    public abstract object List(IReadOnlyCollection<string> values);

    public abstract object List(IReadOnlyCollection<long> values);

    /// <summary>The rows of a query that are wanted, as a clause after ORDER BY.</summary>
    public virtual string Limit(string placeholder) => $"LIMIT {placeholder}";

    /// <summary>As <see cref="Limit(string)"/>, after so many others.</summary>
    public virtual string Limit(string rows, string skipped) => $"LIMIT {rows} OFFSET {skipped}";

    /// <summary>Text that holds the argument, which has no wildcards of its own.</summary>
    public abstract string Contains(string column, string placeholder);

    /// <summary>As many characters from the end of a text as the argument says.</summary>
    public virtual string Ending(string column, string placeholder) => $"RIGHT({column}, {placeholder})";

    /// <summary>The words for <see cref="HasWords"/>, which are letters and digits only, in the engine's language.</summary>
    public abstract string WordQuery(IReadOnlyList<string> words, bool isPrefix);

    /// <summary>A row of <c>index_text</c> has the words, by the engine's full text index.</summary>
    /// <param name="query">Place of what <see cref="WordQuery"/> made.</param>
    /// <param name="isContent">Of the column of that name, which the row has.</param>
    /// <param name="phrase">Place of the words between blanks; null for a single word. For engines whose index does not
    /// tell what stands after what.</param>
    public abstract string HasWords(string alias, bool isContent, string query, string? phrase);

    /// <summary>Lengths of text are in UTF-16 units; otherwise in code points.</summary>
    public virtual bool CountsUtf16 => false;

    /// <summary>Makes the row for each target that has none; the one argument is a sorted list.</summary>
    public abstract string EnsureCalendarLocks { get; }

    /// <summary>Gives the row of a target a version, and makes the row where there is none; arguments: target, version.</summary>
    public virtual string SetCalendarVersion =>
        $"INSERT INTO calendar_lock (target, version) VALUES ({Placeholder(1)}, {Placeholder(2)}) "
        + "ON CONFLICT (target) DO UPDATE SET version = excluded.version";

    /// <summary>Serialises transactions that name the same text; null where writes are serial anyway.</summary>
    public virtual string? LockCondition => null;

    /// <summary>The end of a chain of the log that no other transaction has, locked until this one ends; none when all are taken.</summary>
    public virtual string FreeAuditChain => $"SELECT {AuditEnd} FROM audit_chain ORDER BY seq, chain LIMIT 1";

    /// <summary>Asks the database's clock, in microseconds since 1970 UTC; null where it is that of this machine.</summary>
    public virtual string? Clock => null;

    /// <summary>A query that waits for all writes which are under way, or tells the moment for <see cref="OlderWrites"/>.</summary>
    public virtual string SettleWrites => "SELECT 0";

    /// <summary>Counts the transactions that began before the moment and go on; null where that need not be asked.</summary>
    public virtual string? OlderWrites => null;

    /// <summary>Rows of (resource key, version key), as many as the number says; null where the writer counts.</summary>
    public virtual string? NewKeys(int count) => null;

    /// <summary>Inserts all rows in one statement whose arguments are columns; null: row by row.</summary>
    public virtual string? InsertColumns(string table, IReadOnlyList<SqlColumn> columns) => null;

    /// <summary>Statements after which the database itself gives only keys beyond those that stand in its tables.</summary>
    /// <param name="sequences">Each is to go on after the key.</param>
    /// <param name="lastKey">The greatest key that was brought in.</param>
    /// <param name="identities">Table and column of keys that the database counts.</param>
    public virtual IEnumerable<string> KeysGoOn(
        IReadOnlyList<string> sequences, long lastKey, IReadOnlyList<(string Table, string Column)> identities) => [];

    /// <summary>A statement that lets rows bring their own keys into a table that counts them; null: they may.</summary>
    public virtual string? BringsKeys(string table, bool isOn) => null;

    /// <summary>Says that the database file is whole, or what is wrong with it; null where the server looks after it.</summary>
    public virtual string? Integrity => null;

    public abstract SqlFailure Classify(DbException exception);

    /// <summary>True when the driver gave a statement up after its time, on a connection that is sound.</summary>
    public virtual bool IsTimeout(DbException exception) => false;
}

public sealed record SqlColumn(string Name, ColumnType Type);
