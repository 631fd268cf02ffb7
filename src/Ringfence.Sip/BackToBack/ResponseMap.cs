namespace Ringfence.Sip.BackToBack;

/// <summary>
/// The callee's refusal as the caller gets it. What speaks of the far leg alone means nothing to the caller: a challenge that this
/// side could not answer is 403, an extension or session timer that was not agreed on there is 500, a redirection that is not followed is
/// 480. All else crosses as it is.
/// </summary>
public sealed record ResponseMap
{
    /// <summary>The usual map.</summary>
    public static ResponseMap Default { get; } = new();

    /// <summary>Codes that become others, before the rules above.</summary>
    public IReadOnlyDictionary<int, int> Changes { get; init; } = new Dictionary<int, int>();

    /// <summary>The status for the caller.</summary>
    /// <param name="statusCode">That of the callee, or 408 and 503 where none came.</param>
    /// <param name="isOwn">True when the callee sent no response: the status is this side's own.</param>
    /// <param name="hasRung">True when it had been heard of before.</param>
    public int Of(int statusCode, bool isOwn = false, bool hasRung = false) =>
        Changes.TryGetValue(statusCode, out int changed) ? changed
        // It rang and nobody answered (RFC 3261 §21.4.18).
        : isOwn && statusCode == 408 && hasRung ? 480
        : statusCode switch
        {
            < 400 => 480,
            401 or 407 => 403,
            420 or 421 or 422 => 500,
            _ => statusCode,
        };
}
