using Ringfence.Diagnosis.Capture.Tls;

namespace Ringfence.Diagnosis.Capture.Streams;

/// <summary>One direction of a connection: puts segments in order and passes the bytes on once.</summary>
internal sealed class TcpDirection(StreamRoute route, TlsSession session, TcpCounters counters)
{
    private const int MaxWaiting = 256;
    private const int PatientSegments = 8;
    private const long PatientTime = 1_000_000_000;
    private const int FarAway = 16 << 20;

    private readonly List<(uint Sequence, byte[] Bytes)> _waiting = [];
    private readonly StreamPayload _content = new(route, session, PacketTransport.Tcp);
    private FrameStamp _last;
    private long _gapSince;
    private int _waitingBytes;
    private uint _next;
    private bool _inStep;

    public byte Dscp
    {
        set => _content.Dscp = value;
    }

    /// <summary>Takes a segment; <paramref name="length"/> is what it carried on the wire, which may be more than was captured.</summary>
    public void Segment(in FrameStamp stamp, uint sequence, bool synchronise, ReadOnlySpan<byte> payload, int length)
    {
        _last = stamp;
        if (synchronise)
        {
            Begin(sequence);
            sequence++;
        }

        if (payload.IsEmpty)
        {
            return;
        }

        var ahead = unchecked((int)(sequence - _next));
        if (!_inStep || Math.Abs((long)ahead) > FarAway)
        {
            Forget();
            _inStep = true;
            _next = sequence;
            _content.Interrupted();
            ahead = 0;
        }

        if (ahead > 0)
        {
            Wait(stamp, sequence, payload);
            return;
        }

        Deliver(stamp, unchecked((uint)-ahead), payload, length);
        DeliverWaiting(stamp);
    }

    /// <summary>The other side has acknowledged up to here: what the capture lacks before that will not come any more.</summary>
    public void Acknowledged(in FrameStamp stamp, uint number)
    {
        if (
            _waiting.Count > 0
            && unchecked((int)(number - _waiting[0].Sequence)) > 0
            && (_waiting.Count >= PatientSegments || stamp.Time - _gapSince > PatientTime)
        )
        {
            SkipGap(stamp);
        }
    }

    public void Ended(in FrameStamp stamp)
    {
        if (_waiting.Count == 0)
        {
            _content.Ended(stamp);
        }
    }

    public void Flush()
    {
        while (_waiting.Count > 0)
        {
            SkipGap(_last);
        }

        _content.Ended(_last);
    }

    private void Begin(uint sequence)
    {
        if (_inStep && _next == sequence + 1)
        {
            return;
        }

        Forget();
        _inStep = true;
        _next = sequence + 1;
        _content.Begin();
    }

    private void Deliver(in FrameStamp stamp, uint known, ReadOnlySpan<byte> payload, int length)
    {
        if (known >= (uint)length)
        {
            return;
        }

        _next += (uint)length - known;
        if (known < (uint)payload.Length)
        {
            _content.Take(stamp, payload[(int)known..]);
        }

        if (length > payload.Length)
        {
            counters.Gaps++;
            _content.Interrupted();
        }
    }

    private void Wait(in FrameStamp stamp, uint sequence, ReadOnlySpan<byte> payload)
    {
        if (_waiting.Count == 0)
        {
            _gapSince = stamp.Time;
        }

        if (payload.Length > route.MaxBytes)
        {
            return;
        }

        var at = _waiting.FindIndex(other => unchecked((int)(other.Sequence - sequence)) > 0);
        _waiting.Insert(at < 0 ? _waiting.Count : at, (sequence, payload.ToArray()));
        _waitingBytes += payload.Length;
        while (_waiting.Count > MaxWaiting || _waitingBytes > route.MaxBytes)
        {
            SkipGap(stamp);
        }
    }

    private void SkipGap(in FrameStamp stamp)
    {
        counters.Gaps++;
        _next = _waiting[0].Sequence;
        _content.Interrupted();
        DeliverWaiting(stamp);
        _gapSince = stamp.Time;
    }

    private void DeliverWaiting(in FrameStamp stamp)
    {
        while (_waiting.Count > 0 && unchecked((int)(_waiting[0].Sequence - _next)) <= 0)
        {
            var (sequence, bytes) = _waiting[0];
            _waiting.RemoveAt(0);
            _waitingBytes -= bytes.Length;
            Deliver(stamp, _next - sequence, bytes, bytes.Length);
        }
    }

    private void Forget()
    {
        _waiting.Clear();
        _waitingBytes = 0;
    }
}
