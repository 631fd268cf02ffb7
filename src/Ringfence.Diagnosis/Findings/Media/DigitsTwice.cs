using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Media;
using Ringfence.Media.Codecs;
using Ringfence.Media.Sdp;

namespace Ringfence.Diagnosis.Findings.Media;

/// <summary>MD-10: digits were sent in two ways at once, or by a number of the wrong side, or their end was lost.</summary>
internal sealed class DigitsTwice() : Rule("MD-10", FindingSeverity.Warning, FindingBasis.Interop, "RFC 4733 §2.4")
{
    private const long Together = 1_000_000_000;
    private const int Enough = 3;

    public override bool Applies(CallView call) =>
        call.Call.SignalledDigits.Any() || call.Call.Streams.Any(s => MistakenType(call, s) is not null);

    public override Finding? Check(CallView call)
    {
        var digits = call.Call.SignalledDigits.ToList();
        var twice = digits.Find(d => d.Kind == DtmfKind.Info && digits.Exists(e => IsSame(d, e)));
        if (twice is not null)
        {
            return Result(call, FindingConfidence.Certain, twice, "twice");
        }

        // Three packets say that a digit has ended (RFC 4733 §2.5.1.4). The last digit of a trace may only be cut off.
        var endless = digits.Find(d =>
            d is { Kind: DtmfKind.Event, Ended: false }
            && d.Time + Together < (call.Call.Ending?.Time ?? call.Trace.End)
        );
        return endless is not null ? Result(call, FindingConfidence.Likely, endless, "endless") : Mistaken(call);
    }

    // By the sender's number instead of the receiver's: RFC 3264 §5.1 has each side name its own.
    private Finding? Mistaken(CallView call)
    {
        foreach (var stream in call.Call.Streams)
        {
            if (MistakenType(call, stream) is { } type)
            {
                return Found(
                    call,
                    FindingConfidence.Likely,
                    [new Evidence(stream.FirstFrame, stream.Start, $"RTP {stream.Source} PT {Number((long)type)}")],
                    ("digit", $"PT {Number((long)type)}"),
                    ("what", "type")
                );
            }
        }

        return null;
    }

    private static byte? MistakenType(CallView call, RtpStream stream)
    {
        // Of most streams that is all there is to ask: events have no number of their own.
        var sent = stream
            .PayloadTypes.Where(type => type.Packets >= Enough && AudioFormat.OfStatic(type.PayloadType) is null)
            .Select(type => type.PayloadType)
            .ToList();
        if (
            sent.Count == 0
            || Named(call, stream.Destination) is not { } receiver
            || receiver.TelephoneEvent() is not { } wanted
            || Named(call, stream.Source)?.TelephoneEvent() is not { } own
            || receiver.FormatTokens.Contains(Number((long)own.PayloadType))
        )
        {
            return null;
        }

        return sent.Contains(own.PayloadType) && !sent.Contains(wanted.PayloadType) ? own.PayloadType : null;
    }

    private static MediaDescription? Named(CallView call, PacketAddress address) =>
        call.Call.Messages.SelectMany(m => m.NamedMedia).LastOrDefault(named => named.Address == address).Media;

    private static bool IsSame(DtmfDigit info, DtmfDigit other) =>
        other.Kind == DtmfKind.Event
        && other.Digit == info.Digit
        && other.Source.Bits == info.Source.Bits
        && Math.Abs(other.Time - info.Time) < Together;

    private Finding Result(CallView call, FindingConfidence confidence, DtmfDigit digit, string what) =>
        Found(
            call,
            confidence,
            [new Evidence(digit.Frame, digit.Time, $"{(what == "twice" ? "INFO" : "RTP")} {digit.Digit}")],
            ("digit", digit.Digit.ToString()),
            ("what", what)
        );
}
