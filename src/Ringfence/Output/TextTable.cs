namespace Ringfence.Output;

/// <summary>Columns as wide as their widest cell, two spaces between; control characters of cells, which callers may choose, are left out.</summary>
internal static class TextTable
{
    internal static void Print(string[] heading, IEnumerable<string[]> rows)
    {
        string[][] cells = [.. rows.Select(row => row.Select(Printable).ToArray())];
        int[] widths =
        [
            .. heading.Select((word, column) => cells.Select(row => row[column].Length).Append(word.Length).Max()),
        ];
        Console.WriteLine(Terminal.Dim(Line(heading, widths)));
        foreach (string[] row in cells)
        {
            Console.WriteLine(Line(row, widths));
        }
    }

    internal static string Printable(string text) => string.Concat(text.Where(c => !char.IsControl(c)));

    private static string Line(string[] row, int[] widths) =>
        string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd();
}
