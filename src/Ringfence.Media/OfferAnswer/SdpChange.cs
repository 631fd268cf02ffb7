namespace Ringfence.Media.OfferAnswer;

/// <summary>One difference between two descriptions.</summary>
/// <param name="Kind">What differs.</param>
/// <param name="MediaIndex">Place of the medium; -1 for the session.</param>
/// <param name="Before">Value in the earlier description.</param>
/// <param name="After">Value in the later description.</param>
public sealed record SdpChange(SdpChangeKind Kind, int MediaIndex, string Before, string After);
