namespace Ringfence.Architecture.Tests;

/// <summary>The checkout that the tests run in.</summary>
internal static class Repository
{
    internal static string Root { get; } = Find();

    /// <summary>C# files below a folder, as paths from the root with forward slashes; nothing that a build made.</summary>
    internal static IEnumerable<string> SourceFiles(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path =>
                !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal);

    internal static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    private static string Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Ringfence.slnx")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException("Ringfence.slnx is in no folder above " + AppContext.BaseDirectory);
    }
}
