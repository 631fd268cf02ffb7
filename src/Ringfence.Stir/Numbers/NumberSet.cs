using System.Collections.Frozen;
using Ringfence.Stir.Certificates;

namespace Ringfence.Stir.Numbers;

/// <summary>A set of canonical numbers: single ones, ranges and prefixes.</summary>
public sealed class NumberSet
{
    private readonly FrozenSet<string> _numbers;
    private readonly TelephoneNumberRange[] _ranges;
    private readonly string[] _prefixes;

    private NumberSet(FrozenSet<string> numbers, TelephoneNumberRange[] ranges, string[] prefixes)
    {
        _numbers = numbers;
        _ranges = ranges;
        _prefixes = prefixes;
    }

    /// <summary>The set of no numbers.</summary>
    public static NumberSet Empty { get; } = Parse([]);

    /// <summary>Reads a set.</summary>
    /// <param name="lines">
    /// "12155550100", "12155550100-12155550199" or "3314*", each with or without "+"; "#" begins a comment, empty lines are skipped.
    /// </param>
    /// <exception cref="FormatException">A line is none of these: numbers are configured, not received.</exception>
    public static NumberSet Parse(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var numbers = new HashSet<string>(StringComparer.Ordinal);
        var ranges = new List<TelephoneNumberRange>();
        var prefixes = new List<string>();
        foreach (string line in lines)
        {
            string entry = line.Split('#', 2)[0].Replace("+", "", StringComparison.Ordinal).Trim();
            string[] ends = entry.Split('-', StringSplitOptions.TrimEntries);
            if (entry.Length == 0)
            {
                continue;
            }

            if (entry.EndsWith('*') && IsDigits(entry[..^1]))
            {
                prefixes.Add(entry[..^1]);
            }
            else if (ends.Length == 2 && IsDigits(ends[0]) && IsDigits(ends[1]) && ends[0].Length == ends[1].Length)
            {
                ranges.Add(Range(ends[0], ends[1], line));
            }
            else if (IsDigits(entry))
            {
                numbers.Add(entry);
            }
            else
            {
                throw new FormatException($"\"{line}\" is no number, range or prefix.");
            }
        }

        return new NumberSet(numbers.ToFrozenSet(StringComparer.Ordinal), [.. ranges], [.. prefixes]);
    }

    /// <summary>Whether the number is in the set.</summary>
    /// <param name="number">A canonical number.</param>
    public bool Contains(string number) =>
        _numbers.Contains(number)
        || Array.Exists(_ranges, range => range.Contains(number.AsSpan()))
        || Array.Exists(_prefixes, prefix => number.StartsWith(prefix, StringComparison.Ordinal));

    private static bool IsDigits(string text) => text.Length is > 0 and <= 18 && text.All(char.IsAsciiDigit);

    private static TelephoneNumberRange Range(string first, string last, string line)
    {
        long count = long.Parse(last, null) - long.Parse(first, null) + 1;
        return count > 0
            ? new TelephoneNumberRange(first, (ulong)count)
            : throw new FormatException($"\"{line}\" ends before it begins.");
    }
}
