using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transport;

/// <summary>Messages end by their Content-Length (RFC 3261 §18.3).</summary>
internal sealed class SipFraming(ParserLimits limits) : IStreamFraming
{
    private readonly SipFramer _framer = new(limits);

    public StreamPhase Phase =>
        !_framer.IsInMessage ? StreamPhase.Idle
        : _framer.Needed > 0 ? StreamPhase.Body
        : StreamPhase.Header;

    public Frame Read(Span<byte> buffered) => _framer.Read(buffered);

    public void Dispose() { }
}
