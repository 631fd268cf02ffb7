namespace Ringfence.Architecture.Tests;

/// <summary>The checkout that the tests run in.</summary>
internal static class Repository
{
    internal static string Root { get; } = Find();

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
