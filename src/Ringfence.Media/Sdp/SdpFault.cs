namespace Ringfence.Media.Sdp;

/// <summary>Every way in which a session description is refused by <see cref="SdpParser"/>.</summary>
public enum SdpFault
{
    /// <summary>There is no octet at all.</summary>
    Empty,

    /// <summary>Longer than <see cref="SdpLimits.Bytes"/>.</summary>
    TooLong,

    /// <summary>More lines than <see cref="SdpLimits.Lines"/>.</summary>
    TooManyLines,

    /// <summary>More <c>m=</c> lines than <see cref="SdpLimits.Media"/>.</summary>
    TooManyMedia,

    /// <summary>More formats on an <c>m=</c> line than <see cref="SdpLimits.Formats"/>.</summary>
    TooManyFormats,

    /// <summary>A line is not <c>letter=value</c> (RFC 8866 section 5).</summary>
    NotALine,

    /// <summary>A line holds a NUL octet or a lone CR (RFC 8866 section 9, <c>byte-string</c>).</summary>
    ForbiddenOctet,

    /// <summary>The first line is not <c>v=0</c>.</summary>
    Version,

    /// <summary>The <c>o=</c> line is missing, doubled or not six fields.</summary>
    Origin,

    /// <summary>A <c>c=</c> line is not <c>IN IP4|IP6 address</c>.</summary>
    Connection,

    /// <summary>An <c>m=</c> line is not <c>media port proto fmt …</c>.</summary>
    Media,

    /// <summary>An <c>a=rtpmap</c> is not <c>type name/clock[/channels]</c>.</summary>
    RtpMap,

    /// <summary>An <c>a=rtcp</c> is not <c>port [IN IP4|IP6 address]</c> (RFC 3605).</summary>
    Rtcp,

    /// <summary>An <c>a=crypto</c> is not <c>tag suite key-params</c> (RFC 4568).</summary>
    Crypto,

    /// <summary>An active medium has neither a <c>c=</c> line of its own nor one of the session.</summary>
    NoConnection,
}
