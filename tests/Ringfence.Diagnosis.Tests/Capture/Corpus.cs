using System.Runtime.CompilerServices;

namespace Ringfence.Diagnosis.Tests.Capture;

/// <summary>The open captures beside the checkout, where they are present.</summary>
internal static class Corpus
{
    public static string? Folder { get; } = Find();

    public static string Path(string name) => System.IO.Path.Combine(Folder ?? ".", name);

    public static void SkipIfAbsent() => Assert.SkipWhen(Folder is null, "skipped: corpus not present");

    private static string? Find([CallerFilePath] string here = "")
    {
        var folder = System.IO.Path.GetDirectoryName(here);
        while (folder is not null)
        {
            var captures = System.IO.Path.Combine(folder, "..", "shared", "captures");
            if (Directory.Exists(captures))
            {
                return System.IO.Path.GetFullPath(captures);
            }

            folder = System.IO.Path.GetDirectoryName(folder);
        }

        return null;
    }
}
