namespace Ringfence.Media.Rtcp;

/// <summary>What a sender report says of its sender (RFC 3550 section 6.4.1).</summary>
/// <param name="NtpTime">NTP timestamp of the report: seconds since 1900 in 32.32 fixed point.</param>
/// <param name="RtpTime">The same moment on the stream's clock.</param>
/// <param name="Packets">Packets sent.</param>
/// <param name="Octets">Octets of payload sent.</param>
public readonly record struct SenderInfo(ulong NtpTime, uint RtpTime, uint Packets, uint Octets)
{
    private static readonly DateTimeOffset Epoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The middle 32 bits, by which a report block refers to this report.</summary>
    public uint MiddleOfNtp => (uint)(NtpTime >> 16);

    /// <summary>A moment as NTP timestamp.</summary>
    public static ulong Ntp(DateTimeOffset moment)
    {
        var ticks = (UInt128)(ulong)(moment - Epoch).Ticks;
        return (ulong)((ticks << 32) / TimeSpan.TicksPerSecond);
    }
}
