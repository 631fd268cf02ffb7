namespace Ringfence.Sip.Messages;

/// <summary>Every way in which a message can be wrong. What each earns stands in <see cref="Malformed"/>.</summary>
public enum Fault : byte
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>Not SIP at all: no start line of either kind. Dropped in silence.</summary>
    NotSip,

    /// <summary>The start line breaks its grammar: spaces, an empty or bracketed Request-URI, trailing bytes.</summary>
    StartLine,

    /// <summary>A SIP version other than 2.0.</summary>
    Version,

    /// <summary>A status code outside 100 to 699, or a response whose line is not of that form.</summary>
    StatusCode,

    /// <summary>The method name is longer than the limit.</summary>
    MethodTooLong,

    /// <summary>The Request-URI is longer than the limit.</summary>
    UriTooLong,

    /// <summary>The Request-URI breaks its grammar.</summary>
    RequestUri,

    /// <summary>A header line has no colon, an empty name, or bytes that a name cannot have.</summary>
    HeaderName,

    /// <summary>A control character, or a CR or LF that ends no line.</summary>
    ControlCharacter,

    /// <summary>The empty line after the headers is missing.</summary>
    NoEndOfHeaders,

    /// <summary>The header section is larger than the limit.</summary>
    HeadersTooLarge,

    /// <summary>One header line is larger than the limit.</summary>
    HeaderLineTooLong,

    /// <summary>More header lines, Via or Identity values than the limit.</summary>
    TooManyHeaders,

    /// <summary>The body is larger than the limit.</summary>
    BodyTooLarge,

    /// <summary>Content-Length is not a plain number, or comes twice.</summary>
    ContentLength,

    /// <summary>Content-Length says more than the datagram holds.</summary>
    BodyTruncated,

    /// <summary>A stream message without Content-Length (RFC 3261 §18.3).</summary>
    ContentLengthMissing,

    /// <summary>Via, From, To, Call-ID, CSeq or Max-Forwards is missing (RFC 3261 §8.1.1).</summary>
    MandatoryHeaderMissing,

    /// <summary>A header that must stand once comes twice.</summary>
    DuplicateHeader,

    /// <summary>CSeq is not a number below 2³¹ and a method.</summary>
    CSeq,

    /// <summary>The CSeq method is not the request's method.</summary>
    CSeqMethod,

    /// <summary>The same, of a request whose method the stack does not know (RFC 4475 §3.1.2.18).</summary>
    UnknownMethod,

    /// <summary>Max-Forwards is not a number of 0 to 255.</summary>
    MaxForwards,

    /// <summary>A Via value breaks its grammar.</summary>
    Via,

    /// <summary>From, To, Contact, Route or another name-addr breaks its grammar.</summary>
    NameAddr,

    /// <summary>Another header that this stack reads breaks its grammar.</summary>
    HeaderValue,

    /// <summary>A quoted string is not closed.</summary>
    UnbalancedQuote,

    /// <summary>A multipart body is broken, too deep or has too many parts.</summary>
    Multipart,
}
