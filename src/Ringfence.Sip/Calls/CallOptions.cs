namespace Ringfence.Sip.Calls;

/// <summary>How the calls of a lane present themselves and what they keep at most.</summary>
public sealed record CallOptions
{
    /// <summary>The defaults.</summary>
    public static CallOptions Default { get; } = new();

    /// <summary>User part of the Contact of answered calls; empty for none.</summary>
    public string ContactUser { get; init; } = "";

    /// <summary>Server and User-Agent; empty for neither.</summary>
    public string Product { get; init; } = "";

    /// <summary>Methods that are answered with something other than 405, as in Allow.</summary>
    public string Allow { get; init; } = "INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO";

    /// <summary>Body types that an INVITE may carry, as in Accept.</summary>
    public string Accept { get; init; } = "application/sdp, multipart/mixed";

    /// <summary>Reliable provisional responses of calls that do not say otherwise.</summary>
    public Reliability Reliability { get; init; }

    /// <summary>
    /// Option tags that are understood besides 100rel, as in Supported; a Require for another is refused with 420.
    /// </summary>
    public string Supported { get; init; } = "timer";

    /// <summary>
    /// The session interval that calls ask for, in seconds (RFC 4028); 0: none. Where the far side asks for one it is done all the same,
    /// unless <see cref="Supported"/> does not list timer.
    /// </summary>
    public int SessionExpires { get; init; }

    /// <summary>The shortest session interval that is taken, in seconds; a shorter one is refused with 422.</summary>
    public int MinSessionExpires { get; init; } = 90;

    /// <summary>Milliseconds after which an incoming call on which nobody has decided anything ends by itself, with 480; 0 for never.</summary>
    public int DecisionTimeout { get; init; } = 60_000;

    /// <summary>Calls at one time, on this lane; above it an INVITE is answered 503 with Retry-After.</summary>
    public int MaxCalls { get; init; } = 20_000;

    /// <summary>Early dialogs of one outgoing call; provisional responses from further forks are ignored.</summary>
    public int MaxEarlyDialogs { get; init; } = 32;
}
