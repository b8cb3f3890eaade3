using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ajanvaraus.Fhir.Persistence.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Jobs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "indexed_parameter",
                columns: table => new
                {
                    version_key = table.Column<long>(type: "bigint", nullable: false),
                    is_ready = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_indexed_parameter", x => x.version_key);
                });

            migrationBuilder.CreateTable(
                name: "job",
                columns: table => new
                {
                    job_id = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_BIN2"),
                    kind = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_BIN2"),
                    owner = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_BIN2"),
                    state = table.Column<int>(type: "int", nullable: false),
                    created_us = table.Column<long>(type: "bigint", nullable: false),
                    lease_us = table.Column<long>(type: "bigint", nullable: false),
                    expires_us = table.Column<long>(type: "bigint", nullable: false),
                    request = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    position = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_BIN2"),
                    progress = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_BIN2"),
                    status = table.Column<int>(type: "int", nullable: false),
                    result = table.Column<byte[]>(type: "varbinary(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_job", x => x.job_id);
                });

            migrationBuilder.CreateTable(
                name: "job_file",
                columns: table => new
                {
                    job_id = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_BIN2"),
                    name = table.Column<string>(type: "nvarchar(128)", maxLength: 128, nullable: false, collation: "Latin1_General_BIN2"),
                    part = table.Column<int>(type: "int", nullable: false),
                    lines = table.Column<int>(type: "int", nullable: false),
                    body = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_job_file", x => new { x.job_id, x.name, x.part });
                });

            migrationBuilder.CreateIndex(
                name: "ix_job_expires",
                table: "job",
                column: "expires_us");

            migrationBuilder.CreateIndex(
                name: "ix_job_state",
                table: "job",
                columns: new[] { "state", "lease_us" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "indexed_parameter");

            migrationBuilder.DropTable(
                name: "job");

            migrationBuilder.DropTable(
                name: "job_file");
        }
    }
}
