namespace Ringfence.Tests;

/// <summary>A test hierarchy as <c>ringfence cert demo-ca</c> makes it, for all tests of a class.</summary>
public sealed class DemoHierarchy : IAsyncLifetime
{
    internal string Folder { get; } = Directory.CreateTempSubdirectory("ringfence-").FullName;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() =>
        (await Command.RunAsync("cert", "demo-ca", Folder)).ExitCode.ShouldBe(0);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
