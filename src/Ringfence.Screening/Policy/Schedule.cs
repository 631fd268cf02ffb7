using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Ringfence.Screening.Policy;

/// <summary>
/// Days and hours: "mon-fri 09:00-18:00 Europe/Paris", "sat,sun", "22:00-07:00" (through midnight; the days are those of the
/// beginning). Without a zone the call's own offset counts.
/// </summary>
[JsonConverter(typeof(ScheduleJson))]
public sealed class Schedule
{
    private const int Day = 24 * 60;
    private static readonly string[] DayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly string _text;
    private readonly int _days;
    private readonly int _from;
    private readonly int _to;
    private readonly TimeZoneInfo? _zone;

    private Schedule(string text, int days, int from, int to, TimeZoneInfo? zone)
    {
        _text = text;
        _days = days;
        _from = from;
        _to = to;
        _zone = zone;
    }

    /// <summary>Reads a schedule; false with the fault, in words.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Schedule? schedule, out string? fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        schedule = null;
        fault = null;
        var (days, from, to) = (0x7F, 0, Day);
        TimeZoneInfo? zone = null;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (char.IsAsciiDigit(word[0]))
            {
                fault = TryParseHours(word, out from, out to) ? null : $"'{word}' is no time span such as 22:00-07:00";
            }
            else if (word.Contains('/', StringComparison.Ordinal) || word is "UTC")
            {
                fault = TimeZoneInfo.TryFindSystemTimeZoneById(word, out zone)
                    ? null
                    : $"'{word}' is no time zone such as Europe/Paris";
            }
            else
            {
                fault = TryParseDays(word, out days) ? null : $"'{word}' is no day such as mon, mon-fri or sat,sun";
            }

            if (fault is not null)
            {
                return false;
            }
        }

        fault = text.AsSpan().IsWhiteSpace() ? "a schedule names days, hours or both" : null;
        schedule = fault is null ? new Schedule(text, days, from, to, zone) : null;
        return fault is null;
    }

    /// <summary>True within the schedule.</summary>
    public bool Contains(DateTimeOffset at)
    {
        var local = LocalTime(at);
        var minute = (local.Hour * 60) + local.Minute;
        var today = (int)local.DayOfWeek;
        var isToday = (_days & (1 << today)) != 0;
        var wasYesterday = (_days & (1 << ((today + 6) % 7))) != 0;
        return _from < _to
            ? isToday && minute >= _from && minute < _to
            : (isToday && minute >= _from) || (wasYesterday && minute < _to);
    }

    /// <summary>The time of the call on the schedule's clock.</summary>
    public DateTimeOffset LocalTime(DateTimeOffset at) => _zone is null ? at : TimeZoneInfo.ConvertTime(at, _zone);

    /// <inheritdoc/>
    public override string ToString() => _text;

    private static bool TryParseHours(string word, out int from, out int to)
    {
        var dash = word.IndexOf('-', StringComparison.Ordinal);
        to = 0;
        return TryParseTime(word.AsSpan(0, Math.Max(dash, 0)), out from)
            && TryParseTime(word.AsSpan(dash + 1), out to)
            && from != to;
    }

    private static bool TryParseTime(ReadOnlySpan<char> text, out int minutes)
    {
        minutes = 0;
        if (
            text.IndexOf(':') is var colon and > 0
            && int.TryParse(text[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
            && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var minute)
        )
        {
            minutes = (hour * 60) + minute;
            return minute < 60 && minutes <= Day;
        }

        return false;
    }

    private static bool TryParseDays(string word, out int days)
    {
        days = 0;
        foreach (var part in word.ToLowerInvariant().Split(','))
        {
            var ends = part.Split('-');
            var first = Array.IndexOf(DayNames, ends[0]);
            var last = Array.IndexOf(DayNames, ends[^1]);
            if (first < 0 || last < 0 || ends.Length > 2)
            {
                return false;
            }

            for (var day = first; ; day = (day + 1) % 7)
            {
                days |= 1 << day;
                if (day == last)
                {
                    break;
                }
            }
        }

        return true;
    }
}
