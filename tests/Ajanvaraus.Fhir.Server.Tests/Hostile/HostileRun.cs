using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

using Ajanvaraus.Fhir.Core.Definitions;
using Ajanvaraus.Fhir.Core.Json;
using Ajanvaraus.Fhir.Core.Validation;

namespace Ajanvaraus.Fhir.Server.Tests.Hostile;

/// <summary>Sends what nobody honest sends, and keeps what was answered wrongly.</summary>
/// <remarks>Whatever was sent, the answer has one of the statuses expected, is below 500 and came soon, also on a machine with much else to do; one of 400 and more
/// is a valid OperationOutcome that tells nothing of how the server is built.</remarks>
internal sealed partial class HostileRun(HttpClient http)
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly StructuralValidator Validator = new(R4.Definitions);

    private readonly List<string> _wrong = [];

    public int Count { get; private set; }

    /// <summary>Answers by status.</summary>
    public SortedDictionary<int, int> Statuses { get; } = [];

    public Task PostAsync(string name, string url, string body, params int[] expected) =>
        PostAsync(name, url, Encoding.UTF8.GetBytes(body), "application/fhir+json", expected);

    public Task PostAsync(string name, string url, byte[] body, string mediaType, params int[] expected) =>
        SendAsync(name, Request("POST", url, body, mediaType), expected);

    public Task GetAsync(string name, string url, params int[] expected) =>
        SendAsync(name, new HttpRequestMessage(HttpMethod.Get, url), expected);

    public static HttpRequestMessage Request(string method, string url, byte[]? body = null, string mediaType = "application/fhir+json")
    {
        var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (body is null)
            return request;
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        return request;
    }

    /// <summary>Any status below 500 will do where none is given.</summary>
    public async Task<string> SendAsync(string name, HttpRequestMessage request, params int[] expected)
    {
        var start = Stopwatch.GetTimestamp();
        using (request)
        {
            using var response = await http.SendAsync(request);
            var body = await response.Content.ReadAsStringAsync();
            // A NUL in a path is refused by Kestrel itself, which has no words.
            var isKestrels = body.Length == 0 && $"{request.RequestUri}".Contains("%00", StringComparison.Ordinal);
            Judge(name, (int)response.StatusCode, body, Stopwatch.GetElapsedTime(start), expected, request.Method == HttpMethod.Head || isKestrels);
            return body;
        }
    }

    public void Judge(string name, int status, string body, TimeSpan took, int[] expected, bool hasNoBody = false)
    {
        var fault = status >= 500 ? "fault"
            : expected.Length > 0 && !expected.Contains(status) ? $"expected {string.Join(" or ", expected)}"
            : took > Longest ? $"took {took.TotalSeconds:F1} s"
            : status >= 400 && !hasNoBody ? OutcomeFault(body)
            : null;
        lock (_wrong)
        {
            Count++;
            Statuses[status] = Statuses.GetValueOrDefault(status) + 1;
            if (fault is not null)
                _wrong.Add($"{name}: {status}, {fault}: {(body.Length > 600 ? body[..600] : body)}");
        }
    }

    /// <summary>That nothing was answered wrongly, and the server still answers.</summary>
    public async Task FinishAsync(int atLeast = 50)
    {
        _wrong.Take(20).Should().BeEmpty("{0} of {1} were answered wrongly", _wrong.Count, Count);
        Count.Should().BeGreaterThanOrEqualTo(atLeast);
        using var alive = await http.GetAsync("metadata");
        ((int)alive.StatusCode).Should().Be(200);
    }

    /// <summary>What is wrong with the body of a refusal; null: nothing.</summary>
    internal static string? OutcomeFault(string body)
    {
        if (BuiltOf().Match(body) is { Success: true } told)
            return $"tells {told.Value}";
        if (body.StartsWith('<'))
            return body.Contains("<OperationOutcome", StringComparison.Ordinal) ? null : "no OperationOutcome";
        var parsed = FhirJson.Parse(Encoding.UTF8.GetBytes(body));
        if (parsed.Resource is not { } outcome || outcome.Type.Name != "OperationOutcome")
            return "no OperationOutcome";
        return Validator.Validate(outcome).FirstOrDefault()?.Text;
    }

    /// <summary>Stack traces and names of types, of ours and of what we build on.</summary>
    [GeneratedRegex(@"\bat [A-Z]\w+\.\w+[.(]|\b(System|Microsoft)\.[A-Z]\w+|Npgsql|[Ss]qlite|Ajanvaraus\.Fhir\.\w+|\w+Exception\b|syntax error|stack trace")]
    private static partial Regex BuiltOf();
}
