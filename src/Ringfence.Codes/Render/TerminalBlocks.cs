using System.Globalization;
using System.Text;

namespace Ringfence.Codes;

/// <summary>Writes blocks as plain text, never wider than the terminal.</summary>
internal sealed class TerminalBlocks(int width)
{
    private const int Indent = 2;
    private const int NarrowestTable = 60;

    private readonly StringBuilder text = new();

    public string Write(IEnumerable<Block> blocks)
    {
        foreach (var block in blocks)
        {
            if (text.Length > 0)
            {
                text.Append('\n');
            }
            Write(block);
        }
        return text.ToString();
    }

    private void Write(Block block)
    {
        switch (block)
        {
            case Block.Heading heading:
                Write(heading);
                break;
            case Block.Paragraph paragraph:
                Wrapped(paragraph.Text, first: "", rest: "");
                break;
            case Block.Items items:
                Write(items);
                break;
            case Block.Table table when width < NarrowestTable:
                Stacked(table);
                break;
            case Block.Table table:
                Write(table);
                break;
            case Block.Shaped shaped:
                text.AppendJoin('\n', shaped.Lines(width)).Append('\n');
                break;
        }
    }

    private void Write(Block.Heading heading)
    {
        var lines = TextWrap.Lines(heading.Text, width);
        text.AppendJoin('\n', lines).Append('\n');
        if (heading.Level == 1)
        {
            text.Append('═', lines.Max(line => line.Length)).Append('\n');
        }
        else if (heading.Level == 2)
        {
            text.Append('─', lines.Max(line => line.Length)).Append('\n');
        }
    }

    private void Write(Block.Items items)
    {
        for (var i = 0; i < items.Texts.Count; i++)
        {
            var mark = items.Numbered ? string.Create(CultureInfo.InvariantCulture, $"{i + 1}. ") : "• ";
            Wrapped(items.Texts[i], mark.PadLeft(mark.Length + Indent), new string(' ', mark.Length + Indent));
        }
    }

    private void Write(Block.Table table)
    {
        var columns = ColumnWidths(table);
        for (var row = 0; row < table.Rows.Count; row++)
        {
            var cells = table.Rows[row].Select((cell, i) => TextWrap.Lines(cell, columns[i])).ToArray();
            for (var line = 0; line < cells.Max(cell => cell.Count); line++)
            {
                var parts = cells.Select((cell, i) => (line < cell.Count ? cell[line] : "").PadRight(columns[i]));
                text.Append(string.Join("  ", parts).TrimEnd()).Append('\n');
            }
            if (row == 0)
            {
                text.AppendJoin("  ", columns.Select(column => new string('─', column))).Append('\n');
            }
        }
    }

    /// <summary>Columns as wide as their widest cell; if that is too much, the wide ones share what is left evenly.</summary>
    private int[] ColumnWidths(Block.Table table)
    {
        var natural = Enumerable
            .Range(0, table.Rows[0].Count)
            .Select(i => Math.Max(1, table.Rows.Max(row => row[i].Length)))
            .ToArray();
        var room = width - (2 * (natural.Length - 1));
        var widths = new int[natural.Length];
        var order = Enumerable.Range(0, natural.Length).OrderBy(i => natural[i]).ToArray();
        for (var i = 0; i < order.Length; i++)
        {
            widths[order[i]] = Math.Min(natural[order[i]], room / (order.Length - i));
            room -= widths[order[i]];
        }
        return widths;
    }

    private void Stacked(Block.Table table)
    {
        var head = table.Rows[0];
        foreach (var row in table.Rows.Skip(1))
        {
            Wrapped(row[0], "", "");
            for (var i = 1; i < row.Count; i++)
            {
                Wrapped(table.Language.Line(head[i], row[i]), new string(' ', Indent), new string(' ', 2 * Indent));
            }
        }
    }

    private void Wrapped(string words, string first, string rest)
    {
        var lines = TextWrap.Lines(words, Math.Max(1, width - Math.Max(first.Length, rest.Length)));
        for (var i = 0; i < lines.Count; i++)
        {
            text.Append(i == 0 ? first : rest).Append(lines[i]).Append('\n');
        }
    }
}
