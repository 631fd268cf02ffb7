using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Identities;
using Ringfence.Stir.Verification;

namespace Ringfence.Diagnosis.Report;

/// <summary>What a page says of a call's identity: its verification as a table of steps, and what its refusal tells.</summary>
internal sealed class IdentityHtml(MarkupWriter html, CallDiagnosis diagnosis, FindingTexts texts)
{
    public void Write(Call call, string anchor)
    {
        if (diagnosis.VerificationOf(call) is { } result)
        {
            html.Add($"<h3>{texts.Word("head.identity")}</h3><p>{IdentityText.Verdict(result, texts)}</p>");
            foreach (var identity in result.Identities)
            {
                Steps(Explanation.Steps(result, identity, texts.Language));
            }
        }

        foreach (var (message, said) in CallRefusals.Of(call))
        {
            html.Add(
                $"""<h3>{texts.Word("head.refusal")}</h3><p><a href="#{anchor}m{message.Frame}">#{message.Frame} {message.Label}</a></p><table class="codecs"><tbody>"""
            );
            foreach (var (name, value) in CallRefusals.Parts(said))
            {
                html.Add($"<tr><td>{name}</td><td>{value}</td></tr>");
            }

            html.Raw("</tbody></table>");
        }
    }

    private void Steps(IReadOnlyList<StepExplanation> steps)
    {
        html.Raw("""<table class="codecs"><tbody>""");
        foreach (var step in steps)
        {
            html.Add(
                $"<tr><td>{step.Number}</td><td>{texts.Word("step." + step.Outcome)}</td><td>{step.Title.TrimEnd('.')} ({step.Section})"
            );
            if (IdentityText.Finding(step, texts) is { } finding)
            {
                html.Add($"{texts.Word("colon")} {finding}");
            }

            html.Raw("</td></tr>");
        }

        html.Raw("</tbody></table>");
    }
}
