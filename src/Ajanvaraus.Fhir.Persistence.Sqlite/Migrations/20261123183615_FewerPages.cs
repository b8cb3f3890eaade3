using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ajanvaraus.Fhir.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class FewerPages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_index_token",
                table: "index_token");

            migrationBuilder.DropIndex(
                name: "ix_index_date",
                table: "index_date");

            migrationBuilder.CreateIndex(
                name: "ix_index_token",
                table: "index_token",
                columns: new[] { "parameter", "code", "system", "resource_key" },
                filter: "parameter NOT IN (1059002135, -134525643, 971820038, -159480474, 2026913668, 942122070, -1003234978, -803105256, 1277821606)");

            migrationBuilder.CreateIndex(
                name: "ix_index_date",
                table: "index_date",
                columns: new[] { "parameter", "start_us", "end_us", "resource_key" },
                filter: "parameter IN (1274320055, 2063125176, 1967066864)");

            // The full text index is told of all rows of a group together: SqliteTexts.
            migrationBuilder.Sql("CREATE TABLE index_text_pending (key INTEGER PRIMARY KEY)");
            migrationBuilder.Sql("DROP TRIGGER index_text_added");
            migrationBuilder.Sql("DROP TRIGGER index_text_removed");
            migrationBuilder.Sql("""
                CREATE TRIGGER index_text_added AFTER INSERT ON index_text BEGIN
                    INSERT OR IGNORE INTO index_text_pending (key) VALUES (NEW.resource_key * 2 + NEW.is_content);
                END
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER index_text_removed AFTER DELETE ON index_text BEGIN
                    INSERT OR IGNORE INTO index_text_pending (key) VALUES (OLD.resource_key * 2 + OLD.is_content);
                END
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_index_token",
                table: "index_token");

            migrationBuilder.DropIndex(
                name: "ix_index_date",
                table: "index_date");

            migrationBuilder.CreateIndex(
                name: "ix_index_token",
                table: "index_token",
                columns: new[] { "parameter", "code", "system", "resource_key" });

            migrationBuilder.CreateIndex(
                name: "ix_index_date",
                table: "index_date",
                columns: new[] { "parameter", "start_us", "end_us", "resource_key" });

            migrationBuilder.Sql("DROP TRIGGER index_text_added");
            migrationBuilder.Sql("DROP TRIGGER index_text_removed");
            migrationBuilder.Sql("DROP TABLE index_text_pending");
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
    }
}
