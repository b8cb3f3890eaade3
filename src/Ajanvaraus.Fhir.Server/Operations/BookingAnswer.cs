using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Middleware;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>How the scheduling operations answer: 201 when an Appointment was made, 200 when one changed.</summary>
/// <remarks>
/// A bare Appointment in gives an Appointment out; everything else a searchset with the one Appointment, and with its
/// Slots where the caller gave copies of Slots or asked for them.
/// </remarks>
internal sealed class BookingAnswer(ResourceStore store)
{
    /// <summary>The answer to <c>$book</c> and <c>$hold</c>.</summary>
    public async Task<FhirResponse> OfAsync(
        OperationContext context, WriteResult result, BookingInput input, CancellationToken cancel)
    {
        var answer = Bare(context, result);
        var isWhole = context.Request.Prefer.Return is ReturnPreference.Default or ReturnPreference.Representation;
        if (input.AnswersResource || !isWhole)
            return answer;
        var slots = input.ShowsSlots ? await SlotsAsync(result.Stored!, cancel) : [];
        return answer.WithBody(Searchset(context, result.Stored!, slots));
    }

    /// <summary>202 while the booking waits for approval.</summary>
    public static FhirResponse Pending(FhirResponse answer, WriteResult result) =>
        result.Stored is { } stored && AwaitsApproval(stored) ? answer with { Status = StatusCodes.Status202Accepted } : answer;

    /// <summary>For a booking, which is no hold: pending is what its professionals have still to accept.</summary>
    public static bool AwaitsApproval(StoredResource booking) =>
        new AppointmentView(StoredNodes.Parse(booking)).Status == "pending";

    /// <summary>The Appointment alone, as the operations on a known one answer.</summary>
    public static FhirResponse Bare(OperationContext context, WriteResult result)
    {
        var answer = WriteResponses.Of(context.Request, result, result.Warnings, ReturnPreference.Representation);
        return Expires(result.Stored!) is { } until ? answer.With("Expires", until) : answer;
    }

    /// <summary>One Appointment alone; of a series all that were changed, as a searchset.</summary>
    public static FhirResponse OfSeries(OperationContext context, ImmutableArray<WriteResult> results)
    {
        if (results is [var one])
            return Bare(context, one);
        var output = new PooledBuffer();
        var bundle = new BundleWriter(output, context.Request.BaseUrl);
        bundle.Start("searchset"u8, results.Length);
        foreach (var result in results)
            bundle.Found(result.Stored!, result.Stored!.Body.Span, isMatch: true);
        bundle.End();
        return FhirResponse.OfBuffer(StatusCodes.Status200OK, output);
    }

    private async Task<ImmutableArray<StoredResource>> SlotsAsync(StoredResource appointment, CancellationToken cancel)
    {
        var ids = new AppointmentView(StoredNodes.Parse(appointment)).Slots
            .Select(r => LocalReference.IdOf(r, "Slot")).OfType<string>().ToList();
        return ids.Count == 0 ? [] : await store.QueryAsync(s => s.ReadManyAsync("Slot", ids), cancel);
    }

    /// <summary>Braces of a Bundle around the stored bytes.</summary>
    private static byte[] Searchset(
        OperationContext context, StoredResource stored, ImmutableArray<StoredResource> slots)
    {
        using var output = new PooledBuffer(stored.Body.Length + 512);
        var bundle = new BundleWriter(output, context.Request.BaseUrl);
        bundle.Start("searchset"u8, 1);
        bundle.Found(stored, stored.Body.Span, isMatch: true);
        foreach (var slot in slots)
            bundle.Found(slot, slot.Body.Span, isMatch: false);
        bundle.End();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>HTTP date of the end of the hold; a date has no parts of a second, so it is cut, never late.</summary>
    private static string? Expires(StoredResource stored)
    {
        if (stored.Body.Span.IndexOf("/StructureDefinition/held-until"u8) < 0)
            return null;
        var appointment = new AppointmentView(StoredNodes.Parse(stored));
        return appointment.Status == "pending" ? appointment.HeldUntil?.ToString("R") : null;
    }
}
