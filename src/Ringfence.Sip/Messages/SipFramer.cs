namespace Ringfence.Sip.Messages;

/// <summary>
/// Cuts a byte stream into messages (RFC 3261 §18.3) and keep-alives (RFC 5626 §4.4.1). One framer a connection. The bytes stay
/// with the caller: he calls <see cref="Read"/> with all that he has buffered, removes what was consumed, and never needs
/// to buffer more than <see cref="ParserLimits.StreamMessage"/>. It remembers how far it has looked, so that bytes that come one
/// by one cost no more than bytes that come together.
/// </summary>
public sealed class SipFramer
{
    private readonly ParserLimits _limits;
    private int _looked;
    private int _needed;
    private bool _lineIsSip;
    private bool _afterCrlf;

    /// <summary>A framer for a new connection.</summary>
    public SipFramer(ParserLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _limits = limits;
    }

    /// <summary>Bytes that the unfinished message needs in all, once its headers are in; 0 before.</summary>
    public int Needed => _needed;

    /// <summary>True when a message has begun and not ended: what the time-outs of the connection go by.</summary>
    public bool IsInMessage { get; private set; }

    /// <summary>Looks at what is buffered.</summary>
    /// <param name="buffered">
    /// Everything received and not yet consumed. After NeedMore it begins with the same bytes as at the last call.
    /// </param>
    public Frame Read(ReadOnlySpan<byte> buffered)
    {
        if (buffered.IsEmpty || buffered.Length < _needed)
        {
            return default;
        }

        if (!IsInMessage && buffered[0] is (byte)'\r')
        {
            return ReadKeepAlive(buffered);
        }

        IsInMessage = true;
        _afterCrlf = false;
        return _needed > 0 || FindEndOfHeaders(buffered, out Malformed malformed) ? ReadMessage(buffered)
            : malformed.IsFault ? new Frame(FrameStatus.Malformed, 0, null, malformed)
            : default;
    }

    private Frame ReadKeepAlive(ReadOnlySpan<byte> buffered)
    {
        if (buffered.Length < 2)
        {
            return default;
        }

        if (buffered[1] != '\n')
        {
            return new Frame(FrameStatus.Malformed, 0, null, new Malformed(Fault.NotSip));
        }

        bool isDouble = buffered.StartsWith("\r\n\r\n"u8);
        bool isPing = isDouble || _afterCrlf;
        _afterCrlf = !isPing;
        return new Frame(isPing ? FrameStatus.Ping : FrameStatus.Pong, isDouble ? 4 : 2);
    }

    /// <summary>Looks for the empty line in bytes that it has not seen; what cannot become a message is told early.</summary>
    private bool FindEndOfHeaders(ReadOnlySpan<byte> buffered, out Malformed malformed)
    {
        malformed = default;
        if (!_lineIsSip)
        {
            int lineEnd = buffered[_looked..].IndexOfAny((byte)'\r', (byte)'\n');
            if (lineEnd < 0)
            {
                _looked = buffered.Length;
                malformed = TooLong(buffered.Length);
                return false;
            }

            malformed = StartLine.Parse(buffered[..(_looked + lineEnd)], _limits).Malformed;
            if (malformed.Fault == Fault.NotSip)
            {
                return false;
            }

            _looked += lineEnd;
            _lineIsSip = true;
        }

        int end = buffered[_looked..].IndexOf("\r\n\r\n"u8);
        int headers = end < 0 ? buffered.Length : _looked + end;
        malformed = TooLong(headers);
        _looked = end < 0 ? Math.Max(_looked, buffered.Length - 3) : headers;
        return end >= 0 && !malformed.IsFault;
    }

    private Malformed TooLong(int headers) =>
        headers > _limits.HeaderSection ? new Malformed(Fault.HeadersTooLarge, _limits.HeaderSection) : default;

    private Frame ReadMessage(ReadOnlySpan<byte> buffered)
    {
        ParseResult result = SipParser.Parse(buffered, _limits, isStream: true, out int length);
        if (LosesFraming(result.Malformed.Fault))
        {
            return new Frame(FrameStatus.Malformed, 0, result.Message, result.Malformed);
        }

        if (length > buffered.Length)
        {
            _needed = length;
            return default;
        }

        _looked = 0;
        _needed = 0;
        _lineIsSip = false;
        IsInMessage = false;
        return new Frame(FrameStatus.Message, length, result.Message, result.Malformed);
    }

    /// <summary>
    /// Faults after which two readers of the same bytes could disagree about where the message ends (RFC 4475 §3.1.2.3): what is
    /// read next might be a message that somebody hid in this one.
    /// </summary>
    private static bool LosesFraming(Fault fault) =>
        fault
            is Fault.NotSip
                or Fault.HeaderName
                or Fault.ControlCharacter
                or Fault.NoEndOfHeaders
                or Fault.HeadersTooLarge
                or Fault.HeaderLineTooLong
                or Fault.TooManyHeaders
                or Fault.ContentLength
                or Fault.ContentLengthMissing
                or Fault.BodyTooLarge;
}
