namespace Ringfence.Diagnosis.Media;

/// <summary>A packet that readies a path for media.</summary>
internal enum HandshakeKind
{
    /// <summary>A STUN Binding request (RFC 8489), as ICE sends to check a path.</summary>
    BindingRequest,

    /// <summary>The success response to one.</summary>
    BindingResponse,

    /// <summary>A DTLS ClientHello (RFC 5764).</summary>
    ClientHello,

    /// <summary>A DTLS ServerHello, or a request to repeat the ClientHello.</summary>
    ServerHello,
}
