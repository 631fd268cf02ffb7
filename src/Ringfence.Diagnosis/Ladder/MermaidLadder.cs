using System.Globalization;
using System.Text;

namespace Ringfence.Diagnosis.Ladder;

/// <summary>Writes a ladder as a Mermaid sequence diagram, for tickets and wikis.</summary>
public static class MermaidLadder
{
    /// <summary>The text of the diagram.</summary>
    public static string Draw(CallLadder ladder)
    {
        ArgumentNullException.ThrowIfNull(ladder);
        var text = new StringBuilder("sequenceDiagram\n    autonumber\n");
        for (var i = 0; i < ladder.Hosts.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    participant H{i} as {Plain(ladder.Hosts[i].Name)}\n");
        }

        foreach (var arrow in ladder.Arrows)
        {
            var line = arrow.Tone switch
            {
                LadderTone.Request => "->>",
                LadderTone.Media => "-)",
                _ => "-->>",
            };
            var repeats =
                arrow.Repeats > 0 ? string.Create(CultureInfo.InvariantCulture, $" ×{arrow.Repeats + 1}") : "";
            text.Append(
                CultureInfo.InvariantCulture,
                $"    H{arrow.From}{line}H{arrow.To}: {Plain(arrow.Label)}{repeats}\n"
            );
            if (arrow.Findings.Count > 0)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"    Note over H{arrow.To}: {string.Join(' ', arrow.Findings)}\n"
                );
            }
        }

        return text.ToString();
    }

    // What Mermaid would take for its own syntax.
    private static string Plain(string text) =>
        new([.. text.Select(c => c is ';' or '#' or ':' or '\n' or '\r' or '%' or '<' or '>' ? ' ' : c)]);
}
