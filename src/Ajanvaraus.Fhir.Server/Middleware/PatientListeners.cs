using System.Net;

using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>Listeners that, when they have let go of their address, wait a moment before the server closes what is idle.</summary>
/// <remarks>A connection that was taken just before has not told its request yet: closed at once, the request would be lost.</remarks>
internal sealed class PatientListeners(SocketTransportFactory sockets, TimeSpan moment) : IConnectionListenerFactory
{
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await sockets.BindAsync(endpoint, cancellationToken), moment);

    private sealed class Listener(IConnectionListener inner, TimeSpan moment) : IConnectionListener
    {
        public EndPoint EndPoint => inner.EndPoint;

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) => inner.AcceptAsync(cancellationToken);

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            await inner.UnbindAsync(cancellationToken);
            await Task.Delay(moment, TimeProvider.System, CancellationToken.None);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
