using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>Provisional responses that want a PRACK (RFC 3262 §3).</summary>
internal static class ReliableProvisional
{
    public static bool Is(TraceMessage message) =>
        message.Answers(SipMethod.Invite, 101, 199)
        && message.Sip.Has(HeaderId.RSeq)
        && OptionTags.Has(message.Sip, HeaderId.Require, "100rel"u8);

    /// <summary>The RSeq number; 0 if there is none.</summary>
    public static uint Number(TraceMessage message) =>
        RSeq.TryParse(message.Sip.Value(HeaderId.RSeq), out var number) ? number : 0;
}
