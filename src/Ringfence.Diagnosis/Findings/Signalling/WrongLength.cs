using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-18: Content-Length is not the length of the body: on a stream the messages behind it are lost.</summary>
internal sealed class WrongLength() : Rule("SG-18", FindingSeverity.Error, FindingBasis.Must, "RFC 3261 §18.3")
{
    public override bool Applies(CallView call) => call.Call.Messages.Count > 0;

    public override Finding? Check(CallView call)
    {
        foreach (var message in call.Call.Messages)
        {
            // Logs leave bodies out, or shorten them.
            if (
                message.IsRetransmission
                || message.Origin == PacketOrigin.Log
                || (message.Truncated && message.Transport == PacketTransport.Udp)
            )
            {
                continue;
            }

            var what = message.Malformed.Fault switch
            {
                Fault.ContentLength => "Content-Length: " + message.Header(HeaderId.ContentLength),
                Fault.BodyTruncated => "Content-Length > body",
                Fault.ContentLengthMissing when !message.Sip.Body.IsEmpty => "no Content-Length",
                _ => CutShort(message),
            };
            if (what is not null)
            {
                return Found(
                    call,
                    FindingConfidence.Likely,
                    [message, call.Hop.FirstOrDefault(m => m.Status == 400)],
                    ("what", what),
                    ("message", message.Label),
                    ("transport", message.Transport.ToString().ToUpperInvariant())
                );
            }
        }

        return null;
    }

    // A session description that ends within a line was cut by a Content-Length that is too small.
    private static string? CutShort(TraceMessage message) =>
        !message.Truncated
        && message.Sip.Has(HeaderId.ContentLength)
        && message.Sip.Body is [(byte)'v', (byte)'=', ..] body
        && !body.EndsWith("\n"u8)
        && body[(body.LastIndexOf((byte)'\n') + 1)..] is { Length: > 0 } last
        && (last.Length < 3 || last[1] != (byte)'=')
            ? "Content-Length < body"
            : null;
}
