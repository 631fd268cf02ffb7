using Ringfence.Diagnosis.Calls;
using Ringfence.Media.Sdp;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>Lines up the codecs of every answer with those of its offer (RFC 3264 §6.1, RFC 6337 §2).</summary>
internal sealed class NegotiatedCodecs
{
    private readonly Dictionary<TraceMessage, IReadOnlyList<LadderCodec>> _codecs = [];

    public NegotiatedCodecs(IReadOnlyList<TraceMessage> messages, IReadOnlyList<Call> legs)
    {
        var played = legs.DistinctBy(one => one.CallId, StringComparer.Ordinal)
            .ToDictionary(one => one.CallId, PlayedIn, StringComparer.Ordinal);

        // A description answers the latest one that came the other way in the same call; else it is an offer.
        var open = new Dictionary<string, (TraceMessage Offer, string FromTag)>(StringComparer.Ordinal);
        foreach (var message in messages)
        {
            if (message.Sdp?.Audio is not { } audio)
            {
                continue;
            }

            var isAnswer = open.TryGetValue(message.CallId, out var before) && IsAnswer(message, before.Offer);
            if (!isAnswer)
            {
                open[message.CallId] = (message, message.FromTag);
            }

            _codecs[message] = Played(
                isAnswer ? Line(before.Offer.Sdp!.Audio, audio) : Line(audio, null),
                played.GetValueOrDefault(message.CallId)
            );
        }
    }

    // Packets by payload type, of all streams of the call.
    private static Dictionary<byte, long>? PlayedIn(Call call) =>
        call.Streams.Count == 0
            ? null
            : call
                .Streams.SelectMany(stream => stream.PayloadTypes)
                .GroupBy(type => type.PayloadType)
                .ToDictionary(type => type.Key, type => type.Sum(one => one.Packets));

    private static List<LadderCodec> Played(List<LadderCodec> codecs, Dictionary<byte, long>? played) =>
        played is null
            ? codecs
            :
            [
                .. codecs.Select(codec =>
                    codec with
                    {
                        Played = new[] { codec.Offered, codec.Answered }
                            .OfType<byte>()
                            .Distinct()
                            .Sum(type => played.GetValueOrDefault(type)),
                    }
                ),
            ];

    public IReadOnlyList<LadderCodec> Of(TraceMessage message) => _codecs.GetValueOrDefault(message) ?? [];

    // A response answers its request's offer; ACK and PRACK answer the offer of a response.
    private static bool IsAnswer(TraceMessage message, TraceMessage offer) =>
        message.Response is not null
            ? offer.Request is not null && offer.CSeq == message.CSeq && offer.CSeqMethod == message.CSeqMethod
            : offer.Response is not null
                && message.Request!.Method is Sip.Messages.SipMethod.Ack or Sip.Messages.SipMethod.Prack;

    private static List<LadderCodec> Line(MediaDescription? offer, MediaDescription? answer)
    {
        var offered = offer?.Formats ?? [];
        var answered = answer is { IsRejected: false } ? answer.Formats : [];
        return
        [
            .. offered.Select(o => new LadderCodec(
                o.Format.ToString(),
                o.PayloadType,
                answered.FirstOrDefault(a => a.Format == o.Format)?.PayloadType
            )),
            .. answered
                .Where(a => !offered.Any(o => o.Format == a.Format))
                .Select(a => new LadderCodec(a.Format.ToString(), null, a.PayloadType)),
        ];
    }
}
