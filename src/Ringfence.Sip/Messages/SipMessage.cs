namespace Ringfence.Sip.Messages;

/// <summary>
/// One SIP message: its exact bytes and an index of its header lines (RFC 3261 §7). Values are decoded when asked for.
/// The memory belongs to this message alone and never changes.
/// </summary>
public abstract class SipMessage
{
    private readonly byte[] _bytes;
    private readonly HeaderRef[] _headers;
    private readonly int _bodyStart;

    private protected SipMessage(byte[] bytes, HeaderRef[] headers, int bodyStart)
    {
        _bytes = bytes;
        _headers = headers;
        _bodyStart = bodyStart;
    }

    /// <summary>The message as it came off the wire, start line to the last byte of the body.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The same bytes, to be kept.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes;

    /// <summary>The header lines in the order of the message.</summary>
    public ReadOnlySpan<HeaderRef> Headers => _headers;

    /// <summary>The body; empty when there is none.</summary>
    public ReadOnlySpan<byte> Body => _bytes.AsSpan(_bodyStart);

    /// <summary>The body, to be kept.</summary>
    public ReadOnlyMemory<byte> BodyMemory => _bytes.AsMemory(_bodyStart);

    /// <summary>Offset of the first body byte: just after the empty line.</summary>
    public int BodyStart => _bodyStart;

    /// <summary>The name of a header line as received.</summary>
    public ReadOnlySpan<byte> Name(in HeaderRef header) => _bytes.AsSpan(header.NameStart, header.NameLength);

    /// <summary>The value of a header line as received, folds included.</summary>
    public ReadOnlySpan<byte> Value(in HeaderRef header) => _bytes.AsSpan(header.ValueStart, header.ValueLength);

    /// <summary>The value of the first header line with this id, or an empty span when there is none.</summary>
    public ReadOnlySpan<byte> Value(HeaderId id) => TryGet(id, out ReadOnlySpan<byte> value) ? value : default;

    /// <summary>True when a header line with this id is present.</summary>
    public bool Has(HeaderId id) => IndexOf(id, 0) >= 0;

    /// <summary>The whole value (all its comma-separated items) of the first header line with this id.</summary>
    public bool TryGet(HeaderId id, out ReadOnlySpan<byte> value)
    {
        int at = IndexOf(id, 0);
        value = at < 0 ? default : Value(_headers[at]);
        return at >= 0;
    }

    /// <summary>The first header line whose name equals <paramref name="name"/> in any case: for headers without an id.</summary>
    public bool TryGet(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        foreach (ref readonly HeaderRef header in Headers)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(Name(header), name))
            {
                value = Value(header);
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Index of the first header line with this id at or after <paramref name="from"/>; −1 when there is none.</summary>
    public int IndexOf(HeaderId id, int from)
    {
        HeaderRef[] headers = _headers;
        for (int i = from; i < headers.Length; i++)
        {
            if (headers[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The comma-separated items of every header line with this id, in order (RFC 3261 §7.3.1).</summary>
    public HeaderItems Items(HeaderId id) => new(this, id);
}
