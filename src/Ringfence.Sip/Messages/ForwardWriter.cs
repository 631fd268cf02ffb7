namespace Ringfence.Sip.Messages;

/// <summary>
/// Copies a message byte for byte with edits by header index, without decoding the rest (RFC 3261 §16.6, §16.7): what no edit
/// names leaves as it came, folds and order included. Begin, edit, Finish; then the next message. One thread only; no
/// allocation once its buffers have grown.
/// </summary>
/// <remarks>Content-Length is always written, so that a message without one can go out on a stream (§18.3).</remarks>
public sealed class ForwardWriter
{
    private readonly SipWriter _writer = new();
    private readonly SipWriter _text = new();
    private readonly List<HeaderEdit> _edits = [];
    private SipMessage? _message;
    private int _uriLength;
    private int _bodyStart;
    private int _bodyLength;

    /// <summary>True when the forwarded message would be longer than 65,535 bytes: Finish then returns no bytes.</summary>
    public bool Overflowed => _writer.Overflowed || _text.Overflowed;

    /// <summary>Begins with a message that was parsed without a fault.</summary>
    public void Begin(SipMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        _message = message;
        _edits.Clear();
        _text.Clear();
        _writer.Clear();
        _uriLength = 0;
        _bodyLength = -1;
    }

    /// <summary>Another Request-URI (§16.6 step 2); before any other edit.</summary>
    public void ReplaceRequestUri(ReadOnlySpan<byte> uri)
    {
        if (_text.Written.Length > 0 || Message is not SipRequest)
        {
            throw new InvalidOperationException("The Request-URI is the first edit, and of a request.");
        }

        _text.Append(uri);
        _uriLength = uri.Length;
    }

    /// <summary>A header line above all others; of several, the last one inserted stands on top.</summary>
    public void InsertFirst(HeaderId id, ReadOnlySpan<byte> value) => Insert(HeaderEditKind.InsertFirst, id, value);

    /// <summary>A header line below all others.</summary>
    public void InsertLast(HeaderId id, ReadOnlySpan<byte> value) => Insert(HeaderEditKind.InsertLast, id, value);

    /// <summary>A header line under a name of its own, below all others.</summary>
    public void InsertLast(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        int start = _text.Written.Length;
        _text.Append(name);
        _text.Raw(": "u8);
        _text.Append(value);
        Add(HeaderEditKind.InsertLast, 0, HeaderId.Other, start);
    }

    /// <summary>Leaves out one header line.</summary>
    public void Remove(int header) => Add(HeaderEditKind.Remove, header, HeaderId.Other, _text.Written.Length);

    /// <summary>Leaves out every header line with this id.</summary>
    public void RemoveAll(HeaderId id)
    {
        for (int at = Message.IndexOf(id, 0); at >= 0; at = Message.IndexOf(id, at + 1))
        {
            Remove(at);
        }
    }

    /// <summary>Another value for one header line.</summary>
    public void Replace(int header, ReadOnlySpan<byte> value)
    {
        int start = _text.Written.Length;
        _text.Append(value);
        Add(HeaderEditKind.Replace, header, HeaderId.Other, start);
    }

