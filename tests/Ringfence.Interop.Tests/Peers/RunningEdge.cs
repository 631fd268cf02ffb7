namespace Ringfence.Interop.Tests.Peers;

/// <summary>The edge as users run it: its own process with its own configuration file.</summary>
internal sealed class RunningEdge : IDisposable
{
    private readonly ForeignProgram _process;

    private RunningEdge(ForeignProgram process, string database)
    {
        _process = process;
        Database = database;
    }

    /// <summary>The file of the call records.</summary>
    internal string Database { get; }

    /// <summary>Resident memory, in bytes.</summary>
    internal long Resident => _process.Resident;

    internal string Output => _process.Output;

    internal static async Task<RunningEdge> StartAsync(TestFolder folder, int port, string more)
    {
        string database = folder.File("ringfence.db");
        string file = folder.Write(
            "ringfence.yaml",
            $"listen: [ \"udp:127.0.0.1:{port}\", \"tcp:127.0.0.1:{port}\" ]\nstorage: sqlite:{database}\n{more}"
        );
        ForeignProgram process = ForeignProgram.Start("dotnet", folder.Path, TestFolder.Beside("ringfence.dll"), "run", "-c", file);
        await process.SaysAsync("ready", TimeSpan.FromSeconds(30));
        return new RunningEdge(process, database);
    }

    /// <summary>Ends it as an operator does; the records are on disk afterwards.</summary>
    internal async Task StopAsync() => (await _process.TerminateAsync(TimeSpan.FromSeconds(40))).ShouldBe(0, Output);

    public void Dispose() => _process.Dispose();
}
