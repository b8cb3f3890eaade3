using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ajanvaraus.Fhir.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class PageKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "page_key",
                columns: table => new
                {
                    key_id = table.Column<int>(type: "INTEGER", nullable: false),
                    created_us = table.Column<long>(type: "INTEGER", nullable: false),
                    secret = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_page_key", x => x.key_id);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "page_key");
        }
    }
}
