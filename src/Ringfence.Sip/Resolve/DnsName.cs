using System.Text;

namespace Ringfence.Sip.Resolve;

/// <summary>
/// Domain names (RFC 1035 §2.3.4, §3.1, §4.1.4): labels of 1 to 63 octets, 255 octets in all. As a string: labels in lower
/// case, dots between them, none at the end; the root is "".
/// </summary>
internal static class DnsName
{
    private const int MostOctets = 255;
    private const int MostLabel = 63;

    /// <summary>Reads a host name; false when it is no name that can be asked for.</summary>
    internal static bool TryNormalize(ReadOnlySpan<byte> host, out string name)
    {
        name = "";
        host = host.EndsWith("."u8) ? host[..^1] : host;
        if (host.IsEmpty || host.Length > MostOctets - 2)
        {
            return false;
        }

        foreach (Range label in host.Split((byte)'.'))
        {
            ReadOnlySpan<byte> octets = host[label];
            if (octets.Length is 0 or > MostLabel || octets.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
            {
                return false;
            }
        }

        name = Encoding.ASCII.GetString(host).ToLowerInvariant();
        return true;
    }

    /// <summary>Writes a normalised name in its wire form; returns its length.</summary>
    internal static int Write(string name, Span<byte> destination)
    {
        int at = 0;
        foreach (Range label in name.AsSpan().Split('.'))
        {
            ReadOnlySpan<char> text = name.AsSpan(label);
            destination[at++] = (byte)text.Length;
            at += Encoding.ASCII.GetBytes(text, destination[at..]);
        }

        destination[at] = 0;
        return at + 1;
    }

    /// <summary>
    /// Reads a name in the case that it has and goes past it. A pointer must lead further back than any before it, so a loop
    /// cannot be; a label with a dot or with anything but printable ASCII is refused, for it would read as another name.
    /// </summary>
    internal static bool TryRead(ReadOnlySpan<byte> message, ref int at, out string name)
    {
        Span<char> text = stackalloc char[MostOctets];
        int length = 0;
        int from = at;
        int floor = at;
        bool hasJumped = false;
        name = "";
        while ((uint)from < (uint)message.Length)
        {
            int octet = message[from++];
            if (octet == 0)
            {
                at = hasJumped ? at : from;
                name = new string(text[..Math.Max(0, length - 1)]);
                return true;
            }

            if (octet >= 0xC0 && from < message.Length)
            {
                int target = ((octet & 0x3F) << 8) | message[from++];
                at = hasJumped ? at : from;
                hasJumped = true;
                if (target >= floor)
                {
                    return false;
                }

                from = floor = target;
            }
            else if (octet > MostLabel || from + octet > message.Length || length + octet + 1 >= MostOctets)
            {
                return false;
            }
            else if (!TryAppend(message.Slice(from, octet), text, ref length))
            {
                return false;
            }
            else
            {
                from += octet;
            }
        }

        return false;
    }

    /// <summary>True when the name is the zone or lies below it.</summary>
    internal static bool IsWithin(string name, string zone) =>
        zone.Length == 0
        || (
            name.EndsWith(zone, StringComparison.Ordinal)
            && (name.Length == zone.Length || name[^(zone.Length + 1)] == '.')
        );

    private static bool TryAppend(ReadOnlySpan<byte> label, Span<char> text, ref int length)
    {
        foreach (byte octet in label)
        {
            if (octet is < (byte)'!' or > (byte)'~' or (byte)'.')
            {
                return false;
            }

            text[length++] = (char)octet;
        }

        text[length++] = '.';
        return true;
    }
}
