namespace Ringfence.Diagnosis.Calls;

/// <summary>One early dialog (RFC 3261 §12.1): everything that one callee's tag said before the answer.</summary>
/// <param name="Tag">The To tag.</param>
/// <param name="Provisionals">Its 101 to 199 responses, retransmissions included, in order.</param>
public sealed record EarlyDialog(string Tag, IReadOnlyList<TraceMessage> Provisionals)
{
    /// <summary>The first response with a session description, if one came.</summary>
    public TraceMessage? FirstWithSdp => Provisionals.FirstOrDefault(response => response.Sdp is not null);
}
