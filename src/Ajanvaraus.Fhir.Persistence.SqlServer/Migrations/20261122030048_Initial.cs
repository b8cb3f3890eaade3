using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ajanvaraus.Fhir.Persistence.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "resource_key_seq");

            migrationBuilder.CreateSequence(
                name: "version_key_seq");

            migrationBuilder.CreateTable(
                name: "appointment_actor",
                columns: table => new
                {
                    resource_key = table.Column<long>(type: "bigint", nullable: false),
                    actor = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_BIN2"),
                    appointment_id = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_BIN2"),
                    start_us = table.Column<long>(type: "bigint", nullable: false),
                    start_until_us = table.Column<long>(type: "bigint", nullable: false),
                    end_us = table.Column<long>(type: "bigint", nullable: false),
                    status = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_appointment_actor", x => new { x.resource_key, x.actor });
                });

            migrationBuilder.CreateTable(
                name: "calendar_lock",
                columns: table => new
                {
                    target = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_calendar_lock", x => x.target);
                });

            migrationBuilder.CreateTable(
                name: "claim",
                columns: table => new
                {
                    claim_key = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    target = table.Column<string>(type: "nvarchar(192)", maxLength: 192, nullable: false, collation: "Latin1_General_BIN2"),
                    seat = table.Column<int>(type: "int", nullable: false),
                    start_us = table.Column<long>(type: "bigint", nullable: false),
                    end_us = table.Column<long>(type: "bigint", nullable: false),
                    is_long = table.Column<int>(type: "int", nullable: false),
                    appointment_id = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_BIN2"),
                    slot_group = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_BIN2"),
                    expires_us = table.Column<long>(type: "bigint", nullable: true),
                    holder = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_claim", x => x.claim_key);
                });

            migrationBuilder.CreateTable(
                name: "index_date",
                columns: table => new
                {
                    start_us = table.Column<long>(type: "bigint", nullable: false),
                    end_us = table.Column<long>(type: "bigint", nullable: false),
                    parameter = table.Column<int>(type: "int", nullable: false),
                    resource_key = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                });

            migrationBuilder.CreateTable(
                name: "index_number",
                columns: table => new
                {
                    low = table.Column<double>(type: "float", nullable: false),
                    high = table.Column<double>(type: "float", nullable: false),
                    parameter = table.Column<int>(type: "int", nullable: false),
                    resource_key = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                });

            migrationBuilder.CreateTable(
                name: "index_quantity",
                columns: table => new
                {
                    system = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_BIN2"),
                    code = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_BIN2"),
                    unit = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_BIN2"),
                    low = table.Column<double>(type: "float", nullable: false),
                    high = table.Column<double>(type: "float", nullable: false),
                    parameter = table.Column<int>(type: "int", nullable: false),
                    resource_key = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                });

            migrationBuilder.CreateTable(
                name: "index_reference",
                columns: table => new
                {
                    target_type = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_BIN2"),
                    target_id = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_BIN2"),
                    uri = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_BIN2"),
                    identifier_system = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_BIN2"),
                    identifier_value = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_BIN2"),
                    parameter = table.Column<int>(type: "int", nullable: false),
                    resource_key = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                });

            migrationBuilder.CreateTable(
                name: "index_string",
                columns: table => new
                {
                    prefix = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_BIN2"),
                    normalized = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_BIN2"),
                    exact = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_BIN2"),
                    parameter = table.Column<int>(type: "int", nullable: false),
                    resource_key = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                });

            migrationBuilder.CreateTable(
                name: "index_token",
                columns: table => new
                {
                    system = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_BIN2"),
                    code = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_BIN2"),
                    text = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true, collation: "Latin1_General_BIN2"),
                    parameter = table.Column<int>(type: "int", nullable: false),
                    resource_key = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                });

            migrationBuilder.CreateTable(
                name: "index_uri",
                columns: table => new
                {
                    uri = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_BIN2"),
                    parameter = table.Column<int>(type: "int", nullable: false),
                    resource_key = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                });

            migrationBuilder.CreateTable(
                name: "resource",
                columns: table => new
                {
                    resource_key = table.Column<long>(type: "bigint", nullable: false),
                    type = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_BIN2"),
                    id = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_BIN2"),
                    version = table.Column<int>(type: "int", nullable: false),
                    version_key = table.Column<long>(type: "bigint", nullable: false),
                    last_updated = table.Column<long>(type: "bigint", nullable: false),
                    deleted = table.Column<int>(type: "int", nullable: false),
                    index_mask = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_resource", x => x.resource_key);
                });

            migrationBuilder.CreateTable(
                name: "resource_version",
                columns: table => new
                {
                    version_key = table.Column<long>(type: "bigint", nullable: false),
                    resource_key = table.Column<long>(type: "bigint", nullable: false),
                    type = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_BIN2"),
                    version = table.Column<int>(type: "int", nullable: false),
                    last_updated = table.Column<long>(type: "bigint", nullable: false),
                    method = table.Column<int>(type: "int", nullable: false),
                    body = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_resource_version", x => x.version_key);
                });

            migrationBuilder.CreateTable(
                name: "schedule",
                columns: table => new
                {
                    resource_key = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_BIN2"),
                    is_active = table.Column<int>(type: "int", nullable: false),
                    horizon_start_us = table.Column<long>(type: "bigint", nullable: true),
                    horizon_end_us = table.Column<long>(type: "bigint", nullable: true),
                    zone = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_BIN2"),
                    services = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_schedule", x => x.resource_key);
                });

            migrationBuilder.CreateTable(
                name: "schedule_actor",
                columns: table => new
                {
                    resource_key = table.Column<long>(type: "bigint", nullable: false),
                    actor = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_BIN2"),
                    schedule_id = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_BIN2"),
                    role_id = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_schedule_actor", x => new { x.resource_key, x.actor });
                });

            migrationBuilder.CreateTable(
                name: "slot",
                columns: table => new
                {
                    resource_key = table.Column<long>(type: "bigint", nullable: false),
                    id = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_BIN2"),
                    schedule_id = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_BIN2"),
                    start_us = table.Column<long>(type: "bigint", nullable: false),
                    start_until_us = table.Column<long>(type: "bigint", nullable: false),
                    end_us = table.Column<long>(type: "bigint", nullable: false),
                    is_long = table.Column<int>(type: "int", nullable: false),
                    status = table.Column<int>(type: "int", nullable: false),
                    capacity = table.Column<int>(type: "int", nullable: false),
                    is_filler = table.Column<int>(type: "int", nullable: false),
                    services = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_slot", x => x.resource_key);
                });

            migrationBuilder.CreateIndex(
                name: "ix_appointment_actor_start",
                table: "appointment_actor",
                columns: new[] { "actor", "start_us" });

            migrationBuilder.CreateIndex(
                name: "ix_claim_appointment",
                table: "claim",
                column: "appointment_id");

            migrationBuilder.CreateIndex(
                name: "ix_claim_expires",
                table: "claim",
                column: "expires_us",
                filter: "expires_us IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_claim_holder",
                table: "claim",
                columns: new[] { "holder", "start_us" },
                filter: "expires_us IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_claim_long",
                table: "claim",
                columns: new[] { "target", "end_us" },
                filter: "is_long = 1");

            migrationBuilder.CreateIndex(
                name: "ix_claim_target_start",
                table: "claim",
                columns: new[] { "target", "start_us" });

            migrationBuilder.CreateIndex(
                name: "ix_index_date",
                table: "index_date",
                columns: new[] { "parameter", "start_us", "end_us", "resource_key" });

            migrationBuilder.CreateIndex(
                name: "ix_index_date_resource",
                table: "index_date",
                columns: new[] { "resource_key", "parameter" });

            migrationBuilder.CreateIndex(
                name: "ix_index_number",
                table: "index_number",
                columns: new[] { "parameter", "low", "resource_key" });

            migrationBuilder.CreateIndex(
                name: "ix_index_number_resource",
                table: "index_number",
                columns: new[] { "resource_key", "parameter" });

            migrationBuilder.CreateIndex(
                name: "ix_index_quantity",
                table: "index_quantity",
                columns: new[] { "parameter", "low", "resource_key" });

            migrationBuilder.CreateIndex(
                name: "ix_index_quantity_resource",
                table: "index_quantity",
                columns: new[] { "resource_key", "parameter" });

            migrationBuilder.CreateIndex(
                name: "ix_index_reference",
                table: "index_reference",
                columns: new[] { "target_id", "parameter", "target_type", "resource_key" },
                filter: "target_id <> ''");

            migrationBuilder.CreateIndex(
                name: "ix_index_reference_identifier",
                table: "index_reference",
                columns: new[] { "identifier_value", "parameter" },
                filter: "identifier_value <> ''");

            migrationBuilder.CreateIndex(
                name: "ix_index_reference_resource",
                table: "index_reference",
                columns: new[] { "resource_key", "parameter" });

            migrationBuilder.CreateIndex(
                name: "ix_index_reference_uri",
                table: "index_reference",
                columns: new[] { "uri", "parameter" },
                filter: "uri <> ''");

            migrationBuilder.CreateIndex(
                name: "ix_index_string",
                table: "index_string",
                columns: new[] { "parameter", "prefix", "resource_key" });

            migrationBuilder.CreateIndex(
                name: "ix_index_string_resource",
                table: "index_string",
                columns: new[] { "resource_key", "parameter" });

            migrationBuilder.CreateIndex(
                name: "ix_index_token",
                table: "index_token",
                columns: new[] { "parameter", "code", "system", "resource_key" });

            migrationBuilder.CreateIndex(
                name: "ix_index_token_resource",
                table: "index_token",
                columns: new[] { "resource_key", "parameter" });

            migrationBuilder.CreateIndex(
                name: "ix_index_uri",
                table: "index_uri",
                columns: new[] { "parameter", "uri", "resource_key" });

            migrationBuilder.CreateIndex(
                name: "ix_index_uri_resource",
                table: "index_uri",
                columns: new[] { "resource_key", "parameter" });

            migrationBuilder.CreateIndex(
                name: "ix_resource_type_key",
                table: "resource",
                columns: new[] { "type", "deleted", "resource_key" });

            migrationBuilder.CreateIndex(
                name: "ix_resource_type_updated",
                table: "resource",
                columns: new[] { "type", "deleted", "last_updated", "resource_key" });

            migrationBuilder.CreateIndex(
                name: "ux_resource_type_id",
                table: "resource",
                columns: new[] { "type", "id" },
                unique: true,
                filter: "[id] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_resource_version_type",
                table: "resource_version",
                columns: new[] { "type", "version_key" });

            migrationBuilder.CreateIndex(
                name: "ux_resource_version",
                table: "resource_version",
                columns: new[] { "resource_key", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_schedule_id",
                table: "schedule",
                column: "id",
                unique: true,
                filter: "[id] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_schedule_actor",
                table: "schedule_actor",
                columns: new[] { "actor", "schedule_id" });

            migrationBuilder.CreateIndex(
                name: "ix_schedule_actor_role",
                table: "schedule_actor",
                column: "role_id",
                filter: "role_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_schedule_actor_schedule",
                table: "schedule_actor",
                column: "schedule_id");

            migrationBuilder.CreateIndex(
                name: "ix_slot_long",
                table: "slot",
                columns: new[] { "schedule_id", "end_us" },
                filter: "is_long = 1");

            migrationBuilder.CreateIndex(
                name: "ix_slot_schedule_start",
                table: "slot",
                columns: new[] { "schedule_id", "start_us" });

            migrationBuilder.CreateIndex(
                name: "ux_slot_id",
                table: "slot",
                column: "id",
                unique: true,
                filter: "[id] IS NOT NULL");

            // The second lock on claims: the rules have looked before, and this holds if they were passed by.
            migrationBuilder.Sql("""
                CREATE TRIGGER claim_no_overlap ON claim AFTER INSERT, UPDATE AS
                BEGIN
                    SET NOCOUNT ON;
                    IF EXISTS (SELECT 1 FROM inserted n JOIN claim c WITH (UPDLOCK, HOLDLOCK)
                        ON c.target = n.target AND c.seat = n.seat AND c.claim_key <> n.claim_key
                        WHERE c.start_us < n.end_us AND n.start_us < c.end_us
                        AND c.start_us < c.end_us AND n.start_us < n.end_us)
                        THROW 51001, 'claims of one seat overlap', 1;
                END
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "appointment_actor");

            migrationBuilder.DropTable(
                name: "calendar_lock");

            migrationBuilder.DropTable(
                name: "claim");

            migrationBuilder.DropTable(
                name: "index_date");

            migrationBuilder.DropTable(
                name: "index_number");

            migrationBuilder.DropTable(
                name: "index_quantity");

            migrationBuilder.DropTable(
                name: "index_reference");

            migrationBuilder.DropTable(
                name: "index_string");

            migrationBuilder.DropTable(
                name: "index_token");

            migrationBuilder.DropTable(
                name: "index_uri");

            migrationBuilder.DropTable(
                name: "resource");

            migrationBuilder.DropTable(
                name: "resource_version");

            migrationBuilder.DropTable(
                name: "schedule");

            migrationBuilder.DropTable(
                name: "schedule_actor");

            migrationBuilder.DropTable(
                name: "slot");

            migrationBuilder.DropSequence(
                name: "resource_key_seq");

            migrationBuilder.DropSequence(
                name: "version_key_seq");
        }
    }
}
