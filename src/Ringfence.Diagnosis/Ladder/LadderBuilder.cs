using System.Globalization;
using System.Text;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Media;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>Draws the ladder of a call: its messages, its media, and what the findings rest on.</summary>
public static class LadderBuilder
{
    /// <summary>The ladder of a call and of the legs joined to it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="findings">Findings to mark on the arrows; may be empty.</param>
    /// <param name="withMessages">Whether arrows carry the whole messages.</param>
    /// <param name="language">The language of what was heard.</param>
    /// <param name="rtcp">RTCP of the trace, to be drawn as ticks; null for none.</param>
    /// <param name="diagnosis">What verification said of the Identity headers; null where nobody verified.</param>
    public static CallLadder Of(
        Call call,
        IEnumerable<Finding> findings,
        bool withMessages = false,
        string language = "en",
        RtcpCounts? rtcp = null,
        CallDiagnosis? diagnosis = null
    )
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(findings);
        var messages = Messages(call);
        var legs = Legs(call);
        var streams = legs.SelectMany(leg => leg.Streams).Distinct().OrderBy(s => s.Start).ToList();
        var hosts = new LadderHosts(messages, streams);
        var found = findings.ToList();
        var byFrame = found
            .SelectMany(f => f.Evidence.Select(e => (e.Frame, f.Id)))
            .ToLookup(pair => pair.Frame, pair => pair.Id);
        var start = messages[0].Time;
        var codecs = new NegotiatedCodecs(messages, legs);
        var words = LadderWords.In(language);
        var shields = new IdentityShields(found, diagnosis, legs);
        var arrows = messages
            .Select(m =>
                Arrow(m, hosts, start, byFrame, withMessages) with
                {
                    Codecs = codecs.Of(m),
                    Shield = shields.Of(m, out var attestation),
                    Attestation = attestation,
                }
            )
            .Concat(streams.Select(s => Arrow(s, hosts, start, byFrame, words)))
            .OrderBy(arrow => arrow.At)
            .ToList();
        return new CallLadder(hosts.Columns, arrows)
        {
            Spans = [.. streams.SelectMany(s => LadderMedia.Spans(s, call, hosts, start, words))],
            Ticks = LadderMedia.Ticks(call, streams, rtcp, hosts, start, words),
            Forks = LadderForks.Of(messages, hosts, start),
            Brackets = LadderBrackets.Of(messages, hosts, start),
            Words = words,
        }.Folded();
    }

    /// <summary>The messages that a ladder shows, in order; the arrows of the ladder name them by their frames.</summary>
    public static IReadOnlyList<TraceMessage> Messages(Call call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return [.. Legs(call).SelectMany(leg => leg.Messages).OrderBy(m => m.Time)];
    }

    /// <summary>The legs of one call, the earliest first: those joined to it, and those joined to them.</summary>
    internal static IReadOnlyList<Call> Legs(Call call)
    {
        const int Most = 32;
        List<Call> legs = [call];
        for (var i = 0; i < legs.Count && legs.Count < Most; i++)
        {
            legs.AddRange(legs[i].Legs.Select(leg => leg.Call).Except(legs).Take(Most - legs.Count).ToList());
        }

        return [.. legs.OrderBy(leg => leg.Start)];
    }

    internal static TimeSpan Since(long start, long time) => TimeSpan.FromTicks((time - start) / 100);

    private static LadderArrow Arrow(
        TraceMessage message,
        LadderHosts hosts,
        long start,
        ILookup<long, string> findings,
        bool withMessages
    ) =>
        new(
            Since(start, message.Time),
            hosts.IndexOf(message.Source),
            hosts.IndexOf(message.Destination),
            message.Sdp is null ? message.Label : message.Label + " (SDP)",
            message.Response is { } response ? LadderArrow.ToneOf(response.StatusCode) : LadderTone.Request,
            Note: string.Join(' ', findings[message.Frame].Distinct(StringComparer.Ordinal))
        )
        {
            Frame = message.Frame,
            Findings = [.. findings[message.Frame].Distinct(StringComparer.Ordinal)],
            Message = withMessages ? Encoding.UTF8.GetString(message.Sip.Bytes) : "",
            Route = $"{message.Source} → {message.Destination}",
            CSeq =
                message.CSeq.ToString(CultureInfo.InvariantCulture)
                + (message.Response is null ? "" : " " + message.CSeqMethod.ToString().ToUpperInvariant()),
            HasSdp = message.Sdp is not null,
            Source = message,
            Identity = $"{message.Header(HeaderId.Via)} {message.ToTag} {message.CSeq} {message.Header(HeaderId.RSeq)}",
        };

    private static LadderArrow Arrow(
        RtpStream stream,
        LadderHosts hosts,
        long start,
        ILookup<long, string> findings,
        LadderWords words
    ) =>
        new(
            Since(start, stream.Start),
            hosts.IndexOf(stream.Source),
            hosts.IndexOf(stream.Destination),
            $"RTP {Codecs.NameOf(stream)} ×{stream.Packets} {words.Seconds(TimeSpan.FromSeconds((stream.End - stream.Start) / 1e9))}",
            LadderTone.Media,
            Note: string.Join(' ', findings[stream.FirstFrame].Distinct(StringComparer.Ordinal))
        )
        {
            Frame = stream.FirstFrame,
            Findings = [.. findings[stream.FirstFrame].Distinct(StringComparer.Ordinal)],
            Route = $"{stream.Source} → {stream.Destination}",
            Identity = $"{stream.Source} {stream.Destination} {stream.Ssrc}",
        };
}
