using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Screening.Policy;

/// <summary>Reads and compiles policies, and reports every mistake at once.</summary>
public static class PolicyParser
{
    private const int MaxText = 4 << 20;
    private const int MaxDepth = 24;

    /// <summary>Reads a YAML text: a configuration with <c>policy:</c> in it, or the list of rules alone.</summary>
    /// <param name="yaml">The text, at most 4 MiB.</param>
    /// <param name="file">How mistakes shall name the file.</param>
    /// <param name="vocabulary">Names of lists and trunks that exist; null takes any.</param>
    public static PolicyParseResult Parse(string yaml, string file, PolicyVocabulary? vocabulary = null)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        var log = new MistakeLog(file);
        if (yaml.Length > MaxText)
        {
            log.Error(Mark.Empty, $"the text has {yaml.Length} characters", $"at most {MaxText} are read");
            return new PolicyParseResult(Policy: null, [.. log.InOrder]);
        }

        if (Load(yaml, log) is not { } root)
        {
            return new PolicyParseResult(Policy: null, [.. log.InOrder]);
        }

        var policy = root is YamlMappingNode map && map.Children.TryGetValue("policy", out var inside) ? inside : root;
        return Parse(policy, file, vocabulary);
    }

    /// <summary>Compiles the list of rules that a configuration holds under <c>policy:</c>.</summary>
    public static PolicyParseResult Parse(YamlNode policy, string file, PolicyVocabulary? vocabulary = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var log = new MistakeLog(file);
        var rules = new List<PolicyRule>();
        if (policy is not YamlSequenceNode list)
        {
            log.Error(policy, "a policy is a list of rules", "write 'policy:' and below it '- { when: {…}, then: … }'");
        }
        else if (list.Children.Count > ScreeningPolicy.MaxRules)
        {
            log.Error(
                policy,
                $"the policy has {list.Children.Count} rules",
                $"at most {ScreeningPolicy.MaxRules}; put numbers into lists"
            );
        }
        else
        {
            var reader = new RuleReader(log, vocabulary ?? new PolicyVocabulary());
            rules.AddRange(list.Children.Select(reader.Read).OfType<PolicyRule>());
        }

        if (log.HasErrors)
        {
            return new PolicyParseResult(Policy: null, [.. log.InOrder]);
        }

        var compiled = new ScreeningPolicy(rules);
        PolicyCheck.Warn(compiled, log);
        return new PolicyParseResult(compiled, [.. log.InOrder]);
    }

    private static YamlNode? Load(string yaml, MistakeLog log)
    {
        try
        {
            if (!IsShallow(yaml))
            {
                log.Error(
                    Mark.Empty,
                    $"lists and mappings are nested deeper than {MaxDepth}",
                    "write the rules one below the other"
                );
                return null;
            }

            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents.Count > 0)
            {
                return stream.Documents[0].RootNode;
            }

            log.Error(Mark.Empty, "there is no policy", "write 'policy:' and below it '- { when: {…}, then: … }'");
        }
        catch (YamlException e)
        {
            log.Error(e.Start, $"not YAML: {e.Message}", "mend the syntax; the mistakes of rules are reported after");
        }

        return null;
    }

    // The representation is built by recursion: a text of brackets must not get that far.
    private static bool IsShallow(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > MaxDepth)
            {
                return false;
            }
        }

        return true;
    }
}
