using System.Text.RegularExpressions;

namespace Ringfence.Edge.Tests.Configuration;

/// <summary>The guides in docs/, as far as they show configurations.</summary>
internal static class Guides
{
    /// <summary>Indented blocks that begin with one of these keys or with the comment that names a schema.</summary>
    internal static IEnumerable<string> Examples(string[] keys) =>
        Directory
            .EnumerateFiles(Path.Combine(Checkout(), "docs"), "*.md")
            .SelectMany(file => Blocks(File.ReadAllLines(file)))
            .Where(block => Array.Exists(keys, key => Regex.IsMatch(block, $"^(#[^\n]*\n)*{key}:[ \n]")));

    private static IEnumerable<string> Blocks(string[] lines)
    {
        List<string> block = [];
        foreach (string line in lines.Append("end"))
        {
            if (line.StartsWith("    ", StringComparison.Ordinal))
            {
                block.Add(line[4..]);
            }
            else if (line.Length > 0 || block.Count == 0)
            {
                yield return string.Join('\n', block) + "\n";
                block.Clear();
            }
            else
            {
                block.Add("");
            }
        }
    }

    private static string Checkout()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Ringfence.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests run outside the checkout.");
    }
}
