namespace Ringfence.Sip.Messages;

/// <summary>A response (RFC 3261 §7.2).</summary>
public sealed class SipResponse : SipMessage
{
    private readonly int _phraseLength;

    internal SipResponse(byte[] bytes, HeaderRef[] headers, int bodyStart, int statusCode, int phraseLength)
        : base(bytes, headers, bodyStart)
    {
        StatusCode = statusCode;
        _phraseLength = phraseLength;
    }

    /// <summary>The status code, 100 to 699.</summary>
    public int StatusCode { get; }

    /// <summary>The reason phrase as received; may be empty.</summary>
    public ReadOnlySpan<byte> ReasonPhrase => Bytes.Slice("SIP/2.0 100 ".Length, _phraseLength);

    /// <summary>True for 1xx.</summary>
    public bool IsProvisional => StatusCode < 200;
}
