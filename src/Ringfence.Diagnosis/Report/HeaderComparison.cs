using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Report;

/// <summary>
/// In which header fields two messages differ, as far as it tells anything: whether a field is there at all, and the values of those whose
/// values steer what happens. Who calls whom, by which way and under which tags is another in every call.
/// </summary>
internal static class HeaderComparison
{
    private const int Longest = 160;

    private static readonly HashSet<HeaderId> Steering =
    [
        HeaderId.Require,
        HeaderId.ProxyRequire,
        HeaderId.Supported,
        HeaderId.Unsupported,
        HeaderId.Allow,
        HeaderId.Accept,
        HeaderId.ContentType,
        HeaderId.ContentDisposition,
        HeaderId.UserAgent,
        HeaderId.Server,
        HeaderId.Reason,
        HeaderId.Warning,
        HeaderId.SessionExpires,
        HeaderId.MinSE,
        HeaderId.Privacy,
        HeaderId.PEarlyMedia,
        HeaderId.RetryAfter,
        HeaderId.Expires,
        HeaderId.RequestDisposition,
        HeaderId.AlertInfo,
    ];

    // What a stack writes or leaves out without anybody minding.
    private static readonly HashSet<HeaderId> Idle =
    [
        HeaderId.Via,
        HeaderId.ContentLength,
        HeaderId.Date,
        HeaderId.Timestamp,
        HeaderId.MaxForwards,
        HeaderId.MimeVersion,
    ];

    public static IEnumerable<HeaderChange> Of(TraceMessage good, TraceMessage bad)
    {
        var (before, after) = (Fields(good), Fields(bad));
        foreach (var (name, value) in before)
        {
            if (!after.TryGetValue(name, out var other))
            {
                yield return new HeaderChange(good.Label, name, Shown(value), null);
            }
            else if (
                Steering.Contains(HeaderNames.Find(System.Text.Encoding.UTF8.GetBytes(name))) && !IsSame(value, other)
            )
            {
                yield return new HeaderChange(good.Label, name, Shown(value), Shown(other));
            }
        }

        foreach (var (name, value) in after.Where(field => !before.ContainsKey(field.Key)))
        {
            yield return new HeaderChange(good.Label, name, null, Shown(value));
        }
    }

    private static Dictionary<string, string> Fields(TraceMessage message)
    {
        Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase);
        foreach (ref readonly var header in message.Sip.Headers)
        {
            if (Idle.Contains(header.Id))
            {
                continue;
            }

            var name = TraceMessage.Text(
                header.Id == HeaderId.Other ? message.Sip.Name(header) : HeaderNames.Name(header.Id)
            );
            var value = TraceMessage.Text(message.Sip.Value(header));
            fields[name] = fields.TryGetValue(name, out var first) ? $"{first}, {value}" : value;
        }

        return fields;
    }

    // Option tags and methods are sets: their order says nothing.
    private static bool IsSame(string good, string bad) => Parts(good).SetEquals(Parts(bad));

    private static HashSet<string> Parts(string value) =>
        value
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static string Shown(string value) => value.Length <= Longest ? value : value[..Longest] + "…";
}
