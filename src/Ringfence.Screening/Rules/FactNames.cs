using System.Collections.Frozen;
using System.Text.Json;

namespace Ringfence.Screening.Rules;

/// <summary>Facts by the names that a policy writes: the enum's own, in lower case with hyphens.</summary>
internal static class FactNames
{
    private static readonly string[] Names =
    [
        .. Enum.GetNames<FactName>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName),
    ];

    private static readonly FrozenDictionary<string, FactName> ByName = Names
        .Select((name, i) => (name, (FactName)i))
        .ToFrozenDictionary(p => p.name, p => p.Item2, StringComparer.Ordinal);

    public static string Of(FactName fact) => Names[(int)fact];

    public static bool TryParse(string name, out FactName fact) => ByName.TryGetValue(name, out fact);
}
