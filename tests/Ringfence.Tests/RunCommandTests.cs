namespace Ringfence.Tests;

public sealed class RunCommandTests
{
    [Fact]
    public async Task Every_mistake_of_a_configuration_is_told_with_its_line()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            file,
            "listen: [ \"udq:1\" ]\nlanes: many\nroutez: []\n",
            TestContext.Current.CancellationToken
        );

        CommandResult result = await Command.RunAsync("run", "-c", file);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain($"{file}:1:");
        result.Error.ShouldContain($"{file}:2:");
        result.Error.ShouldContain($"{file}:3:");
        result.Error.ShouldContain("did you mean routes?");
        File.Delete(file);
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        CommandResult result = await Command.RunAsync("run", "-c", "/nowhere/ringfence.yaml");

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("/nowhere/ringfence.yaml");
    }

    [Fact]
    public async Task A_sound_file_passes_the_check()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "policy: [ { then: progress } ]\n", TestContext.Current.CancellationToken);

        (await Command.RunAsync("run", "-c", file, "--check")).ExitCode.ShouldBe(0);
        File.Delete(file);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using System.Net.Sockets.UdpClient taken = new(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        int port = ((System.Net.IPEndPoint)taken.Client.LocalEndPoint!).Port;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ringfence-");
        string file = Path.Combine(folder.FullName, "ringfence.yaml");
        await File.WriteAllTextAsync(
            file,
            $"listen: [ \"udp:127.0.0.1:{port}\" ]\nlanes: 1\nweb: off\n",
            TestContext.Current.CancellationToken
        );

        CommandResult result = await Command.RunAsync("run", "-c", file);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain($"127.0.0.1:{port}");
        folder.Delete(recursive: true);
    }
}
