using System.Text;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Resolve;
using Ringfence.Sip.Tests.Calls;
using Ringfence.Sip.Tests.Resolve;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Proxy;

/// <summary>Alice, a proxy, and three callees on a network without sockets.</summary>
internal sealed class ProxyWorld : IProxyListener
{
    internal ProxyWorld(int seed = 1)
    {
        Network = new MemoryNetwork(Clock, seed) { Carried = message => Ladder.Add(message) };
        Alice = new CallSide(Network, Clock, "192.0.2.1:5060", seed + 1);
        Bob = new CallSide(Network, Clock, "192.0.2.2:5060", seed + 2);
        Carol = new CallSide(Network, Clock, "192.0.2.3:5060", seed + 3);
        Dave = new CallSide(Network, Clock, "192.0.2.4:5060", seed + 4);
        Edge = new CallSide(Network, Clock, "192.0.2.9:5060", seed + 5);
        Resolver = new LaneResolver(
            new SipResolver(Names, new ResolverOptions(), Clock, static _ => 0),
            Edge.Node.Lane
        );
        Proxy = new ProxyLayer(Edge.Calls, new ProxyOptions { RouteKey = RouteKey, Resolver = Resolver });
        Targets = [Bob];
        Edge.Owner.OnNew = call => Proxied = Proxy.Forward(call, [.. Targets.Select(Place)], Options, this);
    }

    /// <summary>The key of the proxy's routes.</summary>
    internal static byte[] RouteKey { get; } = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    /// <summary>What the name servers say.</summary>
    internal Zone Names { get; } = new();

    internal LaneResolver Resolver { get; }

    /// <summary>How a target is reached.</summary>
    internal Func<CallSide, ProxyTarget> Place { get; set; } = TargetOf;

    internal ManualClock Clock { get; } = new();

    internal MemoryNetwork Network { get; }

    internal CallSide Alice { get; }

    internal CallSide Bob { get; }

    internal CallSide Carol { get; }

    internal CallSide Dave { get; }

    internal CallSide Edge { get; }

    internal ProxyLayer Proxy { get; }

    internal ProxiedCall? Proxied { get; private set; }

    internal CallSide[] Targets { get; set; }

    internal ForwardOptions Options { get; set; } = ForwardOptions.Default;

    internal List<CarriedMessage> Ladder { get; } = [];

    internal List<string> Told { get; } = [];

    /// <summary>The whole ladder as "A>P INVITE".</summary>
    internal string[] Steps =>
        [.. Ladder.Select(message => $"{Name(message.From)}>{Name(message.To)} {Step(Text(message))}")];

    internal static string Text(CarriedMessage message) => Encoding.UTF8.GetString(message.Bytes.Span);

    internal string Sent(string step, int index = 0) => Text(Ladder.Where((_, i) => Steps[i] == step).ElementAt(index));

    internal long SentAt(Func<CarriedMessage, bool> which) => Ladder.FindIndex(message => which(message));

    internal void Run(double milliseconds) => Network.Run(TimeSpan.FromMilliseconds(milliseconds));

    internal void RunOut()
    {
        Network.RunUntilIdle(TimeSpan.FromMinutes(30)).ShouldBeTrue();
        foreach (CallSide side in (CallSide[])[Alice, Bob, Carol, Dave, Edge])
        {
            side.ShouldBeEmpty();
        }

        Proxy.Count.ShouldBe(0);
    }

    internal OutgoingCall Invite(TransportKind kind = TransportKind.Udp) => Alice.Invite(Edge.Node, kind);

    public void OnProgress(ProxiedCall call, SipResponse response) => Told.Add($"progress {response.StatusCode}");

    public void OnCompleted(ProxiedCall call, int statusCode, SipResponse? response) =>
        Told.Add($"completed {statusCode}{(response is null ? " alone" : "")}");

    internal static ProxyTarget TargetOf(CallSide side) =>
        new(side.Node.Local, Encoding.ASCII.GetBytes($"sip:callee@{side.Node.Local.ToEndPoint()}"));

    private static string Step(string text) =>
        text.StartsWith("SIP/2.0", StringComparison.Ordinal) ? text.Substring(8, 3) : text.Split(' ')[0];

    private static string Name(Peer peer) =>
        ((uint)peer.Address & 0xFF) switch
        {
            1 => "A",
            2 => "B",
            3 => "C",
            4 => "D",
            9 => "P",
            _ => "?",
        };
}
