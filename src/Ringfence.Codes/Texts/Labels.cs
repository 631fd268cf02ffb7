namespace Ringfence.Codes;

/// <summary>Headings, and the wording of every key of the facts, in one language.</summary>
internal sealed record Labels(
    Dictionary<string, string> Ui,
    Dictionary<string, string> Axes,
    Dictionary<string, Dictionary<string, Wording>> Values,
    Dictionary<string, string> Actions,
    Dictionary<string, string> Conditions,
    Dictionary<string, string> Needs,
    Dictionary<string, string> Locations,
    Dictionary<string, string> Software,
    Dictionary<string, string> Participants,
    Dictionary<string, string> Steps,
    Dictionary<string, string> Media
)
{
    /// <summary>Every key with its wording, as <c>values/retry/wait/says</c>.</summary>
    public IEnumerable<KeyValuePair<string, string>> Flatten()
    {
        (string, Dictionary<string, string>)[] sections =
        [
            ("ui", Ui),
            ("axes", Axes),
            ("actions", Actions),
            ("conditions", Conditions),
            ("needs", Needs),
            ("locations", Locations),
            ("software", Software),
            ("participants", Participants),
            ("steps", Steps),
            ("media", Media),
        ];
        foreach (var (section, entries) in sections)
        {
            foreach (var (key, text) in entries)
            {
                yield return new($"{section}/{key}", text);
            }
        }
        foreach (var (axis, values) in Values)
        {
            foreach (var (key, wording) in values)
            {
                yield return new($"values/{axis}/{key}/short", wording.Short);
                if (wording.Says is not null)
                {
                    yield return new($"values/{axis}/{key}/says", wording.Says);
                }
            }
        }
    }
}
