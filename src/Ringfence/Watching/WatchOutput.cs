using System.Globalization;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Diagnosis.Live;
using Ringfence.Diagnosis.Report;
using Ringfence.Output;
using Ringfence.Sip.Messages;

namespace Ringfence.Watching;

/// <summary>Tells of calls as they go and as they end.</summary>
internal sealed class WatchOutput(bool json, bool ladder, bool onlyFindings, string language)
{
    private readonly FindingTexts _texts = FindingTexts.In(language);
    private readonly SortedDictionary<CallState, int> _states = [];
    private readonly Dictionary<string, int> _findings = new(StringComparer.Ordinal);
    private readonly Stream _lines = Console.OpenStandardOutput();

    /// <summary>Calls that have ended.</summary>
    internal int Calls { get; private set; }

    internal void Progressed(LiveCall call, TraceMessage message)
    {
        if (json || onlyFindings || message.IsRetransmission || !IsWorthALine(message))
        {
            return;
        }

        string parties = $"{Party(call.First, HeaderId.From)} → {Party(call.First, HeaderId.To)}";
        Console.Out.WriteLine(
            Terminal.Dim($"{Clock(message.Time)}   {parties}  {message.Label}{(message.Sdp is null ? "" : " (SDP)")}")
        );
    }

    internal void Ended(CallDiagnosis diagnosis)
    {
        if (diagnosis.Trace.Calls.Count == 0)
        {
            return;
        }

        Calls++;
        Call over = diagnosis.Trace.Calls[0];
        _states[over.State] = _states.GetValueOrDefault(over.State) + 1;
        foreach (Finding finding in diagnosis.Findings)
        {
            _findings[finding.Id] = _findings.GetValueOrDefault(finding.Id) + 1;
        }

        if (onlyFindings && !diagnosis.Findings.Any(finding => finding.Severity > FindingSeverity.Information))
        {
            return;
        }

        if (json)
        {
            JsonReport.WriteLine(_lines, diagnosis, over, language);
            return;
        }

        Console.Out.WriteLine($"{Clock(over.End)} ■ {over.From} → {over.To}: {Verdict.Of(over, _texts)}");
        foreach (JoinedLeg leg in over.Legs)
        {
            Console.Out.WriteLine(
                $"    {_texts.Word("label.legs")}: {leg.Call.CallId} ({_texts.Word("leg." + leg.Join)}): {Verdict.Of(leg.Call, _texts)}"
            );
        }

        if (diagnosis.VerificationOf(over) is { } verified)
        {
            Console.Out.WriteLine($"    {_texts.Word("head.identity")}: {_texts.Word("verified." + verified.Outcome)}");
        }

        foreach (Finding finding in diagnosis.Findings)
        {
            string line =
                $"{_texts.Word("severity." + finding.Severity)} {finding.Id} {_texts[finding.Id].Title}: {_texts.Seen(finding)}";
            Console.Out.WriteLine("    " + (finding.Severity == FindingSeverity.Error ? Terminal.Bad(line) : line));
        }

        if (ladder)
        {
            CallLadder drawn = LadderBuilder.Of(
                over,
                diagnosis.Findings,
                language: language,
                rtcp: diagnosis.Trace.Rtcp
            );
            foreach (string line in TerminalLadder.Draw(drawn, Terminal.Width, Terminal.Colours))
            {
                Console.Out.WriteLine(line);
            }
        }
    }

    /// <summary>What it came to, on standard error, so that lines of JSON stay what they are.</summary>
    internal void Summary(LiveDecoder decoder, LiveCalls calls, long dropped)
    {
        string states = string.Join(", ", _states.Select(pair => $"{pair.Value} {pair.Key}".ToLowerInvariant()));
        Console.Error.WriteLine(
            $"ringfence: {Calls} {(Calls == 1 ? "call" : "calls")}{(states.Length > 0 ? $" ({states})" : "")}; {decoder.SipMessages} SIP messages, {calls.OtherMessages} of them of no call; {decoder.Frames} packets, {dropped} lost"
        );
        if (calls.LetGo > 0)
        {
            Console.Error.WriteLine(
                $"ringfence: {calls.LetGo} calls were told before their end, to keep memory bounded"
            );
        }

        foreach ((string id, int times) in _findings.OrderByDescending(pair => pair.Value).Take(10))
        {
            Console.Error.WriteLine($"  {times, 6} × {id} {_texts[id].Title}");
        }
    }

    // INVITE, what comes before the answer, and the answer; the end has a line of its own.
    private static bool IsWorthALine(TraceMessage message) =>
        message.CSeqMethod == SipMethod.Invite && message.Status is 0 or >= 180;

    private static string Party(TraceMessage message, HeaderId id) =>
        NameAddr.TryParse(message.Sip.Value(id), out NameAddr address)
            ? System.Text.Encoding.UTF8.GetString(address.Uri)
            : "?";

    private static string Clock(long time) =>
        DateTimeOffset
            .FromUnixTimeMilliseconds(time / 1_000_000)
            .ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
