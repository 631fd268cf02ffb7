using Ringfence.Interop.Tests.Peers;

namespace Ringfence.Interop.Tests;

/// <summary>Kamailio as a proxy in front of the edge and behind it: answered calls ended by either side, CANCEL, refusal.</summary>
public sealed class KamailioTests
{
    [Theory]
    [InlineData("proxy")]
    [InlineData("gate")]
    public async Task Calls_go_through_with_Kamailio_in_front(string mode)
    {
        Sipp.Need();
        Kamailio.Need();
        using TestFolder folder = new();
        int calleePort = FreePort.Next();
        using RunningEdge edge = await StartEdgeAsync(folder, mode, calleePort);
        int port = FreePort.Next();
        using ForeignProgram kamailio = await Kamailio.StartAsync(folder, port, edge.Port);

        await new CallWays(folder, port, calleePort, () => edge.Output + kamailio.Output).AllGoAsync();
    }

    [Theory]
    [InlineData("proxy")]
    [InlineData("gate")]
    public async Task Calls_go_through_with_Kamailio_behind(string mode)
    {
        Sipp.Need();
        Kamailio.Need();
        using TestFolder folder = new();
        int calleePort = FreePort.Next();
        int port = FreePort.Next();
        using ForeignProgram kamailio = await Kamailio.StartAsync(folder, port, calleePort);
        using RunningEdge edge = await StartEdgeAsync(folder, mode, port);

        await new CallWays(folder, edge.Port, calleePort, () => edge.Output + kamailio.Output).AllGoAsync();
    }

    private static Task<RunningEdge> StartEdgeAsync(TestFolder folder, string mode, int target) =>
        RunningEdge.StartAsync(
            folder,
            FreePort.Next(),
            $$"""
            trunks: [ { name: callers, from: 127.0.0.1, mode: {{mode}} } ]
            routes: [ { match: "*", to: [ "sip:127.0.0.1:{{target}}" ] } ]
            policy: [ { then: progress } ]
            """
        );
}