    /// <summary>
    /// Removes the first value of a list header, and with its only value the line: the own Route (§16.4) or Via (§16.7 step 3).
    /// </summary>
    /// <remarks>Once a header: a second call looks at the message as it came.</remarks>
    /// <returns>False when the message has no such header.</returns>
    public bool RemoveFirstItem(HeaderId id)
    {
        int at = Message.IndexOf(id, 0);
        if (at < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> value = Message.Value(Message.Headers[at]);
        int comma = Lws.IndexOfSeparator(value, (byte)',');
        if (comma < 0)
        {
            Remove(at);
        }
        else
        {
            Replace(at, Lws.TrimStart(value[(comma + 1)..]));
        }

        return true;
    }

    /// <summary>Another body; with an empty one Content-Type goes too.</summary>
    public void ReplaceBody(ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> body)
    {
        RemoveAll(HeaderId.ContentType);
        if (!body.IsEmpty)
        {
            InsertLast(HeaderId.ContentType, contentType);
        }

        _bodyStart = _text.Written.Length;
        _bodyLength = body.Length;
        _text.Raw(body);
    }

    /// <summary>The edited message; valid until the next Begin. Empty when it would be too long.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        if (_text.Overflowed)
        {
            return default;
        }

        _writer.Clear();
        WriteStartLine();
        for (int i = _edits.Count - 1; i >= 0; i--)
        {
            WriteInsertion(_edits[i], HeaderEditKind.InsertFirst);
        }

        bool hasLength = WriteHeaders();
        foreach (HeaderEdit edit in _edits)
        {
            WriteInsertion(edit, HeaderEditKind.InsertLast);
        }

        ReadOnlySpan<byte> body = _bodyLength < 0 ? Message.Body : _text.Written.Slice(_bodyStart, _bodyLength);
        if (!hasLength)
        {
            _writer.Header(HeaderId.ContentLength, body.Length);
        }

        _writer.End();
        _writer.Raw(body);
        return _writer.Written;
    }

    private SipMessage Message => _message ?? throw new InvalidOperationException("Begin comes first.");

    private void Insert(HeaderEditKind kind, HeaderId id, ReadOnlySpan<byte> value)
    {
        int start = _text.Written.Length;
        _text.Append(value);
        Add(kind, 0, id, start);
    }

    private void Add(HeaderEditKind kind, int header, HeaderId id, int start) =>
        _edits.Add(new HeaderEdit(kind, header, id, start, _text.Written.Length - start));

    private void WriteStartLine()
    {
        ReadOnlySpan<byte> line = Message.Bytes[..Message.Headers[0].LineStart];
        if (_uriLength == 0)
        {
            _writer.Raw(line);
            return;
        }

        _writer.Raw(((SipRequest)Message).MethodName);
        _writer.Raw(" "u8);
        _writer.Raw(_text.Written[.._uriLength]);
        _writer.Raw(" SIP/2.0\r\n"u8);
    }

    /// <summary>Runs of untouched lines are copied in one piece. True when a Content-Length that still holds was among them.</summary>
    private bool WriteHeaders()
    {
        bool hasLength = false;
        ReadOnlySpan<HeaderRef> headers = Message.Headers;
        int from = headers[0].LineStart;
        for (int i = 0; i < headers.Length; i++)
        {
            int edit = FindEdit(i);
            bool isLength = headers[i].Id == HeaderId.ContentLength;
            hasLength |= isLength && edit < 0 && _bodyLength < 0;
            if (edit < 0 && !(isLength && _bodyLength >= 0))
            {
                continue;
            }

            _writer.Raw(Message.Bytes[from..headers[i].LineStart]);
            from = i + 1 < headers.Length ? headers[i + 1].LineStart : Message.BodyStart - 2;
            if (edit >= 0 && _edits[edit].Kind == HeaderEditKind.Replace)
            {
                _writer.Raw(Message.Name(headers[i]));
                _writer.Raw(": "u8);
                _writer.Raw(TextOf(_edits[edit]));
                _writer.End();
            }
        }

        _writer.Raw(Message.Bytes[from..(Message.BodyStart - 2)]);
        return hasLength;
    }

    private int FindEdit(int header)
    {
        for (int i = _edits.Count - 1; i >= 0; i--)
        {
            if (_edits[i].Header == header && _edits[i].Kind <= HeaderEditKind.Replace)
            {
                return i;
            }
        }

        return -1;
    }

    private void WriteInsertion(HeaderEdit edit, HeaderEditKind kind)
    {
        if (edit.Kind != kind)
        {
            return;
        }

        if (edit.Id != HeaderId.Other)
        {
            _writer.Begin(edit.Id);
        }

        _writer.Raw(TextOf(edit));
        _writer.End();
    }

    private ReadOnlySpan<byte> TextOf(HeaderEdit edit) => _text.Written.Slice(edit.Start, edit.Length);
}
