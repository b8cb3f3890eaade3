namespace Ajanvaraus.Fhir.Stress.Tests;

/// <summary>Counts tries that begin: a fault comes under load when it comes after so many, however fast the machine is.</summary>
internal sealed class TryCount(int wanted)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _begun;

    public Task Reached => _reached.Task;

    public bool Begin()
    {
        if (Interlocked.Increment(ref _begun) == wanted)
            _reached.TrySetResult();
        return true;
    }
}
