using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>What each kind of element does next, as keys of the labels <c>actions</c>, in order.</summary>
/// <param name="Uac">The calling device.</param>
/// <param name="Proxy">A proxy with one target.</param>
/// <param name="ForkingProxy">A proxy with several targets (RFC 3261 §16.7).</param>
/// <param name="B2bua">A back-to-back user agent.</param>
/// <param name="Gateway">A gateway to ISUP (RFC 3398).</param>
public sealed record NextSteps(
    Sourced<IReadOnlyList<string>> Uac,
    Sourced<IReadOnlyList<string>> Proxy,
    [property: JsonPropertyName("forking-proxy")] Sourced<IReadOnlyList<string>> ForkingProxy,
    Sourced<IReadOnlyList<string>> B2bua,
    Sourced<IReadOnlyList<string>> Gateway
);
