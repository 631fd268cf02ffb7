namespace Ringfence.Media.Sdp;

/// <summary>What a session description may be at most; checked before anything is allocated for it.</summary>
public static class SdpLimits
{
    /// <summary>Longest body, in octets.</summary>
    public const int Bytes = 32 * 1024;

    /// <summary>Most lines of a body.</summary>
    public const int Lines = 512;

    /// <summary>Most <c>m=</c> lines.</summary>
    public const int Media = 32;

    /// <summary>Most formats of one <c>m=</c> line.</summary>
    public const int Formats = 64;
}
