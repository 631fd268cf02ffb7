using Ringfence.Diagnosis.Capture;

namespace Ringfence.Diagnosis.Findings.Signalling;

/// <summary>SG-26: TLS between two hosts of the call was refused with an alert.</summary>
internal sealed class TlsRefused() : Rule("SG-26", FindingSeverity.Error, FindingBasis.Observed, "RFC 8446 §6.2")
{
    private const double Near = 60;

    public override bool Applies(CallView call) => call.Trace.Capture.TlsAlerts.Count > 0;

    public override Finding? Check(CallView call)
    {
        var hosts = call.Call.Messages.SelectMany(m => new[] { m.Source.Bits, m.Destination.Bits }).ToHashSet();
        var alerts = call.Trace.Capture.TlsAlerts.Where(a => IsNear(a, call, hosts)).ToList();
        return alerts.Count == 0
            ? null
            : Found(
                call,
                FindingConfidence.Likely,
                alerts.Select(a => new Evidence(a.Frame, a.Time, "TLS " + a.Name)),
                ("alert", alerts[0].Name),
                ("source", alerts[0].Source.ToString()),
                ("destination", alerts[0].Destination.ToString())
            );
    }

    private static bool IsNear(TlsAlert alert, CallView call, HashSet<AddressBits> hosts) =>
        hosts.Contains(alert.Source.Bits)
        && hosts.Contains(alert.Destination.Bits)
        && CallView.Seconds(alert.Time, call.Call.End) > -Near
        && CallView.Seconds(call.Call.Start, alert.Time) > -Near;
}
