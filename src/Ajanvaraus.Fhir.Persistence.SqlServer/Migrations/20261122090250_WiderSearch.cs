using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ajanvaraus.Fhir.Persistence.SqlServer.Migrations
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
                    occurrence = table.Column<int>(type: "int", nullable: false),
                    system = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_BIN2"),
                    code = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_BIN2"),
                    unit = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_BIN2"),
                    text = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_BIN2"),
                    low = table.Column<double>(type: "float", nullable: false),
                    high = table.Column<double>(type: "float", nullable: false),
                    parameter = table.Column<int>(type: "int", nullable: false),
                    resource_key = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                });

            migrationBuilder.CreateTable(
                name: "index_position",
                columns: table => new
                {
                    x = table.Column<double>(type: "float", nullable: false),
                    y = table.Column<double>(type: "float", nullable: false),
                    z = table.Column<double>(type: "float", nullable: false),
                    parameter = table.Column<int>(type: "int", nullable: false),
                    resource_key = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                });

            migrationBuilder.CreateTable(
                name: "index_text",
                columns: table => new
                {
                    is_content = table.Column<int>(type: "int", nullable: false),
                    body = table.Column<string>(type: "nvarchar(max)", nullable: false, collation: "Latin1_General_BIN2"),
                    parameter = table.Column<int>(type: "int", nullable: false),
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

            // A full text index needs a key of one column. No list of stop words, so that all databases find the same.
            migrationBuilder.Sql("""
                ALTER TABLE index_text ADD text_key bigint IDENTITY NOT NULL CONSTRAINT pk_index_text PRIMARY KEY
                """);
            migrationBuilder.Sql("CREATE FULLTEXT CATALOG ajanvaraus_text", suppressTransaction: true);
            migrationBuilder.Sql("""
                CREATE FULLTEXT INDEX ON index_text (body LANGUAGE 0) KEY INDEX pk_index_text ON ajanvaraus_text
                    WITH STOPLIST = OFF
                """, suppressTransaction: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP FULLTEXT INDEX ON index_text", suppressTransaction: true);
            migrationBuilder.Sql("DROP FULLTEXT CATALOG ajanvaraus_text", suppressTransaction: true);

            migrationBuilder.DropTable(
                name: "index_composite");

            migrationBuilder.DropTable(
                name: "index_position");

            migrationBuilder.DropTable(
                name: "index_text");
        }
    }
}
