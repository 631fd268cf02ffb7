using System.Globalization;
using System.Text;

namespace Ringfence.Output;

/// <summary>What the terminal can show. Colours only on a terminal, and never where NO_COLOR asks for none.</summary>
internal static class Terminal
{
    private const int WidthWithoutTerminal = 100;
    private const int Narrowest = 40;

    internal static bool Colours =>
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>Columns: the terminal's, or what COLUMNS says where the output goes elsewhere.</summary>
    internal static int Width =>
        !Console.IsOutputRedirected ? Math.Max(Narrowest, Console.WindowWidth)
        : int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), CultureInfo.InvariantCulture, out int columns)
            ? Math.Max(Narrowest, columns)
        : WidthWithoutTerminal;

    /// <summary>The output; with ASCII alone where that is asked for, or the terminal's encoding has no line drawing.</summary>
    internal static TextWriter Writer(bool ascii) =>
        ascii || Console.OutputEncoding.CodePage != Encoding.UTF8.CodePage ? new AsciiWriter(Console.Out) : Console.Out;

    internal static string Bold(string text) => Colours ? $"\e[1m{text}\e[0m" : text;

    internal static string Dim(string text) => Colours ? $"\e[2m{text}\e[0m" : text;

    internal static string Good(string text) => Colours ? $"\e[32m{text}\e[0m" : text;

    internal static string Bad(string text) => Colours ? $"\e[31m{text}\e[0m" : text;

    /// <summary>A label and a text behind it, wrapped to the width, its further lines below the text.</summary>
    internal static string Labelled(string label, string text)
    {
        const int column = 12;
        StringBuilder lines = new(("  " + label).PadRight(column));
        int used = column;
        foreach (string word in text.Split(' '))
        {
            if (used > column && used + 1 + word.Length > Width)
            {
                lines.AppendLine().Append(' ', column);
                used = column;
            }

            lines.Append(used > column ? " " : "").Append(word);
            used += word.Length + (used > column ? 1 : 0);
        }

        return lines.ToString();
    }
}
