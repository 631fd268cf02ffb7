using Ringfence.Media.Rtp;

namespace Ringfence.Media.Playout;

/// <summary>
/// Keeps the packets of one stream until their turn: in order, each once, at most <see cref="Capacity"/>. It allocates only
/// when packets become longer than they were. Not thread-safe.
/// </summary>
internal sealed class JitterBuffer
{
    /// <summary>Most packets that wait, and how far ahead of its turn one may be: 640 ms of 10 ms packets.</summary>
    public const int Capacity = 64;

    /// <summary>A step back beyond this is another numbering and no late packet.</summary>
    private const int MaxMisorder = 100;

    private readonly Slot[] _slots = new Slot[Capacity];
    private byte[] _octets = [];
    private int _longest;
    private ushort _next;
    private ushort _newest;
    private bool _isStarted;
    private bool _hasTaken;

    /// <summary>Packets that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the packet whose turn it is has come.</summary>
    public bool HasNext => _isStarted && _slots[_next % Capacity].IsFull;

    /// <summary>The packet whose turn it is, while <see cref="HasNext"/>.</summary>
    public ref readonly Slot Next => ref _slots[_next % Capacity];

    /// <summary>Its payload; empty for a packet that holds no audio.</summary>
    public ReadOnlySpan<byte> Payload => _octets.AsSpan(_next % Capacity * _longest, Next.Length);

    /// <summary>Timestamp of the newest packet that came.</summary>
    public uint NewestTimestamp { get; private set; }

    /// <summary>Takes a packet.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="payload">Its audio, or nothing for a packet of the same sequence that holds none.</param>
    /// <param name="now">When it came.</param>
    public JitterBufferPut Put(in RtpHeader header, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        var outcome = JitterBufferPut.Kept;
        var ahead = (short)(header.Sequence - _next);
        if (!_isStarted)
        {
            Begin(header.Sequence);
        }
        else if (ahead is >= Capacity or < -MaxMisorder)
        {
            Clear();
            Begin(header.Sequence);
            outcome = JitterBufferPut.Restarted;
        }
        else if (ahead < 0)
        {
            // Before anything was played, the first one may turn out to be a later one.
            if (_hasTaken || (ushort)(_newest - header.Sequence) >= Capacity)
            {
                return JitterBufferPut.Late;
            }
            _next = header.Sequence;
        }
        if (_slots[header.Sequence % Capacity].IsFull)
        {
            return JitterBufferPut.Duplicate;
        }
        Keep(header, payload, now);
        return outcome;
    }

    /// <summary>Goes on to the next: the one whose turn it was is done with, or is not waited for any longer.</summary>
    public void Advance()
    {
        ref var slot = ref _slots[_next % Capacity];
        Count -= slot.IsFull ? 1 : 0;
        slot.IsFull = false;
        _hasTaken = true;
        _next++;
    }

    /// <summary>Forgets everything: another stream begins.</summary>
    public void Clear()
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            _slots[i].IsFull = false;
        }
        (Count, _isStarted, _hasTaken) = (0, false, false);
    }

    private void Begin(ushort sequence) => (_isStarted, _next, _newest) = (true, sequence, sequence);

    private void Keep(in RtpHeader header, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (payload.Length > _longest)
        {
            Lengthen(payload.Length);
        }
        payload.CopyTo(_octets.AsSpan(header.Sequence % Capacity * _longest));
        _slots[header.Sequence % Capacity] = new Slot
        {
            IsFull = true,
            Length = payload.Length,
            Timestamp = header.Timestamp,
            Arrived = now,
        };
        if (Count == 0 || (short)(header.Sequence - _newest) >= 0)
        {
            (_newest, NewestTimestamp) = (header.Sequence, header.Timestamp);
        }
        Count++;
    }

    private void Lengthen(int length)
    {
        var octets = new byte[Capacity * length];
        for (var i = 0; i < Capacity && _longest > 0; i++)
        {
            _octets.AsSpan(i * _longest, _longest).CopyTo(octets.AsSpan(i * length));
        }
        (_octets, _longest) = (octets, length);
    }

    /// <summary>The place of a packet.</summary>
    internal struct Slot
    {
        public bool IsFull;
        public int Length;
        public uint Timestamp;
        public TimeSpan Arrived;
    }
}
