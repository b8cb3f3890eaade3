using System.Net;
using System.Net.Sockets;

using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>Listeners that let nobody in for a moment before they let go of their address.</summary>
/// <remarks>
/// In that moment the server takes the connections that were made before, and hears the requests that are on their way in them: what is idle when the
/// listener ends is closed at once, and a request in it would be lost.
/// </remarks>
internal sealed class PatientListeners(Func<SocketTransportOptions, SocketTransportFactory> transport, TimeSpan moment) : IConnectionListenerFactory
{
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        Socket? listening = null;
        var sockets = transport(new SocketTransportOptions
        {
            CreateBoundListenSocket = address => listening = SocketTransportOptions.CreateDefaultBoundListenSocket(address),
        });
        return new Listener(await sockets.BindAsync(endpoint, cancellationToken), listening!, moment);
    }

    private sealed class Listener(IConnectionListener inner, Socket listening, TimeSpan moment) : IConnectionListener
    {
        public EndPoint EndPoint => inner.EndPoint;

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) => inner.AcceptAsync(cancellationToken);

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            var isShut = SynFilter.TryAttach(listening);
            if (isShut)
                await PauseAsync();
            await inner.UnbindAsync(cancellationToken);
            if (!isShut)
                await PauseAsync();
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private Task PauseAsync() => Task.Delay(moment, TimeProvider.System, CancellationToken.None);
    }
}
