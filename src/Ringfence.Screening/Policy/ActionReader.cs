using Ringfence.Screening.Rules;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Screening.Policy;

/// <summary>Reads what a rule does: "progress", "challenge press-digit", "refuse 608", "mark word".</summary>
internal static class ActionReader
{
    private static readonly string[] Codes =
    [
        .. Enum.GetValues<RefusalCode>().Where(c => c != RefusalCode.ByWhoDecided).Select(Spell),
    ];

    public static RuleAction? Read(YamlNode node, MistakeLog log)
    {
        var words = (RuleReader.Scalar(node) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["progress"]:
                return new RuleAction(RuleVerb.Progress);
            case ["challenge", "press-digit"]:
                return new RuleAction(RuleVerb.Challenge, Challenge: ChallengeKind.PressDigit);
            case ["challenge", "say-who"]:
                return new RuleAction(RuleVerb.Challenge, Challenge: ChallengeKind.SayWho);
            case ["challenge", ..]:
                log.Error(node, $"'{node}' is no challenge", "write 'challenge press-digit' or 'challenge say-who'");
                return null;
            case ["refuse"]:
                return new RuleAction(RuleVerb.Refuse);
            case ["refuse", var code]:
                return ReadCode(node, code, log);
            case ["mark", { Length: <= 40 } word] when IsWord(word):
                return new RuleAction(RuleVerb.Mark, Mark: word);
            case ["mark", ..]:
                log.Error(
                    node,
                    $"'{node}' is no mark",
                    "write 'mark' and one word of at most 40 letters, digits and hyphens"
                );
                return null;
            default:
                log.Error(
                    node,
                    $"'{node}' is nothing that a rule can do",
                    Spelling.Suggest(words.FirstOrDefault(""), ["progress", "challenge", "refuse", "mark"])
                );
                return null;
        }
    }

    private static RuleAction? ReadCode(YamlNode node, string text, MistakeLog log)
    {
        var place = Array.IndexOf(Codes, text);
        if (place < 0)
        {
            log.Error(
                node,
                $"'{text}' is no code that refuses a call",
                $"choose from: {string.Join(", ", Codes)}, or none for the code by who decided"
            );
            return null;
        }

        return new RuleAction(RuleVerb.Refuse, Enum.GetValues<RefusalCode>()[place + 1]);
    }

    private static string Spell(RefusalCode code) =>
        new RuleAction(RuleVerb.Refuse, code).ToString()["refuse ".Length..];

    private static bool IsWord(string word) => word.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
