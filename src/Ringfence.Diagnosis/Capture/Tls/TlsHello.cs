using System.Buffers.Binary;

namespace Ringfence.Diagnosis.Capture.Tls;

/// <summary>What matters of a ClientHello or ServerHello (RFC 5246 §7.4.1, RFC 8446 §4.1).</summary>
internal readonly ref struct TlsHello
{
    private const int ServerNameExtension = 0;
    private const int EncryptThenMacExtension = 22;
    private const int SupportedVersionsExtension = 43;

    public ReadOnlySpan<byte> Random { get; private init; }

    public int CipherSuite { get; private init; }

    /// <summary>The version that the hello says outside of its extensions: 0x0301 is TLS 1.0.</summary>
    public int Version { get; private init; }

    public bool EncryptThenMac { get; private init; }

    public bool Tls13 { get; private init; }

    /// <summary>The server that the client wants (RFC 6066 §3); empty where it names none.</summary>
    public ReadOnlySpan<byte> ServerName { get; private init; }

    public static bool TryReadClient(ReadOnlySpan<byte> body, out TlsHello hello)
    {
        hello = body.Length >= 34 ? new TlsHello { Random = body[2..34], ServerName = NameIn(body[34..]) } : default;
        return body.Length >= 34;
    }

    // Session id, cipher suites and compression methods stand before the extensions.
    private static ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> rest)
    {
        const int MaxName = 255;
        const int NameHeader = 5;
        if (!TrySkip(ref rest, 1) || !TrySkip(ref rest, 2) || !TrySkip(ref rest, 1) || rest.Length < 2)
        {
            return default;
        }

        var extensions = rest[2..];
        while (extensions.Length >= 4)
        {
            int type = BinaryPrimitives.ReadUInt16BigEndian(extensions);
            int length = BinaryPrimitives.ReadUInt16BigEndian(extensions[2..]);
            if (length > extensions.Length - 4)
            {
                break;
            }

            if (type == ServerNameExtension && length is > NameHeader and <= NameHeader + MaxName)
            {
                return extensions.Slice(4 + NameHeader, length - NameHeader);
            }

            extensions = extensions[(4 + length)..];
        }

        return default;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> rest, int sizeLength)
    {
        if (rest.Length < sizeLength)
        {
            return false;
        }

        var size = sizeLength == 1 ? rest[0] : BinaryPrimitives.ReadUInt16BigEndian(rest);
        var fits = rest.Length >= sizeLength + size;
        rest = fits ? rest[(sizeLength + size)..] : default;
        return fits;
    }

    public static bool TryReadServer(ReadOnlySpan<byte> body, out TlsHello hello)
    {
        hello = default;
        if (body.Length < 38 || body.Length < 38 + body[34])
        {
            return false;
        }

        var rest = body[(35 + body[34])..];
        var (encryptThenMac, tls13) = (false, false);
        var extensions = rest.Length > 5 ? rest[5..] : default;
        while (extensions.Length >= 4)
        {
            int type = BinaryPrimitives.ReadUInt16BigEndian(extensions);
            int length = BinaryPrimitives.ReadUInt16BigEndian(extensions[2..]);
            if (length > extensions.Length - 4)
            {
                break;
            }

            encryptThenMac |= type == EncryptThenMacExtension;
            tls13 |= type == SupportedVersionsExtension && extensions.Slice(4, length).SequenceEqual("\u0003\u0004"u8);
            extensions = extensions[(4 + length)..];
        }

        hello = new TlsHello
        {
            Random = body[2..34],
            Version = BinaryPrimitives.ReadUInt16BigEndian(body),
            CipherSuite = BinaryPrimitives.ReadUInt16BigEndian(rest),
            EncryptThenMac = encryptThenMac,
            Tls13 = tls13,
        };
        return true;
    }
}
