using System.Buffers;
using System.Buffers.Text;

namespace Ringfence.Sip.Messages;

/// <summary>
/// Writes one message after another into the same buffer, without strings and without allocation. Header values from a
/// variable are checked: CR, LF and NUL never get in; folds of a copied value become a space (RFC 3261 §7.3.1).
/// A message that would exceed 65,535 bytes comes to nothing: <see cref="Overflowed"/> is set and Finish returns no bytes.
/// One thread only; the bytes of a finished message are valid until the next one is begun.
/// </summary>
public sealed class SipWriter
{
    private const int MaxLength = 65_535;
    private static readonly SearchValues<byte> Unsafe = SearchValues.Create("\r\n\0"u8);

    private byte[] _buffer = new byte[4096];
    private int _length;

    /// <summary>What has been written of the message at hand; nothing once it has overflowed.</summary>
    public ReadOnlySpan<byte> Written => Overflowed ? default : _buffer.AsSpan(0, _length);

    /// <summary>True when the message at hand would be longer than 65,535 bytes. It cannot be sent.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Begins a request: Method SP Request-URI SP SIP/2.0.</summary>
    public void StartRequest(ReadOnlySpan<byte> method, ReadOnlySpan<byte> requestUri)
    {
        Clear();
        Checked(method);
        Raw(" "u8);
        Checked(requestUri);
        Raw(" SIP/2.0\r\n"u8);
    }

    /// <summary>Begins a response: SIP/2.0 SP Status-Code SP Reason-Phrase.</summary>
    public void StartResponse(int statusCode, ReadOnlySpan<byte> reasonPhrase)
    {
        Clear();
        Raw("SIP/2.0 "u8);
        Append(statusCode);
        Raw(" "u8);
        Checked(reasonPhrase);
        Raw("\r\n"u8);
    }

    /// <summary>
    /// Begins the response to a request (RFC 3261 §8.2.6.2): status line, every Via, From, To, Call-ID, CSeq, and Timestamp with
    /// a 100 (§8.2.6.1). Works on a malformed request too: what is missing is left out, what is broken is copied as it came,
    /// bar CR, LF and NUL.
    /// </summary>
    /// <param name="request">The request to answer.</param>
    /// <param name="statusCode">100 to 699.</param>
    /// <param name="reasonPhrase">May be empty.</param>
    /// <param name="toTag">The tag for To, used only when To has none; empty for none, as with 100.</param>
    /// <param name="received">
    /// The source address of the request as text, IPv6 without brackets; empty to leave the top Via alone. It is stamped as
    /// received= when sent-by says otherwise (§18.2.1) or rport asks for it (RFC 3581 §4).
    /// </param>
    /// <param name="rport">The source port; stamped only into an rport parameter without a value (RFC 3581 §4).</param>
    public void StartReply(
        SipRequest request,
        int statusCode,
        ReadOnlySpan<byte> reasonPhrase,
        ReadOnlySpan<byte> toTag,
        ReadOnlySpan<byte> received,
        int rport
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        StartResponse(statusCode, reasonPhrase);
        ReplyHeaders.Write(this, request, toTag, received, rport);
        if (statusCode == 100)
        {
            CopyAll(request, HeaderId.Timestamp);
        }
    }

    /// <summary>
    /// Copies every header line with this id: Record-Route into a response that makes a dialog (RFC 3261 §12.1.1), for one.
    /// </summary>
    public void CopyAll(SipMessage message, HeaderId id)
    {
        ArgumentNullException.ThrowIfNull(message);
        for (int at = message.IndexOf(id, 0); at >= 0; at = message.IndexOf(id, at + 1))
        {
            Begin(id);
            Copied(message.Value(message.Headers[at]));
            End();
        }
    }

    /// <summary>A whole header line.</summary>
    public void Header(HeaderId id, ReadOnlySpan<byte> value)
    {
        Begin(id);
        Append(value);
        End();
    }

    /// <summary>A whole header line with a number for a value.</summary>
    public void Header(HeaderId id, long value)
    {
        Begin(id);
        Append(value);
        End();
    }

    /// <summary>A whole header line under a name of its own.</summary>
    public void Header(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Checked(name);
        Raw(": "u8);
        Append(value);
        End();
    }

    /// <summary>Begins a header line whose value is written in pieces; <see cref="End"/> closes it.</summary>
    public void Begin(HeaderId id)
    {
        Raw(HeaderNames.Name(id));
        Raw(": "u8);
    }

    /// <summary>
    /// A piece of a header value. Whatever a message holds that was parsed without a fault can be handed in; CR, LF or NUL
    /// from elsewhere are refused.
    /// </summary>
    /// <exception cref="ArgumentException">The value holds CR or LF outside a fold, or NUL outside a quoted pair.</exception>
    public void Append(ReadOnlySpan<byte> value) => Checked(value);

    /// <summary>A number in a header value.</summary>
    public void Append(long value)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, digits, out int written);
        Raw(digits[..written]);
    }

    /// <summary>Ends a header line.</summary>
    public void End() => Raw("\r\n"u8);

    /// <summary>Ends a message without a body: Content-Length 0 and the empty line.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        Raw("Content-Length: 0\r\n\r\n"u8);
        return Written;
    }

    /// <summary>Ends a message with a body of the given media type.</summary>
    public ReadOnlySpan<byte> Finish(ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return Finish();
        }

        Header(HeaderId.ContentType, contentType);
        Header(HeaderId.ContentLength, body.Length);
        End();
        Raw(body);
        return Written;
    }

    /// <summary>Empties the buffer for the next message.</summary>
    internal void Clear()
    {
        _length = 0;
        Overflowed = false;
    }

    /// <summary>Bytes that are known to be sound: literals, bodies, and whole lines of a parsed message.</summary>
    internal void Raw(ReadOnlySpan<byte> bytes)
    {
        int needed = _length + bytes.Length;
        if (Overflowed || needed > MaxLength)
        {
            Overflowed = true;
            return;
        }

        if (needed > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(MaxLength, Math.Max(needed, _buffer.Length * 2)));
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length = needed;
    }

    /// <summary>Bytes of a peer's message, which may be malformed: a fold, a bare CR or LF and a bare NUL become one space.</summary>
    internal void Copied(ReadOnlySpan<byte> value) => Write(value, isPeers: true);

    /// <summary>Bytes from a variable: CR, LF and NUL outside folds and quoted pairs are the caller's mistake.</summary>
    private void Checked(ReadOnlySpan<byte> value) => Write(value, isPeers: false);

    private void Write(ReadOnlySpan<byte> value, bool isPeers)
    {
        int bad;
        while ((bad = value.IndexOfAny(Unsafe)) >= 0)
        {
            ReadOnlySpan<byte> rest = value[bad..];
            bool isQuotedNul = rest[0] == 0 && bad > 0 && value[bad - 1] == '\\';
            bool isFold = rest.Length > 2 && rest.StartsWith("\r\n"u8) && (rest[2] is (byte)' ' or (byte)'\t');
            if (!isPeers && !isFold && !isQuotedNul)
            {
                ThrowUnsafe();
            }

            Raw(value[..bad]);
            Raw(isQuotedNul ? "\0"u8 : " "u8);
            value = rest[0] == 0 ? rest[1..] : Lws.TrimStart(rest);
        }

        Raw(value);
    }

    private static void ThrowUnsafe() => throw new ArgumentException("A header value cannot hold CR, LF or NUL.");
}
