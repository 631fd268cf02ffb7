using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Transport;

/// <summary>Cuts what a connection has received into messages.</summary>
internal interface IStreamFraming : IDisposable
{
    /// <summary>What the far end owes: nothing between messages, else the rest of one.</summary>
    StreamPhase Phase { get; }

    /// <summary>
    /// Looks at everything received and not yet consumed, as <see cref="SipFramer.Read"/> does; it may change the bytes. Malformed without
    /// a fault: the far end has said that it ends here.
    /// </summary>
    Frame Read(Span<byte> buffered);
}
