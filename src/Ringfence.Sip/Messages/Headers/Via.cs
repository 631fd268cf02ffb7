using System.Text;

namespace Ringfence.Sip.Messages;

/// <summary>One Via value taken apart (RFC 3261 §20.42, rport RFC 3581): "SIP/2.0/UDP host:port;branch=…".</summary>
public readonly ref struct Via
{
    private Via(ReadOnlySpan<byte> transport, HostPort sentBy, ReadOnlySpan<byte> parameters)
    {
        Transport = transport;
        SentBy = sentBy;
        ParametersText = parameters;
    }

    /// <summary>What every branch of RFC 3261 begins with (§8.1.1.7).</summary>
    public static ReadOnlySpan<byte> MagicCookie => "z9hG4bK"u8;

    /// <summary>The transport token: UDP, TCP, TLS, WS, …, or one that nobody knows.</summary>
    public ReadOnlySpan<byte> Transport { get; }

    /// <summary>Host and port that the sender gave.</summary>
    public HostPort SentBy { get; }

    /// <summary>All parameters as received, from the first semicolon.</summary>
    public ReadOnlySpan<byte> ParametersText { get; }

    /// <summary>The branch parameter; empty when there is none.</summary>
    public ReadOnlySpan<byte> Branch { get; private init; }

    /// <summary>
    /// True when the branch identifies a transaction: the cookie and something behind it. Otherwise RFC 2543 matching applies
    /// (§17.2.3).
    /// </summary>
    public bool HasTransactionId => Branch.Length > MagicCookie.Length && Branch.StartsWith(MagicCookie);

    /// <summary>The received parameter, an IPv6 address with or without brackets (RFC 5118 §4.5); empty when there is none.</summary>
    public ReadOnlySpan<byte> Received { get; private init; }

    /// <summary>True with an rport parameter, with or without a value.</summary>
    public bool HasRport { get; private init; }

    /// <summary>The value of rport; 0 when there is none.</summary>
    public int Rport { get; private init; }

    /// <summary>The maddr parameter; empty when there is none.</summary>
    public ReadOnlySpan<byte> Maddr { get; private init; }

    /// <summary>The ttl parameter, 0 to 255; −1 when there is none.</summary>
    public int Ttl { get; private init; }

    /// <summary>Reads one Via value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> item, out Via result)
    {
        result = default;
        if (!TrySentProtocol(item, out ReadOnlySpan<byte> transport, out ReadOnlySpan<byte> rest))
        {
            return false;
        }

        int semicolon = rest.IndexOf((byte)';');
        ReadOnlySpan<byte> sentBy = Lws.TrimEnd(semicolon < 0 ? rest : rest[..semicolon]);
        ReadOnlySpan<byte> parameters = semicolon < 0 ? default : rest[semicolon..];
        return HostPort.TryParseSentBy(sentBy, out HostPort at)
            && new Via(transport, at, parameters).TryDecode(out result);
    }

    /// <summary>sent-protocol = "SIP" SLASH "2.0" SLASH transport, white space around the slashes.</summary>
    private static bool TrySentProtocol(
        ReadOnlySpan<byte> item,
        out ReadOnlySpan<byte> transport,
        out ReadOnlySpan<byte> rest
    )
    {
        ReadOnlySpan<byte> usual = "SIP/2.0/"u8;
        int used = item.StartsWith(usual) ? usual.Length : TornProtocolLength(item);
        rest = Lws.TrimStart(item[Math.Max(used, 0)..]);
        transport = rest[..rest.TokenLength()];
        rest = rest[transport.Length..];
        bool isSound = used > 0 && !transport.IsEmpty && !rest.IsEmpty && Lws.Is(rest[0]);
        rest = Lws.TrimStart(rest);
        return isSound;
    }

    private static int TornProtocolLength(ReadOnlySpan<byte> item)
    {
        int first = item.IndexOf((byte)'/');
        int second = first < 0 ? -1 : item[(first + 1)..].IndexOf((byte)'/');
        return
            second >= 0
            && Ascii.EqualsIgnoreCase(Lws.TrimEnd(item[..first]), "SIP"u8)
            && Lws.Trim(item.Slice(first + 1, second)).SequenceEqual("2.0"u8)
            ? first + second + 2
            : -1;
    }

    private bool TryDecode(out Via result)
    {
        ReadOnlySpan<byte> branch = default;
        ReadOnlySpan<byte> received = default;
        ReadOnlySpan<byte> maddr = default;
        bool hasRport = false;
        int rport = 0;
        int ttl = -1;
        bool numbersAreSound = true;
        var parameter = new Parameters(ParametersText);
        while (parameter.MoveNext())
        {
            ReadOnlySpan<byte> name = parameter.Name;
            if (branch.IsEmpty && Ascii.EqualsIgnoreCase(name, "branch"u8))
            {
                branch = parameter.Value;
            }
            else if (Ascii.EqualsIgnoreCase(name, "rport"u8))
            {
                hasRport = true;
                numbersAreSound &= !parameter.HasValue || TryNumber(parameter.Value, ushort.MaxValue, out rport);
            }
            else if (received.IsEmpty && Ascii.EqualsIgnoreCase(name, "received"u8))
            {
                received = parameter.Value;
            }
            else if (maddr.IsEmpty && Ascii.EqualsIgnoreCase(name, "maddr"u8))
            {
                maddr = parameter.Value;
            }
            else if (Ascii.EqualsIgnoreCase(name, "ttl"u8))
            {
                numbersAreSound &= TryNumber(parameter.Value, byte.MaxValue, out ttl);
            }
        }

        result = this with
        {
            Branch = branch,
            Received = received,
            HasRport = hasRport,
            Rport = rport,
            Maddr = maddr,
            Ttl = ttl,
        };
        return parameter.IsSound && numbersAreSound;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, uint most, out int number)
    {
        bool isNumber = Digits.TryParse(digits, most, out uint value);
        number = (int)value;
        return isNumber;
    }
}
