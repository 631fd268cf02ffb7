using System.Text.Json;

namespace Ringfence.Edge.Gate;

/// <summary>Which status stands for which Q.850 cause, and the other way: no two standards or products agree.</summary>
/// <param name="Name">Name in the configuration.</param>
/// <param name="Source">Where the values are from.</param>
/// <param name="ToSip">Status by cause.</param>
/// <param name="OtherSip">Status of all other causes.</param>
/// <param name="ToCause">Cause by status.</param>
/// <param name="OtherCause">Cause of all other statuses.</param>
internal sealed record CauseProfile(
    string Name,
    string Source,
    IReadOnlyDictionary<int, int> ToSip,
    int OtherSip,
    IReadOnlyDictionary<int, int> ToCause,
    int OtherCause
)
{
    private const int NormalClearing = 16;
    private const int Rejected = 21;

    /// <summary>All profiles; the standard one first.</summary>
    internal static IReadOnlyList<CauseProfile> All { get; } = Load();

    /// <summary>RFC 3398.</summary>
    internal static CauseProfile Standard => All[0];

    /// <summary>The profile of that name; null where there is none.</summary>
    internal static CauseProfile? Find(string? name) => All.FirstOrDefault(profile => profile.Name == name);

    /// <summary>
    /// The status that a cause stands for, in a call that is not answered; 0 for one that ends no call: a cause of progress, or
    /// normal clearing, which is the caller's own CANCEL.
    /// </summary>
    /// <param name="cause">The Q.850 cause.</param>
    /// <param name="byUser">Whether it arose at the called user (RFC 8606 location U): then a rejection is 603 (RFC 3398 §7.2.4.1).</param>
    internal int StatusOf(int cause, bool byUser) =>
        cause is <= 0 or NormalClearing or 7 or 30 ? 0
        : cause == Rejected && byUser ? 603
        : ToSip.GetValueOrDefault(cause, OtherSip);

    /// <summary>
    /// The status that a cause makes of a refusal: the cause comes from where the call really failed, the status from a gateway on
    /// the way. A cause that is not listed changes nothing, nor does any cause what only SIP knows: 6xx, and what asks for another
    /// request.
    /// </summary>
    internal int Refine(int statusCode, int cause, bool byUser) =>
        statusCode is >= 600 or 401 or 407 or 420 or 421 or 422 or 428 or (>= 436 and <= 438) or 487 or 494
        || !ToSip.ContainsKey(cause)
        || StatusOf(cause, byUser) is not (> 0 and var refined)
            ? statusCode
            : refined;

    /// <summary>The cause that a status stands for; 0 for 487, which stands for none.</summary>
    internal int CauseOf(int statusCode) => statusCode == 487 ? 0 : ToCause.GetValueOrDefault(statusCode, OtherCause);

    /// <summary>
    /// The value of a Reason header for a status, location included: 6xx speaks for the user (RFC 3398 §8.2.6.1), but 608 for the
    /// network that rejected the call (RFC 8688). Null where there is no cause.
    /// </summary>
    internal string? ReasonOf(int statusCode) =>
        CauseOf(statusCode) is > 0 and int cause
            ? $"Q.850;cause={cause};location={(statusCode is >= 600 and not 608 ? "U" : "LN")}"
            : null;

    private static IReadOnlyList<CauseProfile> Load()
    {
        using Stream stream = typeof(CauseProfile).Assembly.GetManifestResourceStream("q850/profiles.json")!;
        return JsonSerializer.Deserialize(stream, CauseProfileJson.Default.CauseProfileFile)!.Profiles;
    }
}
