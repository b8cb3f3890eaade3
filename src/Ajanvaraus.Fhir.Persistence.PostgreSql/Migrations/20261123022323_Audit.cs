using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ajanvaraus.Fhir.Persistence.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Audit : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit_chain",
                columns: table => new
                {
                    chain = table.Column<int>(type: "integer", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    mac = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_chain", x => x.chain);
                });

            migrationBuilder.CreateTable(
                name: "audit_entry",
                columns: table => new
                {
                    chain = table.Column<int>(type: "integer", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    recorded_us = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    body = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_entry", x => new { x.chain, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "audit_line",
                columns: table => new
                {
                    chain = table.Column<int>(type: "integer", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    line = table.Column<int>(type: "integer", nullable: false),
                    recorded_us = table.Column<long>(type: "bigint", nullable: false),
                    client = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    entity = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C"),
                    agent = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_line", x => new { x.chain, x.seq, x.line });
                });

            migrationBuilder.CreateTable(
                name: "audit_secret",
                columns: table => new
                {
                    secret_id = table.Column<int>(type: "integer", nullable: false),
                    secret = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_secret", x => x.secret_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_line_agent",
                table: "audit_line",
                columns: new[] { "agent", "recorded_us" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_line_client",
                table: "audit_line",
                columns: new[] { "client", "recorded_us" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_line_entity",
                table: "audit_line",
                columns: new[] { "entity", "recorded_us" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_line_recorded",
                table: "audit_line",
                column: "recorded_us");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_chain");

            migrationBuilder.DropTable(
                name: "audit_entry");

            migrationBuilder.DropTable(
                name: "audit_line");

            migrationBuilder.DropTable(
                name: "audit_secret");
        }
    }
}
