namespace Ringfence.Callers;

/// <summary>A response that a test caller received.</summary>
/// <param name="StatusCode">The status.</param>
/// <param name="Phrase">Its phrase.</param>
/// <param name="Ms">Milliseconds since the INVITE.</param>
/// <param name="HasSdp">Whether it carried SDP.</param>
/// <param name="Reason">Its Reason headers, joined by commas; empty for none.</param>
internal sealed record ReceivedResponse(int StatusCode, string Phrase, int Ms, bool HasSdp, string Reason);
