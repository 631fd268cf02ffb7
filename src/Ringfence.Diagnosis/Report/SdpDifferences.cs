using System.Net;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Media.OfferAnswer;

namespace Ringfence.Diagnosis.Report;

/// <summary>What differs between the descriptions of two calls. Addresses, ports, keys and versions do in any two, and are left out.</summary>
internal static class SdpDifferences
{
    public static IReadOnlyList<SdpChange> Of(TraceMessage? good, TraceMessage? bad) =>
        good?.Sdp is { } before && bad?.Sdp is { } after
            ? [.. SdpComparison.Compare(before, after).Where(Matters)]
            : [];

    private static bool Matters(SdpChange change) =>
        change.Kind switch
        {
            SdpChangeKind.Session
            or SdpChangeKind.VersionNotRaised
            or SdpChangeKind.VersionJumped
            or SdpChangeKind.PayloadTypeRemapped
            or SdpChangeKind.Port => false,
            SdpChangeKind.Address => KindOf(change.Before) != KindOf(change.After),
            _ => change.Before != change.After,
        };

    private static (bool IsAddress, int Family, bool IsPrivate, bool IsNowhere) KindOf(string host) =>
        IPAddress.TryParse(host, out var address)
            ? (
                true,
                (int)address.AddressFamily,
                CallView.IsPrivate(address),
                address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            )
            : default;
}
