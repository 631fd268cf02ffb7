using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Observe;

/// <summary>What stands below SIP in an IP packet.</summary>
internal static class IpProtocol
{
    internal const byte Tcp = 6;
    internal const byte Udp = 17;

    internal static byte Of(TransportKind kind) => kind == TransportKind.Udp ? Udp : Tcp;
}
