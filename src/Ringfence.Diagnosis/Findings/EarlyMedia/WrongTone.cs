using System.Text;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Media;
using Ringfence.Media.Hearing;
using Ringfence.Media.Tones;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-24: a busy or failure tone plays in early media, and no failure is signalled.</summary>
internal sealed class WrongTone() : Rule("EM-24", FindingSeverity.Warning, FindingBasis.Observed, "RFC 3398 §8.2.6.1")
{
    public override bool Applies(CallView call) => call.EarlyToCaller.Any(s => s.HasAudio);

    // A tone that says "no" ought to be followed by the response that says so.
    private const double Patience = 10;

    public override Finding? Check(CallView call)
    {
        var stream = call.EarlyToCaller.First(s => s.HasAudio);
        var tone = StreamHearing
            .Of(stream)
            .FirstOrDefault(s => s.Kind is HeardKind.Busy or HeardKind.Congestion or HeardKind.SpecialInformation);
        if (tone is null)
        {
            return Abroad(call, stream);
        }

        var heard = stream.Start + (tone.Start.Ticks * 100);
        var seconds = CallView.Seconds(heard, call.EarlyEnd);
        return heard > call.EarlyEnd || seconds < Patience
            ? null
            : Found(
                call,
                FindingConfidence.Likely,
                [new Evidence(stream.FirstFrame, stream.Start, "RTP " + stream.Source)],
                ("tone", tone.Kind.ToString()),
                ("countries", string.Join(", ", tone.Countries.Take(5))),
                ("seconds", Number(seconds))
            );
    }

    // The called number says one country and the ringing another: a tone generator left at its factory setting, or a callee who is abroad.
    private Finding? Abroad(CallView call, RtpStream stream)
    {
        var tone = StreamHearing
            .Of(stream)
            .FirstOrDefault(s => s is { Kind: HeardKind.Ringback, Countries.Count: > 0 });
        var called = User(call.Call.To);
        return
            tone is null
            || called is not ['+', ..]
            || TonePlan.Default.ByNumber(called) is not { } home
            || tone.Countries.Contains(home.Country, StringComparer.OrdinalIgnoreCase)
            ? null
            : Found(
                call,
                FindingConfidence.Possible,
                [new Evidence(stream.FirstFrame, stream.Start, "RTP " + stream.Source)],
                ("tone", tone.Kind.ToString()),
                ("countries", string.Join(", ", tone.Countries.Take(5))),
                ("seconds", Number((tone.End - tone.Start).TotalSeconds))
            ) with
            {
                Severity = FindingSeverity.Information,
            };
    }

    private static string User(string uri) =>
        SipUri.TryParse(Encoding.UTF8.GetBytes(uri), out var sip) ? TraceMessage.Text(sip.User) : "";
}
