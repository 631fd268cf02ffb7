using System.Globalization;
using Ringfence.Output;
using Ringfence.Screening.Lists;

namespace Ringfence.Commands.Lists;

/// <summary>Reads list files with a bar, and tells what is wrong in them.</summary>
internal static class ListReading
{
    internal const int ShownRejects = 20;

    /// <summary>Reads one file; "-" is standard input.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static ListImport Read(
        string name,
        int allowedRejects,
        CancellationToken cancellation,
        ListEntryTaken? taken = null
    )
    {
        using var bar = new ProgressLine(name == "-" ? "reading" : Path.GetFileName(name));
        double size = name == "-" ? -1 : Math.Max(1, new FileInfo(name).Length);
        var progress = new Bar(bar, size);
        if (name == "-")
        {
            return ListFile.Read(Console.In, allowedRejects, progress, taken, cancellation);
        }

        using var text = new StreamReader(name);
        return ListFile.Read(text, allowedRejects, progress, taken, cancellation);
    }

    /// <summary>"file:line: "text": fault", as many as asked for, and how many more there are.</summary>
    internal static void TellRejects(TextWriter output, string name, ListImport import, int most)
    {
        foreach (RejectedLine line in import.Rejected.Take(most))
        {
            output.WriteLine($"{name}:{line.Line}: \"{TextTable.Printable(line.Text)}\": {line.Fault}");
        }

        int more = import.Totals.Rejected - Math.Min(most, import.Rejected.Length);
        if (more > 0)
        {
            output.WriteLine($"{name}: and {Count(more)} more");
        }
    }

    internal static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private sealed class Bar(ProgressLine bar, double size) : IProgress<ListProgress>
    {
        public void Report(ListProgress value) =>
            bar.Report(
                size < 0 ? -1 : value.Characters / size,
                $"{Count(value.Accepted)} entries{(value.Rejected > 0 ? $", {Count(value.Rejected)} rejected" : "")}"
            );
    }
}
