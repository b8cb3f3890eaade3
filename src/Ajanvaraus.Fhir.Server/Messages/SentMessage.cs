using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Model;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Persistence.Messages;
using Ajanvaraus.Fhir.Server.Booking;
using Ajanvaraus.Fhir.Server.Mapping;
using Ajanvaraus.Fhir.Server.Writing;

namespace Ajanvaraus.Fhir.Server.Messages;

/// <summary>What is left of a message: a Communication that says that it was sent, or why it was not.</summary>
/// <remarks>
/// Its id is that of the message, so that there is one also when two processes end the same message.
/// Source: http://hl7.org/fhir/R4/communication.html .
/// </remarks>
internal static class SentMessage
{
    public const string InvalidNumber = "invalid-phone-number";
    public const string SystemError = "system-error";

    private const string ReasonSystem = "http://terminology.hl7.org/CodeSystem/communication-not-done-reason";
    private const string ChannelSystem = Canonicals.Base + "/CodeSystem/reminder-channel";

    /// <summary>Takes the message out of the outbox and writes the Communication, in one transaction.</summary>
    /// <param name="notDone">Code of communication-not-done-reason; null: it was sent.</param>
    public static async ValueTask EndAsync(
        WriteSession session, WriteServices services, OutboxMessage message, Letter letter, string? notDone)
    {
        await session.Outbox.EndAsync(message);
        if (await session.ReadAsync("Communication", message.Id) is not null)
            return;
        var communication = Of(message, letter, notDone, session.Now);
        await session.PutAsync(services.Prepare(communication), WriteMethod.Post);
        if (notDone is null && LocalReference.IdOf(message.About, "CommunicationRequest") is { } request)
            await CompleteAsync(session, services, request);
    }

    private static async ValueTask CompleteAsync(WriteSession session, WriteServices services, string id)
    {
        if (await session.LockAsync("CommunicationRequest", id) is not { IsDeleted: false } stored)
            return;
        var node = StoredNodes.Parse(stored);
        if (node.Text("status") == "active")
            await session.PutAsync(
                services.Prepare(node.Set("status", "completed")), WriteMethod.Put, services.PrepareBefore(stored, node));
    }

    private static ElementNode Of(OutboxMessage message, Letter letter, string? notDone, long now)
    {
        var node = new ElementNode(null, R4.Definitions.Resource("Communication")!, null, []).Set("id", message.Id);
        if (LocalReference.IdOf(message.About, "CommunicationRequest") is not null)
            node = node.Append(node.New("basedOn").Set("reference", message.About));
        node = node.Set("status", notDone is null ? "completed" : "not-done");
        if (notDone is not null)
            node = node.Append(Coded(node.New("statusReason"), ReasonSystem, notDone));
        node = node.Append(Coded(node.New("category"), Notices.KindSystem, message.Kind))
            .Append(Coded(node.New("medium"), ChannelSystem, "sms"));
        if (LocalReference.IdOf(message.Recipient, "Patient") is not null)
            node = node.Append(node.New("subject").Set("reference", message.Recipient));
        node = node.Append(node.New("about").Set("reference", letter.About));
        if (notDone is null)
            node = node.Set("sent", FhirInstant.Format(now, Zones.Default));
        node = node.Append(node.New("recipient").Set("reference", message.Recipient));
        return node.Append(node.New("payload").Set("contentString", letter.Text));
    }

    private static ElementNode Coded(ElementNode concept, string system, string code) =>
        concept.Append(concept.New("coding").Set("system", system).Set("code", code));
}
