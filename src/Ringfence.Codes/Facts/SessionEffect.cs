using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>What a response does to the call or request (RFC 3261 §12, §13).</summary>
[JsonConverter(typeof(KeyConverter<SessionEffect>))]
public enum SessionEffect
{
    /// <summary>The next hop has it; nothing decided.</summary>
    HopAlive,

    /// <summary>Call set-up goes on.</summary>
    GoesOn,

    /// <summary>One early dialog ends, the set-up goes on.</summary>
    EarlyDialogEnds,

    /// <summary>Established or carried out.</summary>
    Established,

    /// <summary>Carried out, no session.</summary>
    CarriedOut,

    /// <summary>This attempt ends, another address is offered.</summary>
    Redirected,

    /// <summary>The attempt fails.</summary>
    Fails,

    /// <summary>The attempt fails, to be repeated corrected.</summary>
    ToRepeat,

    /// <summary>Only this request fails.</summary>
    RequestOnly,

    /// <summary>The dialog is gone.</summary>
    DialogGone,

    /// <summary>The attempt was ended by its caller.</summary>
    Cancelled,
}
