// Rings every target at once; the first answer wins, a 6xx ends all:
// ForkingProxy udp:127.0.0.1:5060 sip:127.0.0.1:5062 sip:127.0.0.1:5064
using System.Text;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;

ProxyTarget[] targets = [.. args[1..].Select(ProxyTarget.At)];
await using SipNode node = SipNode.Open(
    SipNodeOptions.At(args[0]),
    calls => new Forking(new ProxyLayer(calls), targets)
);
Console.WriteLine($"listening on {string.Join(", ", node.Listening)}; Enter ends");
Console.ReadLine();

internal sealed class Forking(ProxyLayer proxy, ProxyTarget[] targets) : ICallHandler, IProxyListener
{
    private static readonly ForwardOptions AllAtOnce = new() { Parallel = true };

    public void OnInvite(IncomingCall call) => proxy.Forward(call, targets, AllAtOnce, this);

    public void OnCompleted(ProxiedCall call, int statusCode, SipResponse? response) =>
        Console.WriteLine($"{Encoding.UTF8.GetString(call.Request.RequestUri)}: {statusCode}");
}
