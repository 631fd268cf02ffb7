using System.Buffers;
using System.Buffers.Text;

namespace Ringfence.Sip.Messages;

/// <summary>
/// Writes one message after another into the same buffer, without strings and without allocation. Header values from a
/// variable are checked: CR, LF and NUL never get in; folds of a copied value become a space (RFC 3261 §7.3.1).
/// One thread only; the bytes of a finished message are valid until the next one is begun.
/// </summary>
public sealed class SipWriter
{
    private const int MaxLength = 65_535;
    private static readonly SearchValues<byte> Unsafe = SearchValues.Create("\r\n\0"u8);

    private byte[] _buffer = new byte[4096];
    private int _length;

    /// <summary>What has been written of the message at hand.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Begins a request: Method SP Request-URI SP SIP/2.0.</summary>
    public void StartRequest(ReadOnlySpan<byte> method, ReadOnlySpan<byte> requestUri)
    {
        _length = 0;
        Raw(method);
        Raw(" "u8);
        Checked(requestUri);
        Raw(" SIP/2.0\r\n"u8);
    }

    /// <summary>Begins a response: SIP/2.0 SP Status-Code SP Reason-Phrase.</summary>
    public void StartResponse(int statusCode, ReadOnlySpan<byte> reasonPhrase)
    {
        _length = 0;
        Raw("SIP/2.0 "u8);
        Append(statusCode);
        Raw(" "u8);
        Checked(reasonPhrase);
        Raw("\r\n"u8);
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

    /// <summary>A piece of a header value.</summary>
    public void Append(ReadOnlySpan<byte> value) => Checked(value);

    /// <summary>A number in a header value.</summary>
    public void Append(long value)
    {
        Span<byte> room = Reserve(20);
        Utf8Formatter.TryFormat(value, room, out int written);
        _length += written;
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
        Raw("\r\n"u8);
        Raw(body);
        return Written;
    }

    /// <summary>Bytes that are known to be sound: literals, and parts of a parsed message outside header values.</summary>
    internal void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Bytes from a variable: folds become one space; any other CR, LF or NUL is the caller's mistake.</summary>
    private void Checked(ReadOnlySpan<byte> value)
    {
        int bad;
        while ((bad = value.IndexOfAny(Unsafe)) >= 0)
        {
            ReadOnlySpan<byte> rest = value[bad..];
            bool isFold = rest.StartsWith("\r\n"u8) && rest.Length > 2 && rest[2] is (byte)' ' or (byte)'\t';
            if (!isFold)
            {
                ThrowUnsafe();
            }

            Raw(value[..bad]);
            Raw(" "u8);
            value = Lws.TrimStart(rest);
        }

        Raw(value);
    }

    private Span<byte> Reserve(int count)
    {
        int needed = _length + count;
        if (needed > _buffer.Length)
        {
            if (needed > MaxLength)
            {
                ThrowTooLong();
            }

            Array.Resize(ref _buffer, Math.Min(MaxLength, Math.Max(needed, _buffer.Length * 2)));
        }

        return _buffer.AsSpan(_length);
    }

    private static void ThrowUnsafe() => throw new ArgumentException("A header value cannot hold CR, LF or NUL.");

    private static void ThrowTooLong() => throw new InvalidOperationException("A SIP message is at most 65,535 bytes.");
}
