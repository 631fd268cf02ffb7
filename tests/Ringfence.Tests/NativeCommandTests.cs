namespace Ringfence.Tests;

/// <summary>What the launcher has compiled to machine code says the same as what runs on the framework.</summary>
public sealed class NativeCommandTests
{
    private static readonly DirectoryInfo Root = Above(new DirectoryInfo(AppContext.BaseDirectory));

    private static readonly FileInfo Native = new(
        Path.Combine(Root.FullName, "src/Ringfence.Native/bin/Release/native/ringfence")
    );

    [Theory]
    [InlineData("--help")]
    [InlineData("--call", "none")]
    [InlineData("--json")]
    [InlineData("--lang", "fr")]
    [InlineData("--mermaid")]
    [InlineData("--code", "none")]
    public async Task It_says_the_same(params string[] options)
    {
        string[] captures = Directory.GetFiles(
            Path.Combine(Root.FullName, "tests/Ringfence.Diagnosis.Tests/Captures"),
            "*.pcap*",
            SearchOption.AllDirectories
        );
        Assert.SkipUnless(
            Native.Exists && !Sources().Any(file => file.LastWriteTimeUtc > Native.LastWriteTimeUtc),
            "skipped: ./ringfence diagnose has not compiled it to machine code"
        );
        Array.Sort(captures, StringComparer.Ordinal);

        foreach (string capture in captures.Where((_, i) => i % (captures.Length / 2) == 0))
        {
            string[] arguments = ["diagnose", capture, .. options];
            CommandResult expected = await Command.RunAsync(arguments);

            CommandResult result = await Command.RunAsync(Native.FullName, arguments);

            result.Output.ShouldBe(expected.Output);
            result.Error.ShouldBe(expected.Error);
            result.ExitCode.ShouldBe(expected.ExitCode);
        }
    }

    private static IEnumerable<FileInfo> Sources() =>
        new DirectoryInfo(Path.Combine(Root.FullName, "src"))
            .EnumerateFiles("*.cs", SearchOption.AllDirectories)
            .Where(file => !file.FullName.Contains("/obj/", StringComparison.Ordinal));

    private static DirectoryInfo Above(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Ringfence.slnx")) ? folder : Above(folder.Parent!);
}
