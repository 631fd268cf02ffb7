namespace Ringfence.Sip.Transport;

/// <summary>Why a WebSocket connection is closed (RFC 6455 §7.4.1).</summary>
internal enum WebSocketClose : ushort
{
    Normal = 1000,
    GoingAway = 1001,
    ProtocolError = 1002,
    NotText = 1007,
    TooLarge = 1009,
}
