namespace Ringfence.Sip.Transport;

/// <summary>A TLS connection that was refused; what was to be sent over it was not.</summary>
/// <param name="Peer">The far end, with the domain that it was to prove.</param>
/// <param name="Fault">What is wrong.</param>
/// <param name="Detail">The same in words, for a log: the chain's faults, the names found, the handshake's error.</param>
public sealed record TlsRefusal(Peer Peer, TlsFault Fault, string Detail);
