using System.Text;

namespace Ajanvaraus.Fhir.Benchmarks.Load;

/// <summary>Requests as the bytes that go over the wire, made before the measurement.</summary>
internal static class Request
{
    public static byte[] Get(string host, string path) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: application/fhir+json\r\n\r\n");

    public static byte[] Send(string host, string method, string path, string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        var head = Encoding.ASCII.GetBytes(
            $"{method} {path} HTTP/1.1\r\nHost: {host}\r\nAccept: application/fhir+json\r\n"
            + $"Content-Type: application/fhir+json\r\nContent-Length: {body.Length}\r\n\r\n");
        return [.. head, .. body];
    }
}
