using System.Text;
using Ringfence.Sip.Dialogs;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <summary>A URI that a programmer wrote, and the peer that it names.</summary>
internal readonly record struct UriTarget(Peer Destination, byte[] RequestUri)
{
    /// <exception cref="ArgumentException">It is no SIP URI, or its host is a name.</exception>
    internal static UriTarget Of(string uri, string parameter)
    {
        byte[] bytes = Bytes(uri, parameter);
        return NextHop.TryOf(bytes, default, out Peer peer)
            ? new UriTarget(peer, bytes)
            : throw new ArgumentException($"\"{uri}\": the host must be an address; nothing is looked up.", parameter);
    }

    /// <exception cref="ArgumentException">It is no SIP URI.</exception>
    internal static byte[] InBrackets(string uri, string parameter) => [.. "<"u8, .. Bytes(uri, parameter), .. ">"u8];

    private static byte[] Bytes(string uri, string parameter)
    {
        ArgumentNullException.ThrowIfNull(uri, parameter);
        byte[] bytes = Encoding.UTF8.GetBytes(uri);
        return SipUri.TryParse(bytes, out _)
            ? bytes
            : throw new ArgumentException($"\"{uri}\" is no SIP URI.", parameter);
    }
}
