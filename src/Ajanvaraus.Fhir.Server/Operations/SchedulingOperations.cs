using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>The operations that are offered, each made once.</summary>
internal static class SchedulingOperations
{
    public static ImmutableArray<IOperation> All(
        WritePipeline pipeline, FindServices find, StructuralValidator validator, RequestKeys keys,
        HoldLimits limits)
    {
        var store = find.Store;
        var booking = new AppointmentBooking(pipeline, store, validator, find.Clock);
        var release = new ReleaseAppointment(pipeline);
        return
        [
            .. FindAppointments.All(find),
            new HoldAppointment(booking, limits),
            new HoldSlot(booking, release, store, limits),
            release,
            new BookAppointment(booking, "book"),
            new BookAppointment(booking, "confirm"),
            new CancelAppointment(pipeline),
            new RescheduleAppointment(pipeline, store),
            new AnsweredOnce(new ApplyTemplate(store, pipeline, find.Holds), keys),
        ];
    }
}
