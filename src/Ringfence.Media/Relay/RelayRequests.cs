using System.Collections.Concurrent;

namespace Ringfence.Media.Relay;

/// <summary>What other threads want of a relay, done on the clock's thread in the order of asking.</summary>
internal sealed class RelayRequests
{
    private readonly ConcurrentQueue<Action> _requests = new();

    // Asked for with every packet; the queue itself lies in many places of memory.
    private volatile bool _hasAny;

    public void Enqueue(Action request)
    {
        _requests.Enqueue(request);
        _hasAny = true;
    }

    public void Serve()
    {
        if (!_hasAny)
        {
            return;
        }
        _hasAny = false;
        while (_requests.TryDequeue(out var request))
        {
            request();
        }
    }
}
