using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ajanvaraus.Fhir.Persistence.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class WiderSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "index_composite",
                columns: table => new
                {
                    occurrence = table.Column<int>(type: "integer", nullable: false),
                    system = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    code = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    unit = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    low = table.Column<double>(type: "double precision", nullable: false),
                    high = table.Column<double>(type: "double precision", nullable: false),
                    parameter = table.Column<int>(type: "integer", nullable: false),
                    resource_key = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                });

            migrationBuilder.CreateTable(
                name: "index_position",
                columns: table => new
                {
                    x = table.Column<double>(type: "double precision", nullable: false),
                    y = table.Column<double>(type: "double precision", nullable: false),
                    z = table.Column<double>(type: "double precision", nullable: false),
                    parameter = table.Column<int>(type: "integer", nullable: false),
                    resource_key = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                });

            migrationBuilder.CreateTable(
                name: "index_text",
                columns: table => new
                {
                    is_content = table.Column<int>(type: "integer", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    parameter = table.Column<int>(type: "integer", nullable: false),
                    resource_key = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                });

            migrationBuilder.CreateIndex(
                name: "ix_index_composite",
                table: "index_composite",
                columns: new[] { "parameter", "code", "system", "resource_key", "occurrence" });

            migrationBuilder.CreateIndex(
                name: "ix_index_composite_resource",
                table: "index_composite",
                columns: new[] { "resource_key", "parameter" });

            migrationBuilder.CreateIndex(
                name: "ix_index_position",
                table: "index_position",
                columns: new[] { "parameter", "z", "resource_key" });

            migrationBuilder.CreateIndex(
                name: "ix_index_position_resource",
                table: "index_position",
                columns: new[] { "resource_key", "parameter" });

            migrationBuilder.CreateIndex(
                name: "ix_index_text_resource",
                table: "index_text",
                columns: new[] { "resource_key", "parameter" });

            // The words were cut and folded by the server: no dictionary of the database has a say, so all databases agree.
            migrationBuilder.Sql("""
                ALTER TABLE index_text ADD COLUMN document tsvector
                    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(body, ' '))) STORED
                """);
            migrationBuilder.Sql("CREATE INDEX ix_index_text_document ON index_text USING gin (document)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "index_composite");

            migrationBuilder.DropTable(
                name: "index_position");

            migrationBuilder.DropTable(
                name: "index_text");
        }
    }
}
