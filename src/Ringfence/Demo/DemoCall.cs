using System.Net;
using Ringfence.Callers;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Sip.Transport;

namespace Ringfence.Demo;

/// <summary>The two test agents of one scene.</summary>
internal sealed class DemoCall : IAsyncDisposable
{
    private readonly UserAgent _caller = Open(_ => new NobodyHome());
    private readonly UserAgent? _callee;

    internal DemoCall(DemoScene scene)
    {
        Scene = scene;
        _callee = scene.Answer is { } plan ? Open(agent => new AnsweringParty(agent, plan)) : null;
    }

    internal DemoScene Scene { get; }

    internal int CallerPort => _caller.Listening[0].EndPoint.Port;

    internal int? CalleePort => _callee?.Listening[0].EndPoint.Port;

    /// <summary>The caller's Call-ID, once the call is made.</summary>
    internal string CallId { get; private set; } = "";

    internal CallOutcome? Outcome { get; private set; }

    internal async Task RunAsync(IPEndPoint edge, CancellationToken cancellation)
    {
        Outcome = await PlacedCall
            .MakeAsync(
                _caller,
                new CallPlan
                {
                    Uri = $"sip:{Scene.Callee}@{edge}",
                    From = $"sip:{Scene.Caller}@demo.invalid",
                    Destination = Peer.From(TransportKind.Udp, edge),
                    CancelAfter = Scene.CancelAfter,
                    TalkFor = TimeSpan.FromSeconds(1),
                },
                cancellation
            )
            .ConfigureAwait(false);
        CallId = _caller.Log.CallId;
    }

    /// <summary>Both agents' messages as one ladder: caller, edge, callee.</summary>
    internal CallLadder Ladder()
    {
        List<LadderHost> hosts = [new("caller", Scene.Caller), new("edge", "Ringfence")];
        IEnumerable<LadderArrow> arrows = _caller.Log.Arrows(_caller.Log.Started, own: 0, other: 1);
        if (_callee is not null)
        {
            hosts.Add(new LadderHost("callee", Scene.Callee));
            arrows = arrows.Concat(_callee.Log.Arrows(_caller.Log.Started, own: 2, other: 1));
        }

        return new CallLadder(hosts, [.. arrows.OrderBy(arrow => arrow.At)]).Folded();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _caller.DisposeAsync().ConfigureAwait(false);
        if (_callee is not null)
        {
            await _callee.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static UserAgent Open(Func<UserAgent, Sip.Calls.ICallHandler> handler) =>
        UserAgent.Open([new ListenAddress(TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 0))], handler);
}
