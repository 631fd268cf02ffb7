using System.Globalization;

namespace Ringfence.Interop.Tests.Peers;

/// <summary>SIPp with one of the scenarios in Sipp/.</summary>
internal static class Sipp
{
    private static int _runs;

    internal static void Need() => ForeignProgram.Need("sipp", "sip-tester");

    /// <summary>A callee on a port of loopback that serves so many calls.</summary>
    internal static ForeignProgram Callee(TestFolder folder, string scenario, int port, int calls, bool tcp = false) =>
        ForeignProgram.Start("sipp", folder.Path, [.. Common(Scenario(scenario), port, calls, tcp)]);

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
            [
                .. Common(Scenario(scenario), FreePort.Next(), calls, tcp),
                "-r",
                Text(rate),
                "-s",
                callee,
                $"127.0.0.1:{edgePort}",
            ]
        );

    /// <summary>A callee with a scenario of the test's own, its messages in a log; listening when this returns.</summary>
    internal static async Task<SippRun> CalleeAsync(TestFolder folder, SippScript script, int port, int calls = 1)
    {
        SippRun run = Run(folder, script, port, calls);
        await FreePort.TakenAsync(port);
        return run;
    }

    /// <summary>A caller with a scenario of the test's own, its messages in a log.</summary>
    internal static SippRun Caller(
        TestFolder folder,
        SippScript script,
        int to,
        string callee = "+33180001000",
        int calls = 1
    ) => Run(folder, script, FreePort.Next(), calls, "-r", "50", "-s", callee, $"127.0.0.1:{to}");

    private static SippRun Run(TestFolder folder, SippScript script, int port, int calls, params string[] more)
    {
        string name = $"sipp-{port}-{Interlocked.Increment(ref _runs)}";
        string log = folder.File(name + ".log");
        string[] arguments =
        [
            .. Common(folder.Write(name + ".xml", script.Xml), port, calls, tcp: false),
            "-trace_msg",
            "-message_file",
            log,
            "-trace_err",
            "-error_file",
            folder.File(name + ".err"),
            .. more,
        ];
        return new SippRun(ForeignProgram.Start("sipp", folder.Path, arguments), log, folder.File(name + ".err"));
    }

    private static List<string> Common(string scenario, int port, int calls, bool tcp)
    {
        string[] common =
        [
            "-sf",
            scenario,
            "-i",
            "127.0.0.1",
            "-mi",
            "127.0.0.1",
            "-p",
            Text(port),
            "-mp",
            Text(FreePort.Next()),
            "-m",
            Text(calls),
            "-l",
            "1000",
            "-nostdin",
            "-timeout",
            "90",
            "-recv_timeout",
            "40000",
            "-t",
            tcp ? "t1" : "u1",
        ];
        return [.. common];
    }

    private static string Scenario(string name) => TestFolder.Beside($"Sipp/{name}.xml");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
