using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Findings.Blocked;

/// <summary>"603+" (ATIS-1000099): a 603 whose Reason says that analytics of the network blocked the call.</summary>
internal static class NetworkBlock
{
    public static bool IsIn(TraceMessage message) =>
        message.Status == 603
        && Reason.TryFind(message.Sip, "SIP"u8, out var reason)
        && reason.Text.StartsWith("v=analytics"u8);
}
