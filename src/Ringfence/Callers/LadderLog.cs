using System.Diagnostics;
using System.Text;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Sip.Messages;

namespace Ringfence.Callers;

/// <summary>Notes the messages of one user agent with the time of each; several logs on one clock make one ladder.</summary>
internal sealed class LadderLog
{
    private readonly Lock _lock = new();
    private readonly List<(long At, bool IsSent, string Label, LadderTone Tone)> _messages = [];

    /// <summary>Called for each message as it is noted.</summary>
    internal Action<LadderArrow>? OnArrow { get; set; }

    /// <summary>Call-ID of the first message; empty before it.</summary>
    internal string CallId { get; private set; } = "";

    internal long Started { get; set; } = Stopwatch.GetTimestamp();

    internal void Note(ReadOnlySpan<byte> message, bool isSent)
    {
        ParseResult parsed = SipParser.Parse(message, ParserLimits.Default);
        if (parsed.Message is not { } sip)
        {
            return;
        }

        if (CallId.Length == 0)
        {
            CallId = Encoding.UTF8.GetString(sip.Value(HeaderId.CallId));
        }

        (string label, LadderTone tone) = Describe(sip);
        Add(label, tone, isSent);
    }

    internal void Add(string label, LadderTone tone, bool isSent)
    {
        long now = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            _messages.Add((now, isSent, label, tone));
        }

        OnArrow?.Invoke(
            new LadderArrow(Stopwatch.GetElapsedTime(Started, now), isSent ? 0 : 1, isSent ? 1 : 0, label, tone)
        );
    }

    /// <summary>The arrows between this agent's column and the other's.</summary>
    internal IEnumerable<LadderArrow> Arrows(long started, int own, int other)
    {
        lock (_lock)
        {
            return
            [
                .. _messages.Select(message => new LadderArrow(
                    Stopwatch.GetElapsedTime(started, message.At),
                    message.IsSent ? own : other,
                    message.IsSent ? other : own,
                    message.Label,
                    message.Tone
                )),
            ];
        }
    }

    private static (string Label, LadderTone Tone) Describe(SipMessage message)
    {
        string sdp = message.Body.IsEmpty ? "" : " (SDP)";
        return message switch
        {
            SipRequest request => (Encoding.UTF8.GetString(request.MethodName) + sdp, LadderTone.Request),
            SipResponse response => (
                $"{response.StatusCode} {Encoding.UTF8.GetString(response.ReasonPhrase)}{Of(response)}{sdp}",
                LadderArrow.ToneOf(response.StatusCode)
            ),
            _ => ("", LadderTone.Request),
        };
    }

    /// <summary>A 200 says what it answers, unless that is the INVITE.</summary>
    private static string Of(SipResponse response) =>
        response.StatusCode is >= 200 and < 300
        && CSeqValue.TryParse(response.Value(HeaderId.CSeq), out _, out ReadOnlySpan<byte> method)
        && !method.SequenceEqual("INVITE"u8)
            ? $" {Encoding.ASCII.GetString(method)}"
            : "";
}
