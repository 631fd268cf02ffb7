using System.Text.Json;

namespace Ringfence.Codes;

/// <summary>
/// One dimension along which codes are described and compared: its key in the labels, the value of a code as a key, and its
/// sources. The order of <see cref="All"/> is the order of what matters.
/// </summary>
internal sealed record Axis(string Name, Func<CodeFacts, string> Value, Func<CodeFacts, IReadOnlyList<string>> Sources)
{
    private static readonly string[] OfClass = ["RFC 3261 §7.2"];

    public static readonly Axis[] All =
    [
        new("class", f => Key(f.Class), _ => OfClass),
        Of("session", f => f.Session),
        Of("forking", f => f.Forking),
        Of("media", f => f.Media),
        Of("speaks", f => f.Speaks),
        Of("retry", f => f.Retry),
        Of("hears", f => f.Hears),
        Of("billing", f => f.Billing),
        Of("best", f => f.Best),
        Of("sdp", f => f.Sdp),
        Of("reliability", f => f.Reliability),
    ];

    /// <summary>An enumeration value as the data files write it.</summary>
    public static string Key<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    public Wording Word(CodeFacts facts, Language language) => language.Word(Name, Value(facts));

    private static Axis Of<T>(string name, Func<CodeFacts, Sourced<T>> fact)
        where T : struct, Enum => new(name, f => Key(fact(f).Value), f => fact(f).Sources);
}
