using System.Diagnostics.CodeAnalysis;

namespace Ringfence.Codes;

/// <summary>Every registered SIP response code, and those met in the field. Read once, on first use.</summary>
public static class CodeCatalogue
{
    private static readonly Lazy<CodeFacts[]> Facts = new(ReadFacts);
    private static readonly Lazy<Dictionary<int, CodeFacts>> ByCode = new(() => Facts.Value.ToDictionary(f => f.Code));
    private static readonly Lazy<Dictionary<int, string>> CauseNames = new(() =>
        DataFile
            .Read("q850/causes.json", CodesJsonContext.Default.Q850CauseArray)
            .ToDictionary(c => c.Cause, c => c.Name)
    );

    /// <summary>All codes in ascending order, field codes among them.</summary>
    public static IReadOnlyList<CodeFacts> All => Facts.Value;

    /// <summary>The codes of the IANA registry in ascending order.</summary>
    public static IEnumerable<CodeFacts> Registered => Facts.Value.Where(f => f.Status != CodeStatus.Field);

    /// <summary>The codes of one class in ascending order.</summary>
    /// <param name="statusClass">The class.</param>
    public static IEnumerable<CodeFacts> OfClass(SipStatusClass statusClass) =>
        Facts.Value.Where(f => f.Class == statusClass);

    /// <summary>The facts of one code.</summary>
    /// <param name="code">Status code.</param>
    /// <exception cref="ArgumentOutOfRangeException">The code is not in the catalogue.</exception>
    public static CodeFacts Get(int code) =>
        TryGet(code, out var facts)
            ? facts
            : throw new ArgumentOutOfRangeException(nameof(code), code, "not in the catalogue of response codes");

    /// <summary>The facts of one code, if it is in the catalogue.</summary>
    /// <param name="code">Status code.</param>
    /// <param name="facts">The facts.</param>
    public static bool TryGet(int code, [NotNullWhen(true)] out CodeFacts? facts) =>
        ByCode.Value.TryGetValue(code, out facts);

    /// <summary>The name of a Q.850 cause, or null for a number without a name.</summary>
    /// <param name="cause">Cause number, 0 to 127.</param>
    public static string? CauseName(int cause) => CauseNames.Value.GetValueOrDefault(cause);

    private static CodeFacts[] ReadFacts() =>
        [
            .. DataFile
                .Names("codes/facts/")
                .Select(name => DataFile.Read(name, CodesJsonContext.Default.CodeFacts))
                .OrderBy(f => f.Code),
        ];
}
