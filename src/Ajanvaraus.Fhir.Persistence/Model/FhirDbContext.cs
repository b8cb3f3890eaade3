using System.Text;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Ajanvaraus.Fhir.Persistence.Model;

/// <summary>In what the model differs between the databases.</summary>
/// <param name="TextCollation">Collation that compares text by code point; null where that is the default.</param>
/// <param name="HasSequences">Keys come from sequences; otherwise from the one process that writes.</param>
/// <param name="PlansByForm">Statements are planned without figures of the rows: only <see cref="Writing.LeadingRows"/> are indexed by value.</param>
public sealed record StorageModel(string? TextCollation, bool HasSequences, bool PlansByForm = false);

/// <summary>All tables, for migrations. Requests use SQL of their own: docs/adr/0004-storage.md.</summary>
public sealed class FhirDbContext(DbContextOptions<FhirDbContext> options, StorageModel storage) : DbContext(options)
{
    public const string ResourceKeySequence = "resource_key_seq";
    public const string VersionKeySequence = "version_key_seq";

    /// <summary>Longest type name, logical id or short code.</summary>
    private const int Short = 64;

    private const int Sha256Bytes = 32;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        MapResources(modelBuilder);
        MapIndexes(modelBuilder);
        if (storage.PlansByForm)
            IndexLeadingRowsOnly(modelBuilder);
        MapScheduling(modelBuilder);
        MapClaims(modelBuilder);
        MapIdempotency(modelBuilder);
        MapPageKeys(modelBuilder);
        MapJobs(modelBuilder);
        MapMessages(modelBuilder);
        MapTimeZones(modelBuilder);
        MapAudit(modelBuilder);
        if (storage.HasSequences)
        {
            modelBuilder.HasSequence<long>(ResourceKeySequence);
            modelBuilder.HasSequence<long>(VersionKeySequence);
        }
        NameColumns(modelBuilder);
    }

    private static void MapResources(ModelBuilder model)
    {
        model.Entity<ResourceRow>(e =>
        {
            e.ToTable("resource").HasKey(r => r.ResourceKey);
            e.Property(r => r.ResourceKey).ValueGeneratedNever();
            e.Property(r => r.Type).HasMaxLength(Short);
            e.Property(r => r.Id).HasMaxLength(Short);
            e.HasIndex(r => new { r.Type, r.Id }, "ux_resource_type_id").IsUnique();
            e.HasIndex(r => new { r.Type, r.Deleted, r.ResourceKey }, "ix_resource_type_key");
            e.HasIndex(r => new { r.Type, r.Deleted, r.LastUpdated, r.ResourceKey }, "ix_resource_type_updated");
        });
        model.Entity<ResourceVersionRow>(e =>
        {
            e.ToTable("resource_version").HasKey(r => r.VersionKey);
            e.Property(r => r.VersionKey).ValueGeneratedNever();
            e.Property(r => r.Type).HasMaxLength(Short);
            e.HasIndex(r => new { r.ResourceKey, r.Version }, "ux_resource_version").IsUnique();
            e.HasIndex(r => new { r.Type, r.VersionKey }, "ix_resource_version_type");
        });
    }

    private static void MapIndexes(ModelBuilder model)
    {
        Index<TokenRow>(model, "index_token");
        Index<StringRow>(model, "index_string");
        Index<DateRow>(model, "index_date");
        Index<ReferenceRow>(model, "index_reference");
        Index<NumberRow>(model, "index_number");
        Index<QuantityRow>(model, "index_quantity");
        Index<UriRow>(model, "index_uri");
        Index<CompositeRow>(model, "index_composite");
        Index<PositionRow>(model, "index_position");
        Index<TextRow>(model, "index_text");
        model.Entity<TokenRow>().HasIndex(
            r => new { r.Parameter, r.Code, r.System, r.ResourceKey }, "ix_index_token");
        model.Entity<StringRow>().HasIndex(r => new { r.Parameter, r.Prefix, r.ResourceKey }, "ix_index_string");
        model.Entity<DateRow>().HasIndex(
            r => new { r.Parameter, r.StartUs, r.EndUs, r.ResourceKey }, "ix_index_date");
        model.Entity<ReferenceRow>(e =>
        {
            e.Property(r => r.TargetType).HasMaxLength(Short);
            e.Property(r => r.TargetId).HasMaxLength(Short);
            e.HasIndex(r => new { r.TargetId, r.Parameter, r.TargetType, r.ResourceKey }, "ix_index_reference")
                .HasFilter("target_id <> ''");
            e.HasIndex(r => new { r.Uri, r.Parameter }, "ix_index_reference_uri").HasFilter("uri <> ''");
            e.HasIndex(r => new { r.IdentifierValue, r.Parameter }, "ix_index_reference_identifier")
                .HasFilter("identifier_value <> ''");
        });
        model.Entity<NumberRow>().HasIndex(r => new { r.Parameter, r.Low, r.ResourceKey }, "ix_index_number");
        model.Entity<QuantityRow>().HasIndex(r => new { r.Parameter, r.Low, r.ResourceKey }, "ix_index_quantity");
        model.Entity<UriRow>().HasIndex(r => new { r.Parameter, r.Uri, r.ResourceKey }, "ix_index_uri");
        model.Entity<CompositeRow>().HasIndex(
            r => new { r.Parameter, r.Code, r.System, r.ResourceKey, r.Occurrence }, "ix_index_composite");
        model.Entity<PositionRow>().HasIndex(r => new { r.Parameter, r.Z, r.ResourceKey }, "ix_index_position");
    }

    private static void IndexLeadingRowsOnly(ModelBuilder model)
    {
        Filter<TokenRow>("ix_index_token", Writing.LeadingRows.OfTokens);
        Filter<DateRow>("ix_index_date", Writing.LeadingRows.OfDates);

        void Filter<TRow>(string index, string rows)
            where TRow : IndexRow => model.Entity<TRow>().Metadata.GetIndexes().Single(i => i.Name == index).SetFilter(rows);
    }

    private static void Index<TRow>(ModelBuilder model, string table)
        where TRow : IndexRow =>
        model.Entity<TRow>(e =>
        {
            e.ToTable(table).HasNoKey();
            e.HasIndex(r => new { r.ResourceKey, r.Parameter }, $"ix_{table}_resource");
            foreach (var property in e.Metadata.GetProperties().Where(p => p.ClrType == typeof(string)))
                property.SetMaxLength(IsLong(e.Metadata, property) ? null : Writing.IndexText.MaxKey);
        });

    /// <summary>Text of any length, which is not indexed.</summary>
    private static bool IsLong(IMutableEntityType table, IMutableProperty column) =>
        column.Name is "Normalized" or "Exact" or "Body" || (table.ClrType == typeof(CompositeRow) && column.Name == "Text");

    private static void MapScheduling(ModelBuilder model)
    {
        model.Entity<SlotRow>(e =>
        {
            e.ToTable("slot").HasKey(r => r.ResourceKey);
            e.Property(r => r.ResourceKey).ValueGeneratedNever();
            e.Property(r => r.ScheduleId).HasMaxLength(Short);
            e.HasIndex(r => r.Id, "ux_slot_id").IsUnique();
            e.HasIndex(r => new { r.ScheduleId, r.StartUs, r.EndUs }, "ix_slot_schedule_start");
            e.HasIndex(r => new { r.ScheduleId, r.EndUs }, "ix_slot_long").HasFilter("is_long = 1");
        });
        model.Entity<ScheduleRow>(e =>
        {
            e.ToTable("schedule").HasKey(r => r.ResourceKey);
            e.Property(r => r.ResourceKey).ValueGeneratedNever();
            e.Property(r => r.Zone).HasMaxLength(Short);
            e.HasIndex(r => r.Id, "ux_schedule_id").IsUnique();
        });
        model.Entity<ScheduleActorRow>(e =>
        {
            e.ToTable("schedule_actor").HasKey(r => new { r.ResourceKey, r.Actor });
            e.Property(r => r.ScheduleId).HasMaxLength(Short);
            e.Property(r => r.RoleId).HasMaxLength(Short);
            e.HasIndex(r => new { r.Actor, r.ScheduleId }, "ix_schedule_actor");
            e.HasIndex(r => r.ScheduleId, "ix_schedule_actor_schedule");
            e.HasIndex(r => r.RoleId, "ix_schedule_actor_role").HasFilter("role_id IS NOT NULL");
        });
        model.Entity<AppointmentActorRow>(e =>
        {
            e.ToTable("appointment_actor").HasKey(r => new { r.ResourceKey, r.Actor });
            e.HasIndex(r => new { r.Actor, r.StartUs }, "ix_appointment_actor_start");
        });
        foreach (var name in (string[])["Id", "Actor", "AppointmentId"])
            foreach (var entity in model.Model.GetEntityTypes())
                entity.FindProperty(name)?.SetMaxLength(name == "Actor" ? 2 * Short : Short);
    }

    private static void MapClaims(ModelBuilder model)
    {
        model.Entity<ClaimRow>(e =>
        {
            e.ToTable("claim").HasKey(r => r.ClaimKey);
            e.Property(r => r.ClaimKey).ValueGeneratedOnAdd();
            // The longest is a shadow, which has two logical ids: Schedule/x/via/Practitioner/a.
            e.Property(r => r.Target).HasMaxLength(3 * Short);
            e.Property(r => r.AppointmentId).HasMaxLength(Short);
            e.Property(r => r.SlotGroup).HasMaxLength(Short);
            e.Property(r => r.Holder).HasMaxLength(Writing.IndexText.MaxKey);
            e.HasIndex(r => new { r.Target, r.StartUs, r.EndUs, r.Seat }, "ix_claim_target_start");
            e.HasIndex(r => new { r.Target, r.EndUs }, "ix_claim_long").HasFilter("is_long = 1");
            e.HasIndex(r => r.AppointmentId, "ix_claim_appointment");
            e.HasIndex(r => r.ExpiresUs, "ix_claim_expires").HasFilter("expires_us IS NOT NULL");
            e.HasIndex(r => new { r.Holder, r.StartUs }, "ix_claim_holder").HasFilter("expires_us IS NOT NULL");
        });
        model.Entity<CalendarLockRow>(e =>
        {
            e.ToTable("calendar_lock").HasKey(r => r.Target);
            e.Property(r => r.Target).HasMaxLength(2 * Short);
            e.Property(r => r.Version).HasDefaultValue(0L);
        });
    }

    private static void MapIdempotency(ModelBuilder model) => model.Entity<IdempotencyKeyRow>(e =>
    {
        e.ToTable("idempotency_key").HasKey(r => r.KeyHash);
        e.Property(r => r.KeyHash).HasMaxLength(Sha256Bytes).ValueGeneratedNever();
        e.Property(r => r.RequestHash).HasMaxLength(Sha256Bytes);
        e.HasIndex(r => r.CreatedUs, "ix_idempotency_key_created");
    });

    private static void MapPageKeys(ModelBuilder model) => model.Entity<PageKeyRow>(e =>
    {
        e.ToTable("page_key").HasKey(r => r.KeyId);
        e.Property(r => r.KeyId).ValueGeneratedNever();
        e.Property(r => r.Secret).HasMaxLength(PageKey.SecretBytes);
    });

    private static void MapJobs(ModelBuilder model)
    {
        model.Entity<JobRow>(e =>
        {
            e.ToTable("job").HasKey(r => r.JobId);
            e.Property(r => r.JobId).HasMaxLength(Short);
            e.Property(r => r.Kind).HasMaxLength(Short);
            e.Property(r => r.Owner).HasMaxLength(Writing.IndexText.MaxKey);
            e.HasIndex(r => new { r.State, r.LeaseUs }, "ix_job_state");
            e.HasIndex(r => r.ExpiresUs, "ix_job_expires");
        });
        model.Entity<JobFileRow>(e =>
        {
            e.ToTable("job_file").HasKey(r => new { r.JobId, r.Name, r.Part });
            e.Property(r => r.JobId).HasMaxLength(Short);
            e.Property(r => r.Name).HasMaxLength(2 * Short);
        });
        model.Entity<IndexedParameterRow>(e =>
        {
            e.ToTable("indexed_parameter").HasKey(r => r.VersionKey);
            e.Property(r => r.VersionKey).ValueGeneratedNever();
        });
    }

    private static void MapMessages(ModelBuilder model) => model.Entity<MessageRow>(e =>
    {
        e.ToTable("message").HasKey(r => r.MessageId);
        e.Property(r => r.MessageId).HasMaxLength(Short);
        e.Property(r => r.Kind).HasMaxLength(Short);
        e.Property(r => r.About).HasMaxLength(2 * Short);
        e.Property(r => r.Recipient).HasMaxLength(2 * Short);
        e.Property(r => r.Holder).HasMaxLength(Short);
        e.HasIndex(r => r.LeaseUs, "ix_message_lease");
        e.HasIndex(r => r.About, "ix_message_about");
    });

    private static void MapTimeZones(ModelBuilder model) => model.Entity<TimeZoneRow>(e =>
    {
        e.ToTable("time_zone").HasKey(r => r.ZoneId);
        e.Property(r => r.ZoneId).HasMaxLength(Short);
    });

    private static void MapAudit(ModelBuilder model)
    {
        model.Entity<AuditEntryRow>(e =>
        {
            e.ToTable("audit_entry").HasKey(r => new { r.Chain, r.Seq });
            e.Property(r => r.Hash).HasMaxLength(Sha256Bytes);
        });
        model.Entity<AuditLineRow>(e =>
        {
            e.ToTable("audit_line").HasKey(r => new { r.Chain, r.Seq, r.Line });
            e.Property(r => r.Client).HasMaxLength(Short);
            e.Property(r => r.Entity).HasMaxLength(2 * Short);
            e.Property(r => r.Agent).HasMaxLength(2 * Short);
            e.HasIndex(r => r.RecordedUs, "ix_audit_line_recorded");
            e.HasIndex(r => new { r.Client, r.RecordedUs }, "ix_audit_line_client");
            e.HasIndex(r => new { r.Agent, r.RecordedUs }, "ix_audit_line_agent");
            e.HasIndex(r => new { r.Entity, r.RecordedUs }, "ix_audit_line_entity");
        });
        model.Entity<AuditChainRow>(e =>
        {
            e.ToTable("audit_chain").HasKey(r => r.Chain);
            e.Property(r => r.Chain).ValueGeneratedNever();
            e.Property(r => r.Hash).HasMaxLength(Sha256Bytes);
            e.Property(r => r.Mac).HasMaxLength(Sha256Bytes);
        });
        model.Entity<AuditSecretRow>(e =>
        {
            e.ToTable("audit_secret").HasKey(r => r.SecretId);
            e.Property(r => r.SecretId).ValueGeneratedNever();
        });
    }

    private void NameColumns(ModelBuilder model)
    {
        foreach (var property in model.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
        {
            property.SetColumnName(SnakeCase(property.Name));
            if (property.ClrType == typeof(string))
                property.SetCollation(storage.TextCollation);
        }
    }

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
