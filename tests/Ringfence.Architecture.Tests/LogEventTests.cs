using System.Text.RegularExpressions;

namespace Ringfence.Architecture.Tests;

/// <summary>Event ids of log lines never move and are never given twice: operators filter by them.</summary>
public sealed partial class LogEventTests
{
    [Fact]
    public void A_log_event_id_is_given_once()
    {
        string[] twice =
        [
            .. from path in Repository.SourceFiles("src")
            let text = File.ReadAllText(Path.Combine(Repository.Root, path))
            from Match match in LoggerMessageId().Matches(text)
            group path by match.Groups[1].Value into id
            where id.Count() > 1
            select $"{id.Key}: {string.Join(", ", id)}",
        ];
        twice.ShouldBeEmpty();
    }

    [Fact]
    public void Every_log_line_has_an_event_id() =>
        (
            from path in Repository.SourceFiles("src")
            let text = File.ReadAllText(Path.Combine(Repository.Root, path))
            where LoggerMessage().Count(text) != LoggerMessageId().Count(text)
            select path
        ).ShouldBeEmpty();

    [GeneratedRegex(@"\[LoggerMessage\(\s*(\d+)")]
    private static partial Regex LoggerMessageId();

    [GeneratedRegex(@"\[LoggerMessage\(")]
    private static partial Regex LoggerMessage();
}
