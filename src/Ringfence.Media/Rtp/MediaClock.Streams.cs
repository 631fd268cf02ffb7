namespace Ringfence.Media.Rtp;

/// <content>The streams, and what they are called for.</content>
public sealed partial class MediaClock
{
    private void Request(IMediaStream stream, bool add)
    {
        _requests.Enqueue((stream, add));
        _wake.Set();
    }

    private void ServeRequests()
    {
        while (_requests.TryDequeue(out var request))
        {
            if (request.Add)
            {
                Take(request.Stream);
            }
            else
            {
                Drop(request.Stream);
            }
        }
    }

    private void Take(IMediaStream stream)
    {
        // The emptiest; in a round beginning with the first, so that a few streams lie far apart.
        var phase = _phases[0];
        foreach (var other in _phases)
        {
            phase = other.Streams.Count < phase.Streams.Count ? other : phase;
        }
        if (_places.TryAdd(stream, (phase, phase.Streams.Count)))
        {
            phase.Streams.Add(stream);
            Volatile.Write(ref _count, _places.Count);
            if (!OperatingSystem.IsLinux() || !_readiness!.Watch(stream))
            {
                phase.Unwatched.Add(stream);
            }
        }
    }

    private void Drop(IMediaStream stream)
    {
        if (!_places.Remove(stream, out var at))
        {
            return;
        }
        var streams = at.Phase.Streams;
        var last = streams[^1];
        streams.RemoveAt(streams.Count - 1);
        if (last != stream)
        {
            streams[at.Place] = last;
            _places[last] = at;
        }
        Volatile.Write(ref _count, _places.Count);
        at.Phase.Unwatched.Remove(stream);
        if (OperatingSystem.IsLinux())
        {
            _readiness!.Forget(stream);
        }
        stream.Removed();
    }

    private void LetGo()
    {
        ServeRequests();
        foreach (var phase in _phases)
        {
            while (phase.Streams.Count > 0)
            {
                Drop(phase.Streams[^1]);
            }
        }
        if (OperatingSystem.IsLinux())
        {
            _readiness!.Dispose();
        }
    }

    /// <summary>Takes what has come.</summary>
    private void Receive()
    {
        for (var round = 0; OperatingSystem.IsLinux() && round < MaxReceptions; round++)
        {
            var count = _readiness!.Collect();
            var now = Now;
            for (var i = 0; i < count; i++)
            {
                if (!_readiness.Take(i, out var stream, out var socket))
                {
                    continue;
                }
                try
                {
                    stream.Receive(socket, now);
                }
                catch (Exception exception)
                {
                    Fault(stream, exception);
                }
            }
            if (count <= 0)
            {
                return;
            }
        }
    }

    private void Sweep(List<IMediaStream> streams, TimeSpan now)
    {
        for (var i = streams.Count - 1; i >= 0; i--)
        {
            Sweep(streams[i], now);
        }
    }

    private void Sweep(IMediaStream stream, TimeSpan now)
    {
        try
        {
            stream.Sweep(now);
        }
        catch (Exception exception)
        {
            Fault(stream, exception);
        }
    }

    private void Tick(ClockPhase phase, TimeSpan due)
    {
        if (phase.Streams.Count > 0)
        {
            Lateness.Note(Now - due);
        }
        var skipped = phase.Skipped;
        phase.Skipped = 0;
        for (var i = phase.Streams.Count - 1; i >= 0; i--)
        {
            var stream = phase.Streams[i];
            try
            {
                stream.Tick(due, skipped);
            }
            catch (Exception exception)
            {
                Fault(stream, exception);
            }
        }
    }

    private void Fault(IMediaStream stream, Exception exception)
    {
        Drop(stream);
        Faulted?.Invoke(stream, exception);
    }
}
