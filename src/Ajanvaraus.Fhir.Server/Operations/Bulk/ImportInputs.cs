using Ajanvaraus.Fhir.Core.Issues;
using Ajanvaraus.Fhir.Persistence;
using Ajanvaraus.Fhir.Server.Import;
using Ajanvaraus.Fhir.Server.Security;

namespace Ajanvaraus.Fhir.Server.Operations.Bulk;

/// <summary>The lines of an import as files of this process, which are gone with it; each is read once for each stage.</summary>
/// <param name="mostBytes">Of a line.</param>
internal sealed class ImportInputs(ResourceStore store, int mostBytes) : IDisposable
{
    private const long MostBytesFetched = 8L * 1024 * 1024 * 1024;

    private static readonly TimeSpan LongestFetch = TimeSpan.FromHours(1);

    /// <summary>Only its owner reads it.</summary>
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ajanvaraus-import-");

    /// <param name="sources">Addresses, and names of files of the job.</param>
    /// <remarks>Errors: an address that does not answer with a file.</remarks>
    public async ValueTask<Outcome<ImmutableArray<ImportFile>>> FetchAsync(
        string jobId, ImmutableArray<string> sources, CancellationToken cancel)
    {
        var files = ImmutableArray.CreateBuilder<ImportFile>(sources.Length);
        for (var n = 0; n < sources.Length; n++)
        {
            var path = Path.Combine(_folder.FullName, $"{n}.ndjson");
            await using (var file = new FileStream(path, PrivateFile.Options))
            {
                if (sources[n].StartsWith(ImportSources.SentPrefix, StringComparison.Ordinal))
                    await CopyAsync(jobId, sources[n], file, cancel);
                else if (!await FetchAsync(sources[n], file, cancel))
                    return JobMessages.SourceNotRead.As(ProblemKind.Unprocessable, null, $"{n}");
            }
            files.Add(new ImportFile(path, $"input-{n}.ndjson", mostBytes));
        }
        return files.DrainToImmutable();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async ValueTask CopyAsync(string jobId, string name, Stream file, CancellationToken cancel)
    {
        for (var part = 0; ; part++)
        {
            var number = part;
            if (await store.QueryAsync(s => s.Jobs.ReadPartAsync(jobId, name, number), cancel) is not { } bytes)
                return;
            await file.WriteAsync(bytes, cancel);
        }
    }

    /// <summary>Follows nobody elsewhere: only the address that was allowed is asked.</summary>
    private static async ValueTask<bool> FetchAsync(string address, Stream file, CancellationToken cancel)
    {
        using var handler = OutboundConnections.Handler([new Uri(address).Host]);
        using var client = new HttpClient(handler) { Timeout = LongestFetch };
        try
        {
            using var response = await client.GetAsync(
                new Uri(address), HttpCompletionOption.ResponseHeadersRead, cancel);
            if (!response.IsSuccessStatusCode || response.Content.Headers.ContentLength > MostBytesFetched)
                return false;
            await using var content = await response.Content.ReadAsStreamAsync(cancel);
            var buffer = new byte[1 << 16];
            var total = 0L;
            for (int count; (count = await content.ReadAsync(buffer, cancel)) > 0; total += count)
            {
                if (total + count > MostBytesFetched)
                    return false;
                await file.WriteAsync(buffer.AsMemory(0, count), cancel);
            }
            return true;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException
            || (failure is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }
}
