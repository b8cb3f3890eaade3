using System.Net;
using System.Net.Sockets;

namespace Ajanvaraus.Fhir.Server.Security;

/// <summary>Connections that this server opens: to hosts that the operator named, and to public ones that those point to.</summary>
/// <remarks>
/// The address is looked at when the connection is made, so that no name, redirect or second answer of a name server leads
/// elsewhere. A host that was named may lie in a private network, and on this machine when its name says so. What such a host
/// publishes (<c>jwks_uri</c>) may name public hosts besides. Addresses of the link, where clouds tell secrets, are never
/// reached. Redirects are not followed and no proxy of the environment is used.
/// </remarks>
internal static class OutboundConnections
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Blocks that no public host has: RFC 6890 and the registries that it made.</summary>
    private static readonly ImmutableArray<IPNetwork> NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/127", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    /// <summary>Blocks where nobody is who was named: this network, the link, groups.</summary>
    private static readonly ImmutableArray<IPNetwork> Never =
        [.. new[] { "0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "::/128", "fe80::/10", "ff00::/8" }.Select(text => IPNetwork.Parse(text))];

    /// <param name="named">Hosts that the operator named, as addresses write them.</param>
    public static SocketsHttpHandler Handler(IEnumerable<string> named)
    {
        var hosts = named.Select(host => host.Trim('[', ']')).ToImmutableHashSet(StringComparer.OrdinalIgnoreCase);
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = Patience,
            // Names are asked again now and then, and what they lead to is looked at again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            ConnectCallback = (context, cancel) => ConnectAsync(context.DnsEndPoint, hosts, cancel),
        };
    }

    /// <summary>Whether a host may be reached at this address.</summary>
    public static bool MayReach(IPAddress address, string host, bool isNamed)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (!isNamed)
            return !NotPublic.Any(block => block.Contains(address));
        if (Never.Any(block => block.Contains(address)))
            return false;
        return !IPAddress.IsLoopback(address) || IsOfThisMachine(host);
    }

    private static bool IsOfThisMachine(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint place, ImmutableHashSet<string> named, CancellationToken cancel)
    {
        var host = place.Host.Trim('[', ']');
        var isNamed = named.Contains(host);
        var addresses = await Dns.GetHostAddressesAsync(host, cancel);
        var allowed = addresses.Where(address => MayReach(address, host, isNamed)).ToArray();
        if (allowed.Length == 0)
            throw new HttpRequestException("The host has no address that this server may connect to.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, place.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
