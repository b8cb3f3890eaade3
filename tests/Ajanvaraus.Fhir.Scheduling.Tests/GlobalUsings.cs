global using System.Collections.Immutable;
global using Ajanvaraus.Fhir.Scheduling.Booking;
global using Ajanvaraus.Fhir.Scheduling.Slots;
global using Ajanvaraus.Fhir.Scheduling.Time;
global using NodaTime;
