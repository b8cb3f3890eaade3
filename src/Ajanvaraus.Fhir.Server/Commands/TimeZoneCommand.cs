using System.CommandLine;

using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence.Identities;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Rezoning;
using Ajanvaraus.Fhir.Server.Security;

using NodaTime;

namespace Ajanvaraus.Fhir.Server.Commands;

/// <summary><c>time-zones</c>: tells what new rules of time zones move, as CSV; takes them with <c>--apply</c>.</summary>
internal static class TimeZoneCommand
{
    public static Command Create(CommandLanguage language)
    {
        var database = ServerCommand.Database(language);
        var identityKeys = ServerCommand.IdentityKeys(language);
        var apply = new Option<bool>("--apply")
        {
            Description = language.Say(
                "Takes the rules of this machine, and moves what begins later; while no server runs on the database.",
                "Ottaa tämän koneen säännöt ja siirtää myöhemmin alkavat; yksikään palvelin ei saa olla käynnissä."),
        };
        var command = new Command("time-zones", language.Say(
            "Tells which times to come the new rules of a time zone move, so that they stay at the same time by the clock.",
            "Kertoo, mitkä tulevat ajat aikavyöhykkeen uudet säännöt siirtävät, jotta ne pysyvät samassa kellonajassa."))
        {
            database, identityKeys, apply,
        };
        command.SetAction((arguments, cancel) => ServerCommand.RunAsync(() => RunAsync(
            arguments.GetValue(database)!, arguments.GetValue(apply), arguments.InvocationConfiguration.Output, language, TimeProvider.System,
            cancel, IdentityKeyFile.Of(arguments.GetValue(identityKeys), arguments.GetValue(database)!, isMade: false))));
        return command;
    }

    /// <remarks>Exit code 1 where bookings would meet: then nothing is changed.</remarks>
    internal static async Task<int> RunAsync(
        string database, bool apply, TextWriter output, CommandLanguage language, TimeProvider clock, CancellationToken cancel,
        IdentityKeys? keys = null)
    {
        await using var store = apply
            ? await Database.OpenAsync(database, clock, cancel, keys)
            : await Database.OpenForReadingAsync(database, clock, cancel, keys);
        var facade = new FhirFacade(store, new ServerOptions(ServerOptions.DefaultUrls, database, IsOpen: true), clock);
        await facade.SearchParameters.RefreshAsync(cancel);
        var rezoner = new Rezoner(store, facade.Services);
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        RezoningPlan plan;
        if (apply)
        {
            var applied = await rezoner.ApplyAsync(now, cancel);
            if (applied.Failed)
                return await ServerCommand.TellAsync(applied.Problem, language);
            plan = applied.Value;
        }
        else
        {
            plan = await rezoner.PlanAsync(now, cancel);
        }
        await TellAsync(plan, output);
        if (plan.Meetings.IsEmpty)
            return ServerCommand.Success;
        await Console.Error.WriteLineAsync(language.Say(
            "Nothing can be changed while bookings would meet: move one of each first.",
            "Mitään ei voi muuttaa, kun varauksia menisi päällekkäin: siirrä ensin toista kustakin."));
        return ServerCommand.Failure;
    }

    private static async Task TellAsync(RezoningPlan plan, TextWriter output)
    {
        await output.WriteLineAsync("reference;zone;before;after");
        foreach (var moved in plan.Appointments.Concat(plan.Slots))
        {
            var (old, rules) = (Zones.Of(moved.ZoneId), plan.Zones[moved.ZoneId].Rules);
            await output.WriteLineAsync(
                $"{moved.Reference};{moved.ZoneId};{AppointmentMapping.InstantText(moved.Before.Start, old)};"
                + AppointmentMapping.InstantText(moved.After.Start, rules));
        }
        foreach (var meeting in plan.Meetings)
            await output.WriteLineAsync(
                $"{meeting.One};{(meeting.Other.Length == 0 ? "past" : $"meets {meeting.Other} in {meeting.Target}")};"
                + $";{AppointmentMapping.InstantText(meeting.At, TimeZones.Default)}");
    }
}
