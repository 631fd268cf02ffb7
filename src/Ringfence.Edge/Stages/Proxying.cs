using Ringfence.Edge.Configuration;
using Ringfence.Edge.Pipeline;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;

namespace Ringfence.Edge.Stages;

/// <summary>Progress by proxy: the edge stays in the signalling path, media goes past it.</summary>
internal sealed class Proxying(CallJournal journal) : IProxyListener
{
    internal static void Forward(
        IncomingCall call,
        ProxyLayer proxy,
        ReadOnlySpan<ProxyTarget> targets,
        ForkMode fork,
        EarlyMediaConfiguration earlyMedia,
        CallJournal journal
    )
    {
        journal.Mode("proxy");
        var options = new ForwardOptions { Parallel = fork == ForkMode.Parallel, RingTimeout = earlyMedia.RingForMs };
        if (proxy.Forward(call, targets, options, new Proxying(journal)) is null)
        {
            journal.Close("edge");
        }
    }

    /// <inheritdoc/>
    public void OnProgress(ProxiedCall call, SipResponse response) => journal.Progressed(hasMedia: !response.Body.IsEmpty);

    /// <inheritdoc/>
    public void OnCompleted(ProxiedCall call, int statusCode, SipResponse? response)
    {
        if (statusCode < 300)
        {
            journal.Answered();
        }
        else
        {
            journal.Refused(statusCode);
        }

        journal.Close(statusCode == 487 ? "caller" : response is null ? "edge" : "callee");
    }
}
