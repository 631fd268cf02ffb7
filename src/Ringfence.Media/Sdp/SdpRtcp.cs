namespace Ringfence.Media.Sdp;

/// <summary>An <c>a=rtcp</c> line (RFC 3605).</summary>
/// <param name="Port">Port of RTCP.</param>
/// <param name="Connection">Its address where it differs from that of RTP, or null.</param>
public sealed record SdpRtcp(int Port, SdpConnection? Connection)
{
    internal static SdpRtcp? Read(ReadOnlySpan<byte> value)
    {
        var space = value.IndexOf((byte)' ');
        if (!SdpText.Number(space < 0 ? value : value[..space], 65_535, out int port))
        {
            return null;
        }
        if (space < 0)
        {
            return new SdpRtcp(port, null);
        }
        var connection = SdpConnection.Read(value[(space + 1)..]);
        return connection is null ? null : new SdpRtcp(port, connection);
    }
}
