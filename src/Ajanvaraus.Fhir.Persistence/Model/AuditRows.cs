namespace Ajanvaraus.Fhir.Persistence.Model;

/// <summary>One access or change of somebody, as <see cref="Audit.AuditRecord"/> has it; never changed and never removed.</summary>
public sealed class AuditEntryRow
{
    public int Chain { get; set; }

    /// <summary>1, 2, 3… in the chain, without gaps.</summary>
    public long Seq { get; set; }
    public long RecordedUs { get; set; }

    /// <summary>Over this entry, its lines, and the hash of the entry before it: see <see cref="Audit.AuditSeal"/>.</summary>
    public byte[] Hash { get; set; } = [];
    public byte[] Body { get; set; } = [];
}

/// <summary>What an entry is found by: one row for each client, or resource of a client, that it was about.</summary>
public sealed class AuditLineRow
{
    public int Chain { get; set; }
    public long Seq { get; set; }

    /// <summary>0, 1, 2… in the entry.</summary>
    public int Line { get; set; }
    public long RecordedUs { get; set; }

    /// <summary>Logical id of a Patient; empty: of no client.</summary>
    public string Client { get; set; } = "";

    /// <summary>The resource, <c>Appointment/1</c>; empty: none in particular.</summary>
    public string Entity { get; set; } = "";

    /// <summary>Who did it: <c>Practitioner/1</c>; empty where that is no resource.</summary>
    public string Agent { get; set; } = "";
}

/// <summary>Where a chain of entries ends.</summary>
public sealed class AuditChainRow
{
    public int Chain { get; set; }

    /// <summary>Of the last entry; 0: none yet.</summary>
    public long Seq { get; set; }

    /// <summary>Of the last entry; empty: none yet.</summary>
    public byte[] Hash { get; set; } = [];

    /// <summary>Over the two: nobody without the secret can say that the chain ended earlier.</summary>
    public byte[] Mac { get; set; } = [];
}

/// <summary>What the hashes are keyed with; one row, under the keys of personal identity codes where there are any.</summary>
public sealed class AuditSecretRow
{
    public int SecretId { get; set; }
    public byte[] Secret { get; set; } = [];
}
