namespace Ringfence.Edge.Configuration;

/// <summary>Reads a duration: 1500ms, 60s, 2m, 1h or 7d.</summary>
internal static class YamlDuration
{
    internal static TimeSpan Read(YamlMap map, string key, TimeSpan otherwise, TimeSpan longest, Mistakes mistakes)
    {
        string? text = map.Text(key, "60s");
        if (text is null)
        {
            return otherwise;
        }

        string digits = text.TrimEnd('m', 's', 'h', 'd');
        TimeSpan unit = text[digits.Length..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            "d" => TimeSpan.FromDays(1),
            _ => TimeSpan.Zero,
        };
        if (unit > TimeSpan.Zero && int.TryParse(digits, out int number) && number > 0 && number <= longest / unit)
        {
            return number * unit;
        }

        mistakes.Add(
            map.Get(key)!,
            $"{key} cannot be \"{text}\"",
            $"a duration of at most {Words(longest)}, for instance {key}: {Words(otherwise)}"
        );
        return otherwise;
    }

    private static string Words(TimeSpan time) =>
        time.TotalDays >= 1 ? $"{(int)time.TotalDays}d"
        : time.TotalHours >= 1 ? $"{(int)time.TotalHours}h"
        : time.TotalMinutes > 1 ? $"{(int)time.TotalMinutes}m"
        : $"{(int)time.TotalMilliseconds}ms";
}
