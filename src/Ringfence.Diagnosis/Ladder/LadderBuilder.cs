using System.Globalization;
using System.Text;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>Draws the ladder of a call: its messages, its media, and what the findings rest on.</summary>
public static class LadderBuilder
{
    /// <summary>The ladder of a call and of the legs joined to it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="findings">Findings to mark on the arrows; may be empty.</param>
    /// <param name="withMessages">Whether arrows carry the whole messages.</param>
    public static CallLadder Of(Call call, IEnumerable<Finding> findings, bool withMessages = false)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(findings);
        var messages = call
            .Messages.Concat(call.Legs.SelectMany(leg => leg.Call.Messages))
            .OrderBy(m => m.Time)
            .ToList();
        var streams = call
            .Streams.Concat(call.Legs.SelectMany(leg => leg.Call.Streams))
            .Distinct()
            .OrderBy(s => s.Start)
            .ToList();
        var hosts = new LadderHosts(messages, streams);
        var byFrame = findings
            .SelectMany(f => f.Evidence.Select(e => (e.Frame, f.Id)))
            .ToLookup(pair => pair.Frame, pair => pair.Id);
        var start = messages[0].Time;
        var arrows = messages
            .Select(m => Arrow(m, hosts, start, byFrame, withMessages))
            .Concat(streams.Select(s => Arrow(s, hosts, start)))
            .OrderBy(arrow => arrow.At)
            .ToList();
        return new CallLadder(hosts.Columns, arrows)
        {
            Spans = [.. streams.Select(s => Span(s, call, hosts, start))],
        }.Folded();
    }

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
        };

    private static LadderArrow Arrow(RtpStream stream, LadderHosts hosts, long start) =>
        new(
            Since(start, stream.Start),
            hosts.IndexOf(stream.Source),
            hosts.IndexOf(stream.Destination),
            string.Create(
                CultureInfo.InvariantCulture,
                $"RTP {Codecs.NameOf(stream)} ×{stream.Packets} {(stream.End - stream.Start) / 1e9:0.0} s"
            ),
            LadderTone.Media
        )
        {
            Frame = stream.FirstFrame,
        };

    private static LadderSpan Span(RtpStream stream, Call call, LadderHosts hosts, long start)
    {
        // The early part of a stream that runs on into the call ends with the final response.
        var final = call.Final?.Time ?? long.MaxValue;
        var isEarly = stream.Start < final;
        return new LadderSpan(
            Since(start, stream.Start),
            Since(start, isEarly ? Math.Min(stream.End, final) : stream.End),
            hosts.IndexOf(stream.Source),
            hosts.IndexOf(stream.Destination),
            Codecs.NameOf(stream),
            isEarly
        );
    }

    private static TimeSpan Since(long start, long time) => TimeSpan.FromTicks((time - start) / 100);
}
