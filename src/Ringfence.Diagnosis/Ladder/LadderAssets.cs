namespace Ringfence.Diagnosis.Ladder;

/// <summary>What a page needs beside the picture: its style, its colours where the page has none of its own, its script.</summary>
public static class LadderAssets
{
    /// <summary>The style of the picture and of the report around it; colours are properties of the page: <c>--t1</c> and so on.</summary>
    public static string Style { get; } = Read("ladder.css") + Read("report.css");

    /// <summary>The style of the picture alone.</summary>
    internal static string Picture { get; } = Read("ladder.css");

    /// <summary>The colours, light and dark and for print, for a page or picture of its own.</summary>
    public static string Colours { get; } = Read("colours.css");

    /// <summary>Choosing arrows and findings, and the player. Every page reads without it.</summary>
    public static string Script { get; } = Read("ladder.js");

    private static string Read(string name)
    {
        using var stream = typeof(LadderAssets).Assembly.GetManifestResourceStream("ladder/" + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
