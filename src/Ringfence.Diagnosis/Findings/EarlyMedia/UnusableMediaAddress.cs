using System.Net;
using Ringfence.Diagnosis.Calls;

namespace Ringfence.Diagnosis.Findings.EarlyMedia;

/// <summary>EM-05: a private or unusable address stands in c= while the signalling comes from a public one.</summary>
internal sealed class UnusableMediaAddress()
    : Rule("EM-05", FindingSeverity.Error, FindingBasis.Interop, "RFC 8866 §5.7")
{
    private static readonly string[] Local =
    [
        ".local",
        ".localdomain",
        ".lan",
        ".internal",
        ".home.arpa",
        ".localhost",
    ];

    public override bool Applies(CallView call) => call.Answers.Any() || call.OfferedTo is not null;

    public override Finding? Check(CallView call)
    {
        foreach (var message in call.Answers.Prepend(call.Invite).OfType<TraceMessage>())
        {
            if (
                !message.Source.IsUnknown
                && !CallView.IsPrivate(message.Source.Address)
                && Unusable(message, out var isName) is { } address
            )
            {
                // A relay that answers to where packets come from (latching) may still make it work: then packets flow.
                // A name may yet be found by the other side; many telephones do not even ask.
                var flows = call.Call.Streams.Any(s =>
                    s.Source.Bits == message.Source.Bits || s.Destination.Bits == message.Source.Bits
                );
                return Found(
                    call,
                    flows || isName ? FindingConfidence.Possible : FindingConfidence.Likely,
                    [message],
                    ("address", address),
                    ("source", message.Source.Address.ToString())
                );
            }
        }

        return null;
    }

    // 0.0.0.0 is hold where a call is up (RFC 3264 §8.4); before the answer it is nowhere.
    private static string? Unusable(TraceMessage message, out bool isName)
    {
        isName = false;
        if (
            message.Sdp?.Audio is not { IsRejected: false } audio
            || (audio.Connection ?? message.Sdp!.Connection) is not { } connection
        )
        {
            return null;
        }

        isName = connection.Address is null;
        return connection.Address is not { } address ? (Resolvable(connection.Host) ? null : connection.Host)
            : address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
                ? message.Status is > 100 and < 200 ? address.ToString()
                    : null
            : CallView.IsPrivate(address) ? address.ToString()
            : null;
    }

    // RFC 8866 §5.7 allows names. Those without a dot, or of domains of one network only (RFC 6762, RFC 8375), mean nothing elsewhere; .invalid
    // says on purpose that there is no address yet (RFC 6157 §4.1).
    private static bool Resolvable(string host) =>
        host.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase)
        || (
            host.Contains('.', StringComparison.Ordinal)
            && !Local.Any(domain => host.EndsWith(domain, StringComparison.OrdinalIgnoreCase))
        );
}
