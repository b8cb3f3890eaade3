using Ajanvaraus.Fhir.Core.Validation;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>The operations that are offered, each made once.</summary>
public static class SchedulingOperations
{
    public static ImmutableArray<IOperation> All(
        ResourceStore store, WritePipeline pipeline, StructuralValidator validator, TimeProvider clock)
    {
        var booking = new AppointmentBooking(pipeline, store, validator, clock);
        var limits = new HoldLimits();
        var release = new ReleaseAppointment(pipeline);
        return
        [
            new HoldAppointment(booking, limits),
            new HoldSlot(booking, release, store, limits),
            release,
            new BookAppointment(booking, "book"),
            new BookAppointment(booking, "confirm"),
            new CancelAppointment(pipeline),
            new RescheduleAppointment(pipeline, store),
        ];
    }
}
