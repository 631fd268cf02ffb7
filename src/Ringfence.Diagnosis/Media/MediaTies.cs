using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Media.Codecs;
using Ringfence.Media.Sdp;

namespace Ringfence.Diagnosis.Media;

/// <summary>Ties streams to calls by the addresses that their session descriptions name, the nearest in time first.</summary>
internal sealed class MediaTies
{
    // A stream may begin before the message that names it is seen, and go on a while after the BYE.
    private const long Slack = 10L * 1_000_000_000;

    private readonly Dictionary<PacketAddress, List<Call>> _named = [];

    public void Name(Call call, TraceMessage message)
    {
        foreach (var (_, named) in message.NamedMedia)
        {
            if (named is { } address)
            {
                if (!_named.TryGetValue(address, out var calls))
                {
                    _named.Add(address, calls = []);
                }

                if (calls.Count == 0 || calls[^1] != call)
                {
                    calls.Add(call);
                }
            }
        }
    }

    /// <summary>Whether some session description names an end of the stream.</summary>
    public bool Names(RtpStream stream) => _named.ContainsKey(stream.Destination) || _named.ContainsKey(stream.Source);

    public void Tie(IEnumerable<RtpStream> streams)
    {
        foreach (var stream in streams)
        {
            foreach (var call in Candidates(stream))
            {
                call.Tie(stream);
                stream.Format ??= CodecOf(call, stream, stream.PayloadType);
            }

            stream.Format ??= AudioFormat.OfStatic(stream.PayloadType);
        }
    }

    /// <summary>
    /// The media lines of a message, and what they name for receiving: of the session, and of an early session beside it (RFC 3959).
    /// </summary>
    public static IReadOnlyList<NamedLine> NamedBy(TraceMessage message) =>
        message.Sip.Body.IsEmpty ? [] : [.. NamedBy(message.Sdp), .. NamedBy(message.EarlySessionSdp)];

    /// <summary>The address that a media line of the session names for receiving.</summary>
    public static PacketAddress? AddressOf(TraceMessage message, MediaDescription media) =>
        AddressOf(message.Sdp!, media);

    /// <summary>The calls that name an address for their media.</summary>
    public IReadOnlyList<Call> At(PacketAddress address) => _named.GetValueOrDefault(address) ?? [];

    /// <summary>What a payload type stands for in a stream of a call; null where no description says so.</summary>
    /// <remarks>The receiver's mapping counts first: it is the receiver who says what a payload type means (RFC 3264 §5.1).</remarks>
    public static AudioFormat? CodecOf(Call call, RtpStream stream, byte payloadType)
    {
        AudioFormat? others = null;
        foreach (var message in call.Messages)
        {
            foreach (var (media, address) in message.NamedMedia)
            {
                if (media.Formats.FirstOrDefault(f => f.PayloadType == payloadType)?.Format is { } format)
                {
                    if (address == stream.Destination)
                    {
                        return format;
                    }

                    others ??= format;
                }
            }
        }

        return others;
    }

    private static IEnumerable<NamedLine> NamedBy(SessionDescription? session) =>
        session?.Media.Select(media => new NamedLine(media, AddressOf(session, media))) ?? [];

    private static PacketAddress? AddressOf(SessionDescription session, MediaDescription media) =>
        media.IsRejected || (media.Connection ?? session.Connection)?.Address is not { } address
            ? null
            : PacketAddress.Of(address, media.Port);

    // Several legs may name the same address; of calls one after the other the one that was up is meant.
    private IEnumerable<Call> Candidates(RtpStream stream)
    {
        var toThere = _named.GetValueOrDefault(stream.Destination) ?? [];
        var fromHere = _named.GetValueOrDefault(stream.Source) ?? [];

        // A call that names both ends is surer than one that names an address which others use as well.
        var both = toThere.Where(fromHere.Contains).ToList();
        var named =
            both.Count > 0 ? both
            : toThere.Count > 0 ? toThere
            : fromHere;
        return named.Where(call => call.Start - Slack <= stream.Start && stream.Start <= call.End + Slack);
    }
}
