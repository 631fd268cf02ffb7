using Ringfence.Diagnosis.Ladder;

namespace Ringfence.Diagnosis.Report;

/// <summary>What stands around a page that needs nothing else: style and script are in it.</summary>
internal static class HtmlFrame
{
    private const string Style = """
        *{box-sizing:border-box}body{margin:0 auto;padding:20px;max-width:1480px;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,sans-serif;font-variant-numeric:tabular-nums}
        h1{font-size:24px;margin:0 0 8px}h2{font-size:18px}h3{font-size:15px;margin:20px 0 4px}p{max-width:72ch;margin:4px 0}
        table{border-collapse:collapse;line-height:1.35;width:100%}th,td{text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
        a{color:var(--link)}summary{cursor:pointer}code{font-family:ui-monospace,monospace;font-size:13px}:focus-visible{outline:3px solid var(--link);outline-offset:2px}
        """;

    public static void Begin(MarkupWriter html, string language, string title) =>
        html.Add(
                $"""<!doctype html><html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title><style>"""
            )
            .Raw(LadderAssets.Colours)
            .Raw(Style)
            .Raw(LadderAssets.Style)
            .Raw("</style><main>");

    public static void End(MarkupWriter html) =>
        html.Raw("</main><script>").Raw(LadderAssets.Script).Raw("</script></html>");
}
