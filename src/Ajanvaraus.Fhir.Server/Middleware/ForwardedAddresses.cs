using System.Net;

using Microsoft.AspNetCore.HttpOverrides;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>Whose address a request counts for that comes through proxies.</summary>
internal static class ForwardedAddresses
{
    /// <summary>X-Forwarded-For is read from its right end as far as the proxies go; the next address is the caller's. Null: nobody is believed.</summary>
    /// <remarks>What stands further left anybody may have written. Nothing else of a request changes: neither its scheme nor its host.</remarks>
    public static ForwardedHeadersOptions? Of(ImmutableArray<string> proxies)
    {
        if (proxies.IsEmpty)
            return null;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in proxies)
            options.KnownProxies.Add(IPAddress.Parse(proxy));
        return options;
    }
}
