using Ringfence.Media.Codecs;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Playout;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;

namespace Ringfence.Media.Relay;

/// <content>
/// What comes in another encoding than the side has: it is played out at the pace of the media clock, through a jitter buffer,
/// and encoded anew. What can be passed on as it is never waits.
/// </content>
internal sealed partial class OutgoingStream
{
    private PlayoutBuffer? _playout;
    private short[] _frame = [];
    private bool _isConverting;
    private byte? _noiseLevel;

    /// <summary>Sends what is due of a stream that is converted. False when nothing is.</summary>
    public bool PlayOn(TimeSpan now)
    {
        if (!_isConverting || side.Audio is not { } audio || Codec is not { } codec)
        {
            return false;
        }
        var frame = _frame.AsSpan(0, (int)(_playout!.SampleRate * MediaClock.Interval.TotalSeconds));
        if (!_playout.Read(frame, now))
        {
            SayNoise(audio, now);
            return false;
        }
        if (audio.Direction.Sends())
        {
            CatchUp(now);
            Fill(_filler.Resample(frame, _playout.SampleRate, codec.SampleRate), audio, codec, now);
        }
        return true;
    }

    /// <summary>
    /// Takes a packet into the jitter buffer when its stream is to be converted; one that is no audio keeps its place in the
    /// sequence, so that it is not taken for lost.
    /// </summary>
    private bool IsConverted(RelayStream from, in RtpPacket packet, RelayPayload kind, TimeSpan now)
    {
        if (
            kind == RelayPayload.Audio
            && NeedsConverting(from, packet.Payload.Length) is var needed
            && needed != _isConverting
        )
        {
            BeginSource();
            _isConverting = needed;
        }
        if (!_isConverting)
        {
            return false;
        }
        if (_playout is null)
        {
            (_playout, _frame) = (new PlayoutBuffer(), new short[RtpRelay.MaxFrame]);
        }
        _playout.Put(from.Format, packet.Header, kind == RelayPayload.Audio ? packet.Payload : default, now);
        return true;
    }

    /// <summary>One law of G.711 becomes the other octet by octet: a packet in, a packet out, and none has to wait.</summary>
    private bool NeedsConverting(RelayStream from, int octets)
    {
        var audio = side.Audio!;
        var isLawOnly = Codec is G711Codec codec && from.IsG711 && octets == audio.PacketTime * codec.SampleRate / 1000;
        return from.Format != audio.Send.Format && !isLawOnly;
    }

    private void ClearPlayout()
    {
        _playout?.Clear();
        _noiseLevel = null;
    }

    private void SayNoise(NegotiatedAudio audio, TimeSpan now)
    {
        if (_noiseLevel is { } level && audio.SendNoise is { } type && audio.Direction.Sends())
        {
            CatchUp(now);
            Datagram[RtpPacket.HeaderLength] = level;
            SendNoise(type, 1);
        }
        _noiseLevel = null;
    }
}
