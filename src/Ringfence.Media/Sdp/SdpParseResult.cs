using System.Diagnostics.CodeAnalysis;

namespace Ringfence.Media.Sdp;

/// <summary>Either a session description or the reason why there is none.</summary>
public readonly struct SdpParseResult
{
    internal SdpParseResult(SessionDescription session) => Session = session;

    internal SdpParseResult(SdpFault fault, int line) => Error = new SdpError(fault, line);

    /// <summary>The description, or null when <see cref="Error"/> says why not.</summary>
    public SessionDescription? Session { get; }

    /// <summary>What is wrong; meaningless when <see cref="IsParsed"/>.</summary>
    public SdpError Error { get; }

    /// <summary>Whether there is a description.</summary>
    [MemberNotNullWhen(true, nameof(Session))]
    public bool IsParsed => Session is not null;
}
