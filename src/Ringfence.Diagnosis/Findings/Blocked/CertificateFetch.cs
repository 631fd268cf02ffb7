using System.Net;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Capture.Fetches;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>How the fetch of a call's certificate failed, as far as the same trace shows it: at its name, connection, TLS or HTTP.</summary>
/// <param name="What">The failure.</param>
/// <param name="Step">Where it is seen.</param>
internal sealed record CertificateFetch(string What, FetchStep Step)
{
    private const long Second = 1_000_000_000;

    // What points of capture may differ by in their clocks.
    private const long Skew = Second;

    // A call that nobody answers is given up after Timer B (RFC 3261 §17.1.1.2).
    private const long Longest = 32 * Second;

    // The time after which a resolver asks again (resolv.conf).
    private const long Patience = 5 * Second;

    /// <summary>The step as evidence shows it.</summary>
    public string Shown =>
        Step.Kind switch
        {
            FetchStepKind.NameAsked or FetchStepKind.NameRefused => $"DNS {Step.Host} {Step.What}".TrimEnd(),
            FetchStepKind.Refused or FetchStepKind.Unanswered => $"TCP {Step.Server}",
            FetchStepKind.Response => $"{What} {Step.Path}".TrimEnd(),
            _ => What,
        };

    /// <summary>The failure of the last attempt; null where it succeeded, or nothing is seen of it.</summary>
    public static CertificateFetch? FailureOf(CallView call, Uri url)
    {
        var steps = StepsOf(call, url);
        var response = steps.FindLast(s =>
            s.Kind == FetchStepKind.Response && (s.Path.Length == 0 || s.Path == url.PathAndQuery)
        );
        if (response.What is not null)
        {
            return response.What.StartsWith('2') ? null : new CertificateFetch("HTTP " + response.What, response);
        }

        // What TLS hides counts as success where it did not end in an alert.
        var alerts = steps.FindAll(s => s.Kind == FetchStepKind.Alert);
        if (steps.Exists(s => s.Kind == FetchStepKind.Opened && !alerts.Exists(a => a.Client == s.Client)))
        {
            return null;
        }

        if (alerts.Count > 0)
        {
            return new CertificateFetch("TLS " + alerts[^1].What, alerts[^1]);
        }

        var refused = steps.FindLast(s => s.Kind is FetchStepKind.Refused or FetchStepKind.Unanswered);
        if (refused.Host is not null)
        {
            var what =
                refused.What.Length > 0 ? refused.What
                : refused.Kind == FetchStepKind.Refused ? "refused"
                : "unanswered";
            return new CertificateFetch(what, refused);
        }

        return UnnamedOf(steps, call.Trace.End);
    }

    private static CertificateFetch? UnnamedOf(List<FetchStep> steps, long end)
    {
        if (steps.Exists(s => s.Kind == FetchStepKind.NameFound))
        {
            return null;
        }

        var refused = steps.FindLast(s => s.Kind == FetchStepKind.NameRefused);
        var asked = steps.Find(s => s.Kind == FetchStepKind.NameAsked);
        return refused.Host is not null ? new CertificateFetch("DNS " + refused.What, refused)
            : asked.Host is not null && end - asked.Time > Patience ? new CertificateFetch("nameless", asked)
            : null;
    }

    private static List<FetchStep> StepsOf(CallView call, Uri url)
    {
        var (from, final) = (call.Invite!.Time - Skew, call.Final);
        var to = (final?.Time ?? (call.Invite.Time + Longest)) + Skew;
        var literal = IPAddress.TryParse(url.IdnHost, out var address) ? PacketAddress.Of(address, 0).Bits : default;

        // A connection that nothing names may be any; between the INVITE and the refusal for its certificate it is likely this one.
        var isRefused = final?.Status is 436 or 429;
        return
        [
            .. call
                .Others.Fetches("", from, to)
                .Where(s =>
                    s.Server.Bits == literal
                    || (isRefused && s.Client.Bits == call.Invite.Destination.Bits && s.Server.Port == url.Port)
                )
                .Concat(call.Others.Fetches(url.IdnHost, from, to))
                .OrderBy(s => s.Time),
        ];
    }
}
