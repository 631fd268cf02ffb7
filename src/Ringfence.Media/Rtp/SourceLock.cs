namespace Ringfence.Media.Rtp;

/// <summary>
/// Finds the address that a peer really sends from and then holds on to it, so that nobody else can inject media or
/// draw it to himself. The signalled address locks at once and for good; another one must first send
/// <see cref="Needed"/> packets of one SSRC in order, and gives way once if the signalled one turns up after all.
/// Before the lock fewer than <see cref="Needed"/> packets in all are let through. Not thread-safe.
/// </summary>
public sealed class SourceLock
{
    /// <summary>Packets in order that an address must send to be locked.</summary>
    public const int Needed = 5;

    private const int MaxCandidates = 8;

    private readonly Candidate[] _candidates = new Candidate[MaxCandidates];
    private readonly SourceLockPolicy _policy;
    private MediaSource? _signalled;
    private int _nextCandidate;
    private int _unlocked;
    private bool _final;

    /// <summary>Starts without a lock.</summary>
    /// <param name="policy">From where media is believed.</param>
    /// <param name="signalled">Address and port of the peer's SDP, when known.</param>
    public SourceLock(SourceLockPolicy policy, MediaSource? signalled)
    {
        _policy = policy;
        _signalled = signalled;
    }

    /// <summary>The locked source, or null.</summary>
    public MediaSource? Locked { get; private set; }

    /// <summary>Address and port that the peer's newest SDP names, or null while it has none.</summary>
    public MediaSource? Signalled => _signalled;

    /// <summary>Packets that were refused.</summary>
    public long Refused { get; private set; }

    /// <summary>The peer signalled an address: the lock opens if it is another than before.</summary>
    /// <param name="signalled">Address and port of the peer's newest SDP, or null while it has none.</param>
    public void Expect(MediaSource? signalled)
    {
        if (signalled == _signalled)
        {
            return;
        }
        _signalled = signalled;
        _final = Locked is not null && Locked == signalled;
        if (!_final)
        {
            Locked = null;
            _unlocked = 0;
            Array.Clear(_candidates);
        }
    }

    /// <summary>A source turned out to be somebody else's: it is let go of, unless the peer's own SDP names it.</summary>
    /// <param name="source">The source.</param>
    public void Disown(MediaSource source)
    {
        if (Locked == source && _signalled != source)
        {
            Locked = null;
            _unlocked = 0;
            Array.Clear(_candidates);
        }
    }

    /// <summary>Whether a packet may pass.</summary>
    /// <param name="from">Where it came from.</param>
    /// <param name="header">Its header.</param>
    public bool Accept(MediaSource from, in RtpHeader header)
    {
        if (from == Locked)
        {
            return true;
        }
        if (!_final && from == _signalled)
        {
            Locked = from;
            _final = true;
            return true;
        }
        if (Locked is null && MayLearn(from) && Learn(from, header))
        {
            return true;
        }
        Refused++;
        return false;
    }

    private bool MayLearn(MediaSource from) =>
        _policy switch
        {
            SourceLockPolicy.Learn => true,
            SourceLockPolicy.SignalledAddress => _signalled is { } signalled && signalled.Address == from.Address,
            _ => false,
        };

    private bool Learn(MediaSource from, in RtpHeader header)
    {
        ref var candidate = ref CandidateOf(from);
        // A step of up to three forgives loss; anything else is another stream, and the count begins anew.
        var step = (ushort)(header.Sequence - candidate.Sequence);
        var follows = candidate.Run > 0 && candidate.Ssrc == header.Ssrc && step is >= 1 and <= 3;
        candidate = new Candidate(from, header.Ssrc, header.Sequence, follows ? candidate.Run + 1 : 1);
        if (candidate.Run >= Needed)
        {
            Locked = from;
            return true;
        }
        return ++_unlocked < Needed;
    }

    private ref Candidate CandidateOf(MediaSource from)
    {
        for (var i = 0; i < _candidates.Length; i++)
        {
            if (_candidates[i].Run > 0 && _candidates[i].From == from)
            {
                return ref _candidates[i];
            }
        }
        // The weakest makes room, so that many spoofed addresses cannot drive out one that is nearly there.
        var weakest = _nextCandidate++ % MaxCandidates;
        for (var i = 0; i < _candidates.Length; i++)
        {
            if (_candidates[i].Run < _candidates[weakest].Run)
            {
                weakest = i;
            }
        }
        _candidates[weakest] = default;
        return ref _candidates[weakest];
    }

    private readonly record struct Candidate(MediaSource From, uint Ssrc, ushort Sequence, int Run);
}
