namespace Ringfence.Codes;

/// <summary>Which code should I send? Who decided, why, and for whom the answer speaks, as a table.</summary>
public static class DecisionTable
{
    private static readonly Lazy<DecisionRow[]> Read = new(() =>
        DataFile.Read("codes/decision/table.json", CodesJsonContext.Default.DecisionRowArray)
    );

    /// <summary>All rows, in the order in which they are to be tried.</summary>
    public static IReadOnlyList<DecisionRow> Rows => Read.Value;

    /// <summary>The first row that fits, or null if none does.</summary>
    /// <param name="who">Key of who decided.</param>
    /// <param name="why">Key of the reason.</param>
    /// <param name="whom">Key of who must understand it; null takes the first row of this reason.</param>
    public static DecisionRow? Find(string who, string why, string? whom = null) =>
        Rows.FirstOrDefault(row => row.Who == who && row.Why == why && (whom is null || row.Whom == whom));

    /// <summary>The whole table in a language.</summary>
    /// <param name="language">The language.</param>
    public static IReadOnlyList<DecisionAnswer> In(Language language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return [.. Rows.Select(row => Word(row, language))];
    }

    /// <summary>One row in a language.</summary>
    /// <param name="row">A row of the table.</param>
    /// <param name="language">The language.</param>
    public static DecisionAnswer Word(DecisionRow row, Language language)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(language);
        var words = language.Decision;
        return new(
            row.Id,
            words.Who[row.Who],
            words.Why[row.Why],
            words.Whom[row.Whom],
            CodeLink.To(row.Code, language),
            CodeLink.To(row.Also ?? [], language),
            words.Because[row.Id],
            row.Sources
        );
    }
}
