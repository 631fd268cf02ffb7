namespace Ringfence.Sip.Messages;

/// <summary>
/// Walks the comma-separated items of all header lines with one id (RFC 3261 §7.3.1): commas in quoted strings and within
/// angle brackets do not separate. No allocation; use it in <c>foreach</c>.
/// </summary>
public ref struct HeaderItems
{
    private readonly SipMessage _message;
    private readonly HeaderId _id;
    private ReadOnlySpan<byte> _rest;
    private int _line;
    private bool _inLine;

    internal HeaderItems(SipMessage message, HeaderId id)
    {
        _message = message;
        _id = id;
    }

    /// <summary>The item at hand, trimmed of white space.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>This walk itself.</summary>
    public readonly HeaderItems GetEnumerator() => this;

    /// <summary>Goes on to the next item; false at the end.</summary>
    public bool MoveNext()
    {
        if (!_inLine)
        {
            int at = _message.IndexOf(_id, _line);
            if (at < 0)
            {
                return false;
            }

            _line = at + 1;
            _rest = _message.Value(_message.Headers[at]);
            _inLine = true;
        }

        _inLine = Lws.TakeItem(ref _rest, out ReadOnlySpan<byte> item);
        Current = item;
        return true;
    }
}
