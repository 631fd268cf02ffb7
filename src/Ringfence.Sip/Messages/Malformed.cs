namespace Ringfence.Sip.Messages;

/// <summary>A peer's mistake as a value: what it is, where it stands, which status it earns and which section says so.</summary>
/// <param name="Fault">What is wrong; <see cref="Fault.None"/> when nothing is.</param>
/// <param name="Offset">Byte offset within the message at which it was noticed.</param>
/// <param name="Header">The header concerned, where one is.</param>
public readonly record struct Malformed(Fault Fault, int Offset = 0, HeaderId Header = HeaderId.Other)
{
    /// <summary>No fault.</summary>
    public static Malformed None => default;

    /// <summary>True when there is a fault.</summary>
    public bool IsFault => Fault != Fault.None;

    /// <summary>
    /// The status that a request with this fault is answered with; 0 when it is dropped in silence. Responses with a fault
    /// are always dropped (RFC 3261 §18.1.2).
    /// </summary>
    public int StatusCode =>
        Fault switch
        {
            Fault.None or Fault.NotSip => 0,
            Fault.UnknownMethod => 501,
            Fault.Version => 505,
            Fault.UriTooLong => 414,
            Fault.BodyTooLarge => 413,
            Fault.HeadersTooLarge or Fault.HeaderLineTooLong or Fault.TooManyHeaders => 513,
            _ => 400,
        };

    /// <summary>The reason phrase to send with <see cref="StatusCode"/>: it names the fault (RFC 3261 §21.4.1).</summary>
    public ReadOnlySpan<byte> ReasonPhrase =>
        Fault switch
        {
            Fault.UnknownMethod => "Not Implemented"u8,
            Fault.Version => "Version Not Supported"u8,
            Fault.UriTooLong => "Request-URI Too Long"u8,
            Fault.BodyTooLarge => "Request Entity Too Large"u8,
            Fault.HeadersTooLarge or Fault.HeaderLineTooLong or Fault.TooManyHeaders => "Message Too Large"u8,
            Fault.StartLine => "Bad Request Line"u8,
            Fault.RequestUri => "Bad Request-URI"u8,
            Fault.HeaderName => "Bad Header Name"u8,
            Fault.ControlCharacter => "Bad Character"u8,
            Fault.NoEndOfHeaders => "Missing End Of Headers"u8,
            Fault.ContentLength => "Bad Content-Length"u8,
            Fault.BodyTruncated => "Body Shorter Than Content-Length"u8,
            Fault.ContentLengthMissing => "Missing Content-Length"u8,
            Fault.MandatoryHeaderMissing => "Missing Mandatory Header"u8,
            Fault.DuplicateHeader => "Duplicate Header"u8,
            Fault.CSeq => "Bad CSeq"u8,
            Fault.CSeqMethod => "CSeq Method Mismatch"u8,
            Fault.MaxForwards => "Bad Max-Forwards"u8,
            Fault.Via => "Bad Via"u8,
            Fault.NameAddr => "Bad Address"u8,
            Fault.UnbalancedQuote => "Unbalanced Quote"u8,
            Fault.Multipart => "Bad Multipart Body"u8,
            _ => "Bad Request"u8,
        };

    /// <summary>The section that the message breaks.</summary>
    public string Section =>
        Fault switch
        {
            Fault.None => "",
            Fault.StartLine or Fault.RequestUri or Fault.MethodTooLong or Fault.NotSip => "RFC 3261 §7.1",
            Fault.Version => "RFC 3261 §21.5.6",
            Fault.StatusCode => "RFC 3261 §7.2",
            Fault.UriTooLong => "RFC 3261 §21.4.12",
            Fault.HeaderName or Fault.ControlCharacter => "RFC 3261 §7.3.1",
            Fault.NoEndOfHeaders => "RFC 3261 §7",
            Fault.HeadersTooLarge or Fault.HeaderLineTooLong or Fault.TooManyHeaders => "RFC 3261 §21.5.7",
            Fault.BodyTooLarge => "RFC 3261 §21.4.11",
            Fault.ContentLength or Fault.BodyTruncated or Fault.ContentLengthMissing => "RFC 3261 §18.3",
            Fault.MandatoryHeaderMissing => "RFC 3261 §8.1.1",
            Fault.DuplicateHeader => "RFC 3261 §7.3.1",
            Fault.CSeq or Fault.CSeqMethod or Fault.UnknownMethod => "RFC 3261 §8.1.1.5",
            Fault.MaxForwards => "RFC 3261 §8.1.1.6",
            Fault.Via => "RFC 3261 §20.42",
            Fault.Multipart => "RFC 2046 §5.1",
            _ => "RFC 3261 §25.1",
        };
}
