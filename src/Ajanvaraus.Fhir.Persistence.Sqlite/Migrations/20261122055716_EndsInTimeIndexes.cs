using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ajanvaraus.Fhir.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class EndsInTimeIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_slot_schedule_start",
                table: "slot");

            migrationBuilder.DropIndex(
                name: "ix_claim_target_start",
                table: "claim");

            migrationBuilder.CreateIndex(
                name: "ix_slot_schedule_start",
                table: "slot",
                columns: new[] { "schedule_id", "start_us", "end_us" });

            migrationBuilder.CreateIndex(
                name: "ix_claim_target_start",
                table: "claim",
                columns: new[] { "target", "start_us", "end_us", "seat" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_slot_schedule_start",
                table: "slot");

            migrationBuilder.DropIndex(
                name: "ix_claim_target_start",
                table: "claim");

            migrationBuilder.CreateIndex(
                name: "ix_slot_schedule_start",
                table: "slot",
                columns: new[] { "schedule_id", "start_us" });

            migrationBuilder.CreateIndex(
                name: "ix_claim_target_start",
                table: "claim",
                columns: new[] { "target", "start_us" });
        }
    }
}
