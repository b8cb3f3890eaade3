using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>The operations that are offered, each made once.</summary>
internal static class SchedulingOperations
{
    public static ImmutableArray<IOperation> All(
        WritePipeline pipeline, FindServices find, StructuralValidator validator, RequestKeys keys, IdSource ids,
        HoldLimits limits, GroupDecisions groups)
    {
        var store = find.Store;
        var lookup = new IdentifierLookup(store, find.Searches);
        var clients = new ClientRecords(store, lookup, validator, ids);
        var booking = new AppointmentBooking(pipeline, store, validator, clients, ids, find.Clock);
        var answers = new BookingAnswer(store);
        var series = new SeriesMembership(store, find.Searches);
        var seriesBooking = new SeriesBooking(booking, pipeline, store, ids);
        var release = new ReleaseAppointment(pipeline);
        IOperation[] byReference =
        [
            .. FindAppointments.All(find),
            new HoldAppointment(booking, answers, limits),
            new HoldSlot(booking, release, store, limits),
            release,
            new BookAppointment(booking, seriesBooking, answers, "book"),
            new BookAppointment(booking, seriesBooking, answers, "confirm"),
            new CancelAppointment(pipeline, series),
            new RescheduleAppointment(pipeline, store, series),
            .. ChangeAppointmentStatus.All(pipeline),
            new RecordAbsence(pipeline, find),
            new EndAbsence(pipeline, find),
            .. CallOffGroup.All(groups),
            .. TellWeek.All(find),
            new TellWhereabouts(find),
            new ReassignAppointments(pipeline, find),
        ];
        return
        [
            .. byReference.Select(o => new WithIdentifiers(new OfWhatIsSeen(o, store), lookup)),
            new AnsweredOnce(new OfWhatIsSeen(new ApplyTemplate(store, pipeline, find.Holds), store), keys),
        ];
    }
}
