using Ringfence.Media.EarlyMedia;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;

namespace Ringfence.Media.Relay;

/// <summary>The streams that come to one side's port, told apart by where they come from. Not thread-safe.</summary>
/// <param name="policy">From where media is believed before it is certain where a side sends from.</param>
internal sealed class RelayStreams(SourceLockPolicy policy)
{
    /// <summary>The stream that came before anybody described it.</summary>
    private const string Unannounced = "?";

    /// <summary>Most sources of ended streams that are remembered.</summary>
    private const int MaxEnded = 32;

    private readonly List<RelayStream> _streams = [];
    private readonly List<MediaSource> _ended = [];
    private IReadOnlyList<RtpMap> _offered = [];

    public IReadOnlyList<RelayStream> All => _streams;

    /// <summary>The first one that a description belongs to, or null.</summary>
    public RelayStream? Described() => _streams.Find(stream => stream.IsDescribed);

    public void Expect(IReadOnlyList<RtpMap> offered)
    {
        _offered = offered;
        _streams.ForEach(stream => stream.Offered = stream.IsEarlySession ? [] : offered);
    }

    public RelayStream? Described(string fork, NegotiatedAudio audio, bool isEarlySession, out string before)
    {
        var remote = audio.Remote is { } endPoint ? MediaSource.Of(endPoint) : (MediaSource?)null;
        var stream =
            _streams.Find(candidate => candidate.Fork == fork)
            ?? _streams.Find(candidate => candidate.IsEarlySession == isEarlySession && IsSame(candidate, remote))
            ?? Add(fork, isEarlySession);
        before = stream?.Fork ?? fork;
        if (stream is not null)
        {
            stream.Fork = fork;
            stream.Described(audio);
            // Its first packets may have been taken for those of a fork that had not sent any yet.
            _streams.ForEach(other => other.Disown(stream, remote));
            _ended.RemoveAll(source => source == remote);
        }
        return stream;
    }

    public void End(RelayStream stream)
    {
        foreach (var source in (MediaSource?[])[stream.Lock.Locked, stream.Lock.Signalled])
        {
            if (source is { } gone && !_ended.Contains(gone) && _ended.Count < MaxEnded)
            {
                _ended.Add(gone);
            }
        }
        _streams.Remove(stream);
    }

    public void Close() => _streams.ForEach(stream => stream.Close());

    private RelayStream? Add(string fork, bool isEarlySession)
    {
        if (_streams.Count >= ForkGate.MaxForks)
        {
            return null;
        }
        var stream = new RelayStream(fork, policy)
        {
            Offered = isEarlySession ? [] : _offered,
            IsEarlySession = isEarlySession,
        };
        _streams.Add(stream);
        return stream;
    }

    /// <summary>Whether a description belongs to a stream: what came unannounced, or another dialog from the same place.</summary>
    private static bool IsSame(RelayStream stream, MediaSource? remote) =>
        !stream.IsDescribed || (remote is not null && stream.Lock.Signalled == remote);

    /// <summary>The stream that a packet belongs to, by where it comes from; null for one that nobody expects.</summary>
    /// <param name="from">Where it comes from.</param>
    /// <param name="isEarlySession">Whether it came to the port of early sessions.</param>
    public RelayStream? Of(MediaSource from, bool isEarlySession)
    {
        if (_streams is [{ IsDescribed: true } only] && only.IsEarlySession == isEarlySession)
        {
            return _ended.Count > 0 && _ended.Contains(from) && only.Lock.Locked != from ? null : only;
        }
        RelayStream? open = null;
        var opened = 0;
        foreach (var stream in _streams)
        {
            if (stream.IsEarlySession != isEarlySession)
            {
                continue;
            }
            if (stream.Lock.Locked == from || stream.Lock.Signalled == from)
            {
                return stream;
            }
            if (stream.Lock.Locked is null)
            {
                // Of several that may be meant, that of the same host.
                opened = stream.Lock.Signalled?.Address == from.Address ? 1 : opened + 1;
                open = opened == 1 ? stream : open;
            }
        }
        return _ended.Contains(from) ? null
            : opened == 1 ? open
            : _streams.Count == 0 && _offered.Count > 0 && !isEarlySession ? Add(Unannounced, isEarlySession: false)
            : null;
    }
}
