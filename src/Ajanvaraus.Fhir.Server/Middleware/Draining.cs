namespace Ajanvaraus.Fhir.Server.Middleware;

/// <summary>What a server does between being told to stop and stopping: it lets go of those who still ask.</summary>
/// <remarks>
/// For a moment it goes on answering, says in each answer that the connection ends with it, and is not ready any more, so that proxies send nobody
/// else. A connection that is idle when the server stops is closed at once, and a request on its way in it would be lost.
/// </remarks>
/// <param name="moment">Zero: it stops at once.</param>
internal sealed class Draining(TimeSpan moment)
{
    private volatile bool _isOn;

    public bool IsOn => _isOn;

    /// <summary>Called when the server is told to stop; the listeners end when this has returned.</summary>
    public void Begin()
    {
        if (moment == TimeSpan.Zero)
            return;
        _isOn = true;
        Thread.Sleep(moment);
    }

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (_isOn && HttpProtocol.IsHttp11(context.Request.Protocol))
            context.Response.Headers.Connection = "close";
        return next(context);
    }
}
