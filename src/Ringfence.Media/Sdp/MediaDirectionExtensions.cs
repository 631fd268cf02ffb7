namespace Ringfence.Media.Sdp;

/// <summary>What can be asked of a <see cref="MediaDirection"/>.</summary>
public static class MediaDirectionExtensions
{
    /// <summary>Whether the writer of the description sends media.</summary>
    public static bool Sends(this MediaDirection direction) => (direction & MediaDirection.SendOnly) != 0;

    /// <summary>Whether the writer of the description receives media.</summary>
    public static bool Receives(this MediaDirection direction) => (direction & MediaDirection.RecvOnly) != 0;

    /// <summary>The same stream as seen from the other side (RFC 3264 section 6.1).</summary>
    public static MediaDirection Mirrored(this MediaDirection direction) =>
        (direction.Sends() ? MediaDirection.RecvOnly : 0) | (direction.Receives() ? MediaDirection.SendOnly : 0);

    /// <summary>The attribute name that says it.</summary>
    public static string ToAttribute(this MediaDirection direction) =>
        direction switch
        {
            MediaDirection.Inactive => "inactive",
            MediaDirection.SendOnly => "sendonly",
            MediaDirection.RecvOnly => "recvonly",
            _ => "sendrecv",
        };

    internal static MediaDirection? Read(ReadOnlySpan<byte> attribute) =>
        attribute.SequenceEqual("sendrecv"u8) ? MediaDirection.SendRecv
        : attribute.SequenceEqual("sendonly"u8) ? MediaDirection.SendOnly
        : attribute.SequenceEqual("recvonly"u8) ? MediaDirection.RecvOnly
        : attribute.SequenceEqual("inactive"u8) ? MediaDirection.Inactive
        : null;
}
