namespace Ringfence.Media.Sdp;

/// <summary>Direction of a media stream as seen by who wrote the description (RFC 8866 section 6.7).</summary>
[Flags]
public enum MediaDirection
{
    /// <summary>Neither sends nor receives.</summary>
    Inactive = 0,

    /// <summary>Sends only.</summary>
    SendOnly = 1,

    /// <summary>Receives only.</summary>
    RecvOnly = 2,

    /// <summary>Sends and receives; the default.</summary>
    SendRecv = SendOnly | RecvOnly,
}
