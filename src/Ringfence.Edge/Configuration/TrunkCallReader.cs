using Ringfence.Sip.Calls;

namespace Ringfence.Edge.Configuration;

/// <summary>Reads what of a trunk is about SIP: <c>100rel</c>, <c>session-timer</c>, <c>refer</c>.</summary>
internal static class TrunkCallReader
{
    private const int LeastSeconds = 90;
    private const int MostSeconds = 86_400;

    internal static TrunkCallConfiguration Read(YamlMap trunk, Mistakes mistakes) =>
        new()
        {
            Reliability = trunk.Choice(
                "100rel",
                ("supported", Reliability.Supported),
                ("off", Reliability.Off),
                ("required", Reliability.Required)
            ),
            SessionSeconds = ReadSession(trunk, mistakes),
            PassesReferrals = trunk.Choice("refer", ("refuse", false), ("pass", true)),
        };

    private static int ReadSession(YamlMap trunk, Mistakes mistakes)
    {
        string? text = trunk.Text("session-timer", "30m");
        if (text is null)
        {
            return TrunkCallConfiguration.UsualSessionSeconds;
        }

        int factor =
            text.EndsWith('m') ? 60
            : text.EndsWith('s') ? 1
            : 0;
        bool isSound =
            int.TryParse(text.AsSpan(0, Math.Max(0, text.Length - 1)), out int number)
            && factor > 0
            && number <= MostSeconds
            && number * factor is >= LeastSeconds and <= MostSeconds;
        if (text != "off" && !isSound)
        {
            mistakes.Add(
                trunk.Get("session-timer")!,
                $"session-timer cannot be \"{text}\"",
                "off, or 90s to 1440m, for instance session-timer: 30m"
            );
        }

        return text == "off" || !isSound ? 0 : number * factor;
    }
}
