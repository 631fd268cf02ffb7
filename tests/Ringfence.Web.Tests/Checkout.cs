namespace Ringfence.Web.Tests;

/// <summary>Where the source lies.</summary>
internal static class Checkout
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
