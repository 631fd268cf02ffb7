using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ringfence.Media.Sdp;

/// <summary>Writes a session description line by line, in the order in which it is called.</summary>
public sealed class SdpWriter
{
    private readonly ArrayBufferWriter<byte> _to = new(512);

    /// <summary>Starts with <c>v=0</c>, the origin and <c>s=-</c>.</summary>
    /// <param name="origin">The <c>o=</c> line.</param>
    public SdpWriter(SdpOrigin origin)
    {
        var family = origin.Address.Contains(':', StringComparison.Ordinal) ? "IP6" : "IP4";
        Line('v', "0")
            .Line('o', $"{origin.Username} {origin.SessionId} {origin.Version} IN {family} {origin.Address}")
            .Line('s', "-");
    }

    /// <summary>Any line.</summary>
    /// <param name="type">Its letter.</param>
    /// <param name="value">Its value without CR, LF and NUL.</param>
    /// <exception cref="ArgumentException">The value would break the line.</exception>
    public SdpWriter Line(char type, string value) => Line(type, Encoding.UTF8.GetBytes(value));

    /// <summary>Any line, from octets.</summary>
    /// <param name="type">Its letter.</param>
    /// <param name="value">Its value without CR, LF and NUL.</param>
    /// <exception cref="ArgumentException">The value would break the line.</exception>
    public SdpWriter Line(char type, ReadOnlySpan<byte> value)
    {
        if (value.IndexOfAny((byte)'\r', (byte)'\n', (byte)0) >= 0)
        {
            throw new ArgumentException("A value of SDP holds no CR, LF or NUL.", nameof(value));
        }
        _to.Write([(byte)type, (byte)'=']);
        _to.Write(value);
        _to.Write("\r\n"u8);
        return this;
    }

    /// <summary>A <c>c=</c> line.</summary>
    public SdpWriter Connection(IPAddress address) => Line('c', ConnectionText(address));

    /// <summary>An <c>a=</c> line.</summary>
    /// <param name="name">Name of the attribute.</param>
    /// <param name="value">Its value, or null for a flag.</param>
    public SdpWriter Attribute(string name, string? value = null) =>
        Line('a', value is null ? name : $"{name}:{value}");

    /// <summary>The <c>a=rtpmap</c> and <c>a=fmtp</c> lines of a format.</summary>
    public SdpWriter Format(RtpMap map)
    {
        Attribute("rtpmap", $"{map.PayloadType} {map.Format}");
        return map.Parameters is { } parameters ? Attribute("fmtp", $"{map.PayloadType} {parameters}") : this;
    }

    /// <summary>What was written so far.</summary>
    public byte[] ToArray() => _to.WrittenSpan.ToArray();

    internal static string ConnectionText(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? $"IN IP6 {address}" : $"IN IP4 {address}";
}
