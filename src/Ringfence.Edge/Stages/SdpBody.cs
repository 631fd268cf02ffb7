using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Stages;

/// <summary>The session description of a message, alone or as a part of a multipart body (RFC 5621 §3.1).</summary>
internal static class SdpBody
{
    /// <summary>The SDP; empty when there is none.</summary>
    internal static ReadOnlySpan<byte> Of(SipMessage message) =>
        Multipart.FindSdp(message, ParserLimits.Default, out ReadOnlySpan<byte> sdp).IsFault ? default : sdp;

    /// <summary>The SDP of an early session (RFC 3959); empty when there is none.</summary>
    internal static ReadOnlySpan<byte> EarlyOf(SipMessage message) =>
        Multipart.FindEarlySdp(message, ParserLimits.Default, out ReadOnlySpan<byte> sdp).IsFault ? default : sdp;
}
