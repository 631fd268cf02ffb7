using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Calls;

/// <summary>Builds a trace from packets as they come: from a capture, or live from a listener.</summary>
public sealed class TraceBuilder : ICaptureSink
{
    private const int MaxUnreachables = 1_000;

    private readonly CallTable _calls;
    private readonly RtpStreamTable _streams;
    private readonly List<Unreachable> _unreachables = [];
    private long _unreadable;
    private long _start;
    private long _end;

    /// <summary>Begins a trace.</summary>
    /// <param name="limits">What to keep.</param>
    public TraceBuilder(TraceLimits limits)
        : this(limits, null) { }

    /// <summary>Begins a trace of inputs that can be opened again for what was not kept of them.</summary>
    internal TraceBuilder(TraceLimits limits, IReadOnlyList<CaptureInput>? inputs)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _calls = new CallTable(limits);
        _streams = new RtpStreamTable(limits, inputs);
    }

    /// <inheritdoc/>
    public void OnSip(in CapturedPacket packet)
    {
        _end = Math.Max(_end, packet.Time);
        if (TraceMessage.Read(packet) is not { CallId.Length: > 0 } message)
        {
            _unreadable++;
            return;
        }

        _start = _start == 0 ? message.Time : Math.Min(_start, message.Time);
        _ = _calls.Add(message);
        if (!message.IsRetransmission)
        {
            _streams.Named.Note(message);
        }
    }

    /// <inheritdoc/>
    public void OnDatagram(in CapturedPacket packet)
    {
        _end = Math.Max(_end, packet.Time);
        _streams.Take(packet);
    }

    /// <inheritdoc/>
    public void OnUnreachable(in CapturedPacket packet)
    {
        if (_unreachables.Count < MaxUnreachables)
        {
            _unreachables.Add(new Unreachable(packet.Frame, packet.Time, packet.Source, packet.Destination));
        }
    }

    /// <summary>Settles what became of every call. The builder is done with afterwards.</summary>
    public CallTrace Build(CaptureOutcome outcome)
    {
        var calls = _calls.Calls.ToList();
        var ties = new MediaTies();
        Parallel.ForEach(calls, call => CallReading.Settle(call, _end));
        foreach (var call in calls)
        {
            foreach (var message in call.Messages)
            {
                if (!message.IsRetransmission)
                {
                    ties.Name(call, message);
                }
            }
        }

        const int EnoughForStream = 3;
        var streams = _streams
            .Streams.Where(s => ties.Names(s) || (s.Packets >= EnoughForStream && s.RunsLikeRtp))
            .OrderBy(s => s.Start)
            .ToList();
        ties.Tie(streams);
        LegJoiner.Join(calls);
        TieUnreachables(calls);
        TieHandshakes(ties);
        Unlock(calls);
        return new CallTrace
        {
            Capture = outcome,
            Calls = calls,
            Streams = streams,
            Rtcp = _streams.Rtcp,
            UnreadableMessages = _unreadable,
            DroppedCalls = _calls.Dropped,
            Start = _start,
            End = _end,
        };
    }

    private static void Unlock(List<Call> calls)
    {
        foreach (var call in calls.Where(call => call.Streams.Any(stream => stream.IsSecure)))
        {
            var keys = SrtpKeys.Of(call);
            foreach (var stream in call.Streams)
            {
                SrtpKeys.Unlock(stream, keys);
            }
        }
    }

    private void TieHandshakes(MediaTies ties)
    {
        foreach (var handshake in _streams.Handshakes.Noted)
        {
            foreach (var call in ties.At(handshake.Source).Union(ties.At(handshake.Destination)))
            {
                if (call.Start <= handshake.Time && handshake.Time <= call.End)
                {
                    call.Note(handshake);
                }
            }
        }
    }

    private void TieUnreachables(List<Call> calls)
    {
        const long Late = 5_000_000_000;
        if (_unreachables.Count == 0)
        {
            return;
        }

        var byRoute = calls
            .SelectMany(call =>
                call.Messages.Select(m => (m.Source, m.Destination))
                    .Concat(call.Streams.Select(s => (s.Source, s.Destination)))
                    .Distinct()
                    .Select(route => (Route: route, Call: call))
            )
            .ToLookup(pair => pair.Route, pair => pair.Call);
        foreach (var error in _unreachables)
        {
            foreach (var call in byRoute[(error.Source, error.Destination)])
            {
                if (call.Start <= error.Time && error.Time <= call.End + Late)
                {
                    call.Note(error);
                }
            }
        }
    }
}
