namespace Ringfence.Interop.Tests.Peers;

/// <summary>The edge as users run it: its own process with its own configuration file.</summary>
internal sealed class RunningEdge : IDisposable
{
    private readonly ForeignProgram _process;
    private readonly TestFolder _folder;

    private RunningEdge(ForeignProgram process, TestFolder folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
    }

    /// <summary>Where it listens.</summary>
    internal int Port { get; }

    /// <summary>The file of the call records.</summary>
    internal string Database => _folder.File("ringfence.db");

    /// <summary>Resident memory, in bytes.</summary>
    internal long Resident => _process.Resident;

    internal string Output => _process.Output;

    internal static async Task<RunningEdge> StartAsync(TestFolder folder, int port, string more)
    {
        string file = Write(folder, port, more);
        // Under nohup SIGHUP is ignored, and children inherit that; an edge that is told to reload must not.
        ForeignProgram process = ForeignProgram.Start(
            "env",
            folder.Path,
            "--default-signal=HUP",
            "dotnet",
            TestFolder.Beside("ringfence.dll"),
            "run",
            "-c",
            file
        );
        await process.SaysAsync("ready", TimeSpan.FromSeconds(30));
        return new RunningEdge(process, folder, port);
    }

    /// <summary>Ends it as an operator does; the records are on disk afterwards.</summary>
    internal async Task StopAsync() => (await _process.TerminateAsync(TimeSpan.FromSeconds(40))).ShouldBe(0, Output);

    /// <summary>Begins to end it, as an operator does, and returns while it still drains.</summary>
    internal Task DrainAsync() => _process.SignalAsync("TERM");

    internal Task SaysAsync(string text) => _process.SaysAsync(text, TimeSpan.FromSeconds(20));

    internal Task<int> EndAsync(TimeSpan within) => _process.EndAsync(within);

    /// <summary>Writes the file anew, has it read and waits for what the edge says of it.</summary>
    internal async Task ReloadAsync(string more, string says)
    {
        Write(_folder, Port, more);
        await _process.SignalAsync("HUP");
        await _process.SaysAsync(says, TimeSpan.FromSeconds(20));
    }

    private static string Write(TestFolder folder, int port, string more) =>
        folder.Write(
            "ringfence.yaml",
            $"listen: [ \"udp:127.0.0.1:{port}\", \"tcp:127.0.0.1:{port}\" ]\nweb: off\nstorage: sqlite:{folder.File("ringfence.db")}\n{more}"
        );

    public void Dispose() => _process.Dispose();
}
