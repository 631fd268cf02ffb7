using System.Runtime.InteropServices;

namespace Ringfence.Commands;

/// <summary>
/// SIGTERM and SIGINT as two wishes: to end, and, the second time, to end now. Held until all is closed and written: a signal that
/// comes while that is done must not kill the process.
/// </summary>
internal sealed class EndSignals : IDisposable
{
    private readonly TaskCompletionSource _ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _now = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration _term;
    private readonly PosixSignalRegistration _interrupt;

    internal EndSignals()
    {
        _term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
    }

    internal Task Ending => _ending.Task;

    internal Task Now => _now.Task;

    public void Dispose()
    {
        _term.Dispose();
        _interrupt.Dispose();
    }

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (!_ending.TrySetResult())
        {
            _now.TrySetResult();
        }
    }
}
