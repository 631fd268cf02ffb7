namespace Ringfence.Media.RtpEngine;

/// <summary>What rtpengine replied.</summary>
/// <param name="Fault">Why not; <see cref="RtpEngineFault.None"/> when it did what it was asked.</param>
/// <param name="Reason">Its own words when it refused; empty otherwise.</param>
/// <param name="Body">The whole reply; null when there was none.</param>
public sealed record RtpEngineReply(RtpEngineFault Fault, string Reason, Bencode? Body)
{
    /// <summary>Nobody is there, or nobody is asked.</summary>
    public static RtpEngineReply Away { get; } = Of(RtpEngineFault.Away);

    /// <summary>True when it did what it was asked.</summary>
    public bool IsDone => Fault == RtpEngineFault.None;

    /// <summary>The rewritten session description after an offer or answer; null otherwise.</summary>
    public string? Sdp => Body?["sdp"]?.Text;

    internal static RtpEngineReply Of(RtpEngineFault fault) => new(fault, "", null);

    internal static RtpEngineReply Of(ReadOnlySpan<byte> octets) =>
        Bencode.Decode(octets) is not { } body || body["result"]?.Text is not { } result ? Of(RtpEngineFault.Malformed)
        : result is "ok" or "pong" ? new RtpEngineReply(RtpEngineFault.None, "", body)
        : new RtpEngineReply(RtpEngineFault.Refused, body["error-reason"]?.Text ?? result, body);
}
