using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Fetching;

/// <summary>What a fetch brought.</summary>
/// <param name="Fault">Why there is no content, or <see cref="Verification.Fault.None"/>.</param>
/// <param name="Content">The octets.</param>
/// <param name="Lifetime">How long the host lets it be kept, or null when it does not say (RFC 9111 §5.2.2.1).</param>
internal readonly record struct FetchedDocument(Fault Fault, byte[] Content, TimeSpan? Lifetime)
{
    public static FetchedDocument Failed(Fault fault) => new(fault, [], null);
}
