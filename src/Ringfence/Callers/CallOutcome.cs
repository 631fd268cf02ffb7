namespace Ringfence.Callers;

/// <summary>What became of a test call.</summary>
/// <param name="Responses">Every response to the INVITE from 101 on: status, phrase, milliseconds since the INVITE, with SDP or not.</param>
/// <param name="Heard">What the caller heard, 8 kHz, from the first packet on.</param>
/// <param name="FirstPacketMs">When the first RTP packet came, in milliseconds since the INVITE; null for never.</param>
/// <param name="AnsweredMs">When it was answered; null for never.</param>
/// <param name="Packets">RTP packets received.</param>
/// <param name="Lost">RTP packets lost.</param>
/// <param name="Trouble">What kept the call from being made; null when it was made.</param>
internal sealed record CallOutcome(
    IReadOnlyList<ReceivedResponse> Responses,
    short[] Heard,
    int? FirstPacketMs,
    int? AnsweredMs,
    long Packets,
    long Lost,
    string? Trouble = null
)
{
    /// <summary>Whether what was early came in an early session (RFC 3959).</summary>
    internal bool HasEarlySession { get; init; }

    /// <summary>The final status; 0 when none came.</summary>
    internal int FinalStatus => Responses.Count > 0 && Responses[^1].StatusCode >= 200 ? Responses[^1].StatusCode : 0;

    /// <summary>The early part of what was heard: all of it when there was no answer.</summary>
    internal short[] HeardEarly =>
        AnsweredMs is { } answered && FirstPacketMs is { } first
            ? Heard[..Math.Clamp((answered - first) * 8, 0, Heard.Length)]
            : Heard;
}
