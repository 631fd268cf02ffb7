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
            if (OperatingSystem.IsLinux())
            {
                _readiness!.Watch(stream);
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

    /// <summary>Sweeps the streams whose sockets have something.</summary>
    private void Receive()
    {
        for (var round = 0; OperatingSystem.IsLinux() && round < MaxReceptions; round++)
        {
            _readable.Clear();
            _readiness!.Collect(_readable);
            if (_readable.Count == 0)
            {
                return;
            }
            var now = Now;
            foreach (var stream in _readable)
            {
                // An earlier one of the same round may have been its last.
                if (_places.ContainsKey(stream))
                {
                    Sweep(stream, now);
                }
            }
        }
    }

    private void Sweep(ClockPhase phase, TimeSpan now)
    {
        for (var i = phase.Streams.Count - 1; i >= 0; i--)
        {
            Sweep(phase.Streams[i], now);
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
