using Ringfence.Media.Rtp;

namespace Ringfence.Media.Relay;

/// <summary>Sees what comes from a side after its source lock, such as a DTMF receiver. Called on the clock's thread.</summary>
public interface IRelayTap
{
    /// <summary>A packet came.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="payload">Its payload, valid during the call only.</param>
    /// <param name="now">Time since the clock's beginning.</param>
    void Packet(in RtpHeader header, ReadOnlySpan<byte> payload, TimeSpan now);

    /// <summary>Another <see cref="MediaClock.Interval"/> has passed, whether packets came or not.</summary>
    /// <param name="now">Time since the clock's beginning.</param>
    void Tick(TimeSpan now) { }
}
