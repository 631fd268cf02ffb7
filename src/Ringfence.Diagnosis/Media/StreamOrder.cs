using Ringfence.Media.Rtp;

namespace Ringfence.Diagnosis.Media;

/// <summary>Puts the packets of a stream back into the order of their sequence numbers, and passes each on once.</summary>
internal sealed class StreamOrder(OrderedTaker take)
{
    // A packet that these many have overtaken is taken for lost.
    private const int Patience = 8;

    // Further away than this the source began anew (RFC 3550 appendix A.1).
    private const int Far = 100;

    private readonly List<(RtpHeader Header, byte[] Payload, long Arrival)> _held = [];
    private ushort _next;
    private bool _started;

    /// <summary>Takes a packet as it arrived.</summary>
    public void Put(in RtpHeader header, ReadOnlySpan<byte> payload, long arrival)
    {
        var ahead = _started ? (short)(header.Sequence - _next) : 0;
        _started = true;
        if (Math.Abs(ahead) > Far)
        {
            Finish();
            ahead = 0;
        }

        if (ahead == 0)
        {
            take(header, payload, arrival);
            _next = (ushort)(header.Sequence + 1);
            Release();
        }
        else if (ahead > 0)
        {
            Hold(header, payload, arrival);
        }
    }

    /// <summary>Passes on what is still held.</summary>
    public void Finish()
    {
        foreach (var (header, payload, arrival) in _held)
        {
            take(header, payload, arrival);
        }

        _held.Clear();
    }

    private void Hold(in RtpHeader header, ReadOnlySpan<byte> payload, long arrival)
    {
        var sequence = header.Sequence;
        var at = _held.FindIndex(held => (short)(held.Header.Sequence - sequence) >= 0);
        if (at >= 0 && _held[at].Header.Sequence == sequence)
        {
            return;
        }

        _held.Insert(at < 0 ? _held.Count : at, (header, payload.ToArray(), arrival));
        if (_held.Count > Patience)
        {
            _next = _held[0].Header.Sequence;
            Release();
        }
    }

    private void Release()
    {
        while (_held.Count > 0 && _held[0].Header.Sequence == _next)
        {
            var (header, payload, arrival) = _held[0];
            _held.RemoveAt(0);
            _next++;
            take(header, payload, arrival);
        }
    }
}
