namespace Ringfence.Interop.Tests.Peers;

/// <summary>A folder for one test's files; gone afterwards.</summary>
internal sealed class TestFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("ringfence-").FullName;

    internal string File(string name) => System.IO.Path.Combine(Path, name);

    internal string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    /// <summary>A file that lies beside the tests.</summary>
    internal static string Beside(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
