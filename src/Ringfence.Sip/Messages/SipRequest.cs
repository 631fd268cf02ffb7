namespace Ringfence.Sip.Messages;

/// <summary>A request (RFC 3261 §7.1).</summary>
public sealed class SipRequest : SipMessage
{
    private readonly int _methodLength;
    private readonly int _uriLength;

    internal SipRequest(byte[] bytes, HeaderRef[] headers, int bodyStart, int methodLength, int uriLength)
        : base(bytes, headers, bodyStart)
    {
        _methodLength = methodLength;
        _uriLength = uriLength;
        Method = SipMethods.Parse(MethodName);
    }

    /// <summary>The method; <see cref="SipMethod.Other"/> when the stack has no rule for it.</summary>
    public SipMethod Method { get; }

    /// <summary>The method's exact name.</summary>
    public ReadOnlySpan<byte> MethodName => Bytes[.._methodLength];

    /// <summary>The Request-URI as received.</summary>
    public ReadOnlySpan<byte> RequestUri => Bytes.Slice(_methodLength + 1, _uriLength);
}
