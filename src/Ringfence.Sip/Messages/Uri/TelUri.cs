using System.Buffers;

namespace Ringfence.Sip.Messages;

/// <summary>A tel URI, or the telephone-subscriber of a SIP URI with user=phone (RFC 3966 §3).</summary>
public readonly ref struct TelUri
{
    private static readonly SearchValues<byte> GlobalDigits = SearchValues.Create("0123456789-.()"u8);
    private static readonly SearchValues<byte> LocalDigits = SearchValues.Create("0123456789abcdefABCDEF*#-.()"u8);
    private static readonly SearchValues<byte> Separators = SearchValues.Create("-.()"u8);

    private readonly ReadOnlySpan<byte> _parameters;

    private TelUri(ReadOnlySpan<byte> number, ReadOnlySpan<byte> parameters)
    {
        Number = number;
        _parameters = parameters;
    }

    /// <summary>The number as received, "+" and visual separators included.</summary>
    public ReadOnlySpan<byte> Number { get; }

    /// <summary>True for a global number: it begins with "+".</summary>
    public bool IsGlobal => !Number.IsEmpty && Number[0] == '+';

    /// <summary>The context of a local number: a domain name or the leading digits of a global one; empty when none.</summary>
    public ReadOnlySpan<byte> PhoneContext => Find("phone-context"u8);

    /// <summary>The extension; empty when there is none.</summary>
    public ReadOnlySpan<byte> Extension => Find("ext"u8);

    /// <summary>The ISDN subaddress; empty when there is none.</summary>
    public ReadOnlySpan<byte> Subaddress => Find("isub"u8);

    /// <summary>All parameters, to be walked.</summary>
    public UriParameters Parameters => UriParameters.OfParameters(_parameters);

    /// <summary>Reads a tel URI. A local number must have a phone-context (§5.1.5).</summary>
    public static bool TryParse(ReadOnlySpan<byte> uri, out TelUri result)
    {
        result = default;
        return SipUri.SchemeOf(uri) == UriScheme.Tel
            && TryParseSubscriber(uri[4..], out result)
            && (result.IsGlobal || !result.PhoneContext.IsEmpty);
    }

    /// <summary>Reads a telephone-subscriber: a number and its parameters, without a scheme.</summary>
    public static bool TryParseSubscriber(ReadOnlySpan<byte> text, out TelUri result)
    {
        int end = text.IndexOf((byte)';');
        ReadOnlySpan<byte> number = end < 0 ? text : text[..end];
        result = new TelUri(number, end < 0 ? default : text[(end + 1)..]);
        bool isNumber = result.IsGlobal
            ? number[1..].ContainsAnyInRange((byte)'0', (byte)'9') && !number[1..].ContainsAnyExcept(GlobalDigits)
            : number.ContainsAnyExcept(Separators) && !number.ContainsAnyExcept(LocalDigits);
        return isNumber && end != text.Length - 1 && result.Parameters.AreSound();
    }

    /// <summary>Writes the number without visual separators ("+" stays).</summary>
    /// <param name="destination">At least as long as <see cref="Number"/>.</param>
    /// <returns>Number of bytes written.</returns>
    public int CopyDigits(Span<byte> destination) => CopyDigits(Number, destination);

    internal static int CopyDigits(ReadOnlySpan<byte> number, Span<byte> destination)
    {
        int written = 0;
        foreach (byte digit in number)
        {
            if (!Separators.Contains(digit))
            {
                destination[written++] = digit;
            }
        }

        return written;
    }

    internal static bool IsSeparator(byte value) => Separators.Contains(value);

    private ReadOnlySpan<byte> Find(ReadOnlySpan<byte> name) =>
        Parameters.TryGet(name, out ReadOnlySpan<byte> value) ? value : default;
}
