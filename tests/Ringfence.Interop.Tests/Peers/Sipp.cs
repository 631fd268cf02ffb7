using System.Globalization;

namespace Ringfence.Interop.Tests.Peers;

/// <summary>SIPp with one of the scenarios in Sipp/.</summary>
internal static class Sipp
{
    internal static void Need() => ForeignProgram.Need("sipp", "sip-tester");

    /// <summary>A callee on a port of loopback that serves so many calls.</summary>
    internal static ForeignProgram Callee(TestFolder folder, string scenario, int port, int calls, bool tcp = false) =>
        ForeignProgram.Start("sipp", folder.Path, [.. Common(scenario, port, calls, tcp)]);

    /// <summary>A caller that makes so many calls at a rate.</summary>
    internal static ForeignProgram Caller(
        TestFolder folder,
        string scenario,
        string callee,
        int edgePort,
        int calls,
        int rate,
        bool tcp = false
    ) =>
        ForeignProgram.Start(
            "sipp",
            folder.Path,
            [.. Common(scenario, FreePort.Next(), calls, tcp), "-r", Text(rate), "-s", callee, $"127.0.0.1:{edgePort}"]
        );

    private static List<string> Common(string scenario, int port, int calls, bool tcp)
    {
        string[] common =
        [
            "-sf", TestFolder.Beside($"Sipp/{scenario}.xml"), "-i", "127.0.0.1", "-mi", "127.0.0.1", "-p", Text(port), "-mp", Text(FreePort.Next()),
            "-m", Text(calls), "-l", "1000", "-nostdin", "-timeout", "90", "-recv_timeout", "40000", "-t", tcp ? "t1" : "u1",
        ];
        return [.. common];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
