using System.Collections.Immutable;

namespace Ringfence.Screening.Lists;

/// <summary>
/// Reads a list: one entry a line, or CSV with the entry first and a label second (comma, semicolon or tab; a field
/// may be quoted). "#" begins a comment; a heading line such as "number,label" is passed over.
/// </summary>
public static class ListFile
{
    private const int KeptRejects = 1000;
    private const int ProgressEvery = 65_536;
    private const int MaxLine = 4096;

    /// <summary>Reads to the end. The list is there only where at most <paramref name="allowedRejects"/> lines were rejected.</summary>
    /// <param name="text">The text.</param>
    /// <param name="allowedRejects">Lines that may be wrong.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="taken">Hears of each entry, also of those of a list that in the end is not there.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static ListImport Read(
        TextReader text,
        int allowedRejects = 0,
        IProgress<ListProgress>? progress = null,
        ListEntryTaken? taken = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        var builder = new NumberListBuilder();
        var rejected = ImmutableArray.CreateBuilder<RejectedLine>();
        var totals = default(ListProgress);
        var mayBeHeading = true;
        while (text.ReadLine() is { } line)
        {
            totals = totals with { Lines = totals.Lines + 1, Characters = totals.Characters + line.Length + 1 };
            var fault = ReadLine(line, builder, taken, ref mayBeHeading, out var isEntry);
            if (fault is not null)
            {
                totals = totals with { Rejected = totals.Rejected + 1 };
                if (rejected.Count < KeptRejects)
                {
                    rejected.Add(new RejectedLine(totals.Lines, line.Length > 80 ? line[..80] : line, fault));
                }
            }
            else if (isEntry)
            {
                totals = totals with { Accepted = totals.Accepted + 1 };
            }

            if (totals.Lines % ProgressEvery == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(totals);
            }
        }

        progress?.Report(totals);
        return new ListImport
        {
            List = totals.Rejected <= allowedRejects ? builder.Build() : null,
            Totals = totals,
            Rejected = rejected.ToImmutable(),
        };
    }

    private static string? ReadLine(
        string line,
        NumberListBuilder builder,
        ListEntryTaken? taken,
        ref bool mayBeHeading,
        out bool isEntry
    )
    {
        var rest = line.AsSpan().Trim("\uFEFF \t");
        isEntry = !rest.IsEmpty && rest[0] != '#';
        if (!isEntry)
        {
            return null;
        }

        if (line.Length > MaxLine)
        {
            return $"longer than {MaxLine} characters";
        }

        if (!TryTakeField(ref rest, out var entry) || !TryTakeField(ref rest, out var label))
        {
            return "a quoted field is not closed";
        }

        if (mayBeHeading && IsHeading(entry))
        {
            mayBeHeading = isEntry = false;
            return null;
        }

        mayBeHeading = false;
        if (!builder.TryAdd(entry, label.IsEmpty ? null : label.ToString(), out var fault))
        {
            return fault;
        }

        taken?.Invoke(entry, label);
        return null;
    }

    private static bool IsHeading(ReadOnlySpan<char> entry) =>
        entry.ToString().ToUpperInvariant()
            is "NUMBER"
                or "NUMBERS"
                or "PHONE"
                or "CALLER"
                or "ENTRY"
                or "TEL"
                or "PREFIX";

    private static bool TryTakeField(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> field)
    {
        rest = rest.TrimStart();
        if (rest is ['"', ..])
        {
            var close = rest[1..].IndexOf('"');
            field = close < 0 ? default : rest.Slice(1, close);
            rest = close < 0 ? default : rest[(close + 2)..].TrimStart(" ,;\t");
            return close >= 0;
        }

        var end = rest.IndexOfAny(",;\t#");
        field = (end < 0 ? rest : rest[..end]).Trim();
        rest = end < 0 || rest[end] == '#' ? default : rest[(end + 1)..];
        return true;
    }
}
