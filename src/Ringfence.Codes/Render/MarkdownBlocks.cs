using System.Globalization;
using System.Text;

namespace Ringfence.Codes;

/// <summary>Writes blocks as Markdown (GitHub flavour).</summary>
internal static class MarkdownBlocks
{
    private const int ShapedWidth = 100;

    public static string Write(IEnumerable<Block> blocks)
    {
        var text = new StringBuilder();
        foreach (var block in blocks)
        {
            if (text.Length > 0)
            {
                text.Append('\n');
            }
            Write(text, block);
        }
        return text.ToString();
    }

    private static void Write(StringBuilder text, Block block)
    {
        switch (block)
        {
            case Block.Heading heading:
                text.Append('#', heading.Level).Append(' ').Append(Escape(heading.Text)).Append('\n');
                break;
            case Block.Paragraph paragraph:
                text.Append(Escape(paragraph.Text)).Append('\n');
                break;
            case Block.Items items:
                Write(text, items);
                break;
            case Block.Table table:
                Write(text, table);
                break;
            case Block.Shaped shaped:
                text.Append("```\n").AppendJoin('\n', shaped.Lines(ShapedWidth)).Append("\n```\n");
                break;
        }
    }

    private static void Write(StringBuilder text, Block.Items items)
    {
        for (var i = 0; i < items.Texts.Count; i++)
        {
            text.Append(items.Numbered ? string.Create(CultureInfo.InvariantCulture, $"{i + 1}. ") : "- ");
            text.Append(Escape(items.Texts[i])).Append('\n');
        }
    }

    private static void Write(StringBuilder text, Block.Table table)
    {
        for (var i = 0; i < table.Rows.Count; i++)
        {
            text.Append("| ").AppendJoin(" | ", table.Rows[i].Select(Cell)).Append(" |\n");
            if (i == 0)
            {
                text.Append('|').Insert(text.Length, " --- |", table.Rows[0].Count).Append('\n');
            }
        }
    }

    private static string Cell(string text) => Escape(text).Replace("|", "\\|", StringComparison.Ordinal);

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("*", "\\*", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal)
            .Replace("`", "\\`", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal);
}
