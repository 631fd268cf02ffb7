using System.Net;

namespace Ringfence.Watching;

/// <summary>Where to listen for capture agents.</summary>
/// <param name="Transport">By what they send.</param>
/// <param name="EndPoint">The address and port.</param>
internal sealed record HepAddress(HepTransport Transport, IPEndPoint EndPoint)
{
    /// <summary>Reads <c>127.0.0.1:9060</c> (UDP and TCP), or the same behind <c>udp:</c>, <c>tcp:</c> or <c>tls:</c>.</summary>
    internal static bool TryParse(string text, out HepAddress? address)
    {
        HepTransport transport =
            text.StartsWith("udp:", StringComparison.OrdinalIgnoreCase) ? HepTransport.Udp
            : text.StartsWith("tcp:", StringComparison.OrdinalIgnoreCase) ? HepTransport.Tcp
            : text.StartsWith("tls:", StringComparison.OrdinalIgnoreCase) ? HepTransport.Tls
            : HepTransport.Any;
        string rest = transport == HepTransport.Any ? text : text[4..];
        address =
            IPEndPoint.TryParse(rest, out IPEndPoint? end) && end.Port > 0 ? new HepAddress(transport, end) : null;
        return address is not null;
    }
}
