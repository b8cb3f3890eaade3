using System.Text;

using Ajanvaraus.Fhir.Core.Model.Views;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Interactions;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Operations;

/// <summary>How the scheduling operations answer: 201 when an Appointment was made, 200 when one changed.</summary>
/// <remarks>A bare Appointment in gives an Appointment out; everything else a searchset with the one Appointment.</remarks>
internal static class BookingAnswer
{
    public static FhirResponse Of(OperationContext context, WriteResult result, bool answersResource)
    {
        var answer = WriteResponses.Of(context.Request, result, result.Warnings, ReturnPreference.Representation);
        if (!answersResource && context.Request.Prefer.Return is ReturnPreference.Default or ReturnPreference.Representation)
            answer = answer.WithBody(Searchset(context, result.Stored!));
        return Expires(result.Stored!) is { } until ? answer.With("Expires", until) : answer;
    }

    /// <summary>Braces of a Bundle around the stored bytes.</summary>
    private static byte[] Searchset(OperationContext context, StoredResource stored)
    {
        var before = Encoding.UTF8.GetBytes(
            "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":1,\"entry\":[{\"fullUrl\":\""
            + $"{context.Request.BaseUrl}/Appointment/{stored.Id}" + "\",\"resource\":");
        var after = ",\"search\":{\"mode\":\"match\"}}]}"u8;
        var body = new byte[before.Length + stored.Body.Length + after.Length];
        before.CopyTo(body, 0);
        stored.Body.Span.CopyTo(body.AsSpan(before.Length));
        after.CopyTo(body.AsSpan(before.Length + stored.Body.Length));
        return body;
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
