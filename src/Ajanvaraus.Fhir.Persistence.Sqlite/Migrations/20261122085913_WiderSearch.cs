using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ajanvaraus.Fhir.Persistence.Sqlite.Migrations
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
                    occurrence = table.Column<int>(type: "INTEGER", nullable: false),
                    system = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    unit = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    low = table.Column<double>(type: "REAL", nullable: false),
                    high = table.Column<double>(type: "REAL", nullable: false),
                    parameter = table.Column<int>(type: "INTEGER", nullable: false),
                    resource_key = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                });

            migrationBuilder.CreateTable(
                name: "index_position",
                columns: table => new
                {
                    x = table.Column<double>(type: "REAL", nullable: false),
                    y = table.Column<double>(type: "REAL", nullable: false),
                    z = table.Column<double>(type: "REAL", nullable: false),
                    parameter = table.Column<int>(type: "INTEGER", nullable: false),
                    resource_key = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                });

            migrationBuilder.CreateTable(
                name: "index_text",
                columns: table => new
                {
                    is_content = table.Column<int>(type: "INTEGER", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    parameter = table.Column<int>(type: "INTEGER", nullable: false),
                    resource_key = table.Column<long>(type: "INTEGER", nullable: false)
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

            // Keys of the full text index: twice the resource's, and one more for all its text.
            migrationBuilder.Sql("""
                CREATE VIRTUAL TABLE index_text_fts USING fts5(
                    body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER index_text_added AFTER INSERT ON index_text BEGIN
                    INSERT INTO index_text_fts (rowid, body) VALUES (NEW.resource_key * 2 + NEW.is_content, NEW.body);
                END
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER index_text_removed AFTER DELETE ON index_text BEGIN
                    DELETE FROM index_text_fts WHERE rowid = OLD.resource_key * 2 + OLD.is_content;
                END
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TABLE index_text_fts");

            migrationBuilder.DropTable(
                name: "index_composite");

            migrationBuilder.DropTable(
                name: "index_position");

            migrationBuilder.DropTable(
                name: "index_text");
        }
    }
}
