using Ringfence.Sip.Messages;

namespace Ringfence.Sip.BackToBack;

/// <summary>What crosses from one leg to the other.</summary>
public sealed record BackToBackOptions
{
    /// <summary>The defaults: a border of trust, and all requests but REFER and its NOTIFY.</summary>
    public static BackToBackOptions Default { get; } = new();

    /// <summary>Header lines of the caller's requests that the callee gets.</summary>
    public HeaderPolicy TowardsCallee { get; init; } = HeaderPolicy.Border;

    /// <summary>Header lines of the callee's responses and requests that the caller gets.</summary>
    public HeaderPolicy TowardsCaller { get; init; } = HeaderPolicy.Border;

    /// <summary>What the callee's refusals become.</summary>
    public ResponseMap Responses { get; init; } = ResponseMap.Default;

    /// <summary>
    /// The requests within the call that are passed on: of INVITE, UPDATE, INFO, MESSAGE, REFER, NOTIFY. Another is refused: a new offer
    /// with 488, all else with 403. Each must be in <see cref="Calls.CallOptions.Allow"/>, or the stack refuses it with 405.
    /// </summary>
    public IReadOnlyList<SipMethod> Passed { get; init; } =
    [SipMethod.Invite, SipMethod.Update, SipMethod.Info, SipMethod.Message];

    /// <summary>What becomes of session descriptions; null: they are passed on as they are.</summary>
    public ISessionBridge? Session { get; init; }

    /// <summary>
    /// Milliseconds that an UPDATE waits for a leg that knows no UPDATE and is asked by re-INVITE; then it is answered 504 (RFC 3311
    /// §5.2).
    /// </summary>
    public int UpdateTimeout { get; init; } = 8_000;
}
