namespace Ringfence.Sip.Tests.Messages;

/// <summary>Where the tests find their files: in the checkout, and in corpora beside it that may be absent.</summary>
internal static class Checkout
{
    private static string Root { get; } = Find();

    /// <summary>Bytes of a file below this folder.</summary>
    internal static byte[] Read(string path) => File.ReadAllBytes(PathOf(path));

    /// <summary>Full path of a file below this folder.</summary>
    internal static string PathOf(string path) => Path.Combine(Root, "tests", "Ringfence.Sip.Tests", "Messages", path);

    /// <summary>Full path of something beside the checkout; skips the test when it is not there.</summary>
    internal static string Shared(string path)
    {
        string full = Path.Combine(Root, "..", "shared", path);
        Assert.SkipUnless(Path.Exists(full), "skipped: corpus not present");
        return full;
    }

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
