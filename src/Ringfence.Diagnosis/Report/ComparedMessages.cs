using System.Text;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Report;

/// <summary>The rows of a comparison with their messages side by side; lines that the other message has not are marked.</summary>
internal sealed class ComparedMessages(MarkupWriter html, ComparedPicture picture, LadderWords words)
{
    public void Write(string head)
    {
        html.Add($"<h2>{head}</h2>");
        foreach (var (i, row) in picture.Ladders.Rows.Index())
        {
            var (good, bad) = (row.GoodOf(picture.Ladders.Good), row.BadOf(picture.Ladders.Bad));
            if (i == picture.Ladders.PartsAt)
            {
                html.Add($"""<p class="parts">{words["compare.parts"]}</p>""");
            }

            html.Raw("""<details class="message"><summary><span class="sides"><span>""");
            Head(good, words["compare.good"]);
            html.Raw("</span><span>");
            Head(bad, words["compare.bad"]);
            html.Add($"""</span></span></summary><div id="{ComparedPicture.IdOf(i)}" class="sides"><div>""");
            Message(good, bad?.Source, words["compare.good"]);
            html.Raw("</div><div>");
            Message(bad, good?.Source, words["compare.bad"]);
            html.Raw("</div></div></details>");
        }
    }

    private void Head(LadderArrow? arrow, string side)
    {
        if (arrow is null)
        {
            html.Add($"<small>{side}: {words["nothing"]}</small>");
            return;
        }

        html.Add($"<code>{words.Figure(arrow.At.TotalSeconds, "0.000")}</code> <b>{arrow.Label}</b>");
        if (arrow.Repeats > 0)
        {
            html.Add($" ×{arrow.Repeats + 1}");
        }
    }

    private void Message(LadderArrow? arrow, TraceMessage? other, string side)
    {
        if (arrow is null)
        {
            html.Add($"<p>{side}: {words["nothing"]}</p>");
            return;
        }

        html.Add($"""<h4>{side}: {arrow.Label}</h4><p class="route">#{arrow.Frame} · {arrow.Route}</p>""");
        if (arrow.Source is not { } message)
        {
            return;
        }

        html.Raw("""<pre class="raw">""");
        var told = other is null ? [] : Differing(message, other);
        foreach (var line in Encoding.UTF8.GetString(message.Sip.Bytes).TrimEnd().Split('\n'))
        {
            if (other is not null && IsMarked(line.TrimEnd('\r'), told))
            {
                html.Add($"<mark>{line.TrimEnd('\r')}</mark>\n");
            }
            else
            {
                html.Add($"{line.TrimEnd('\r')}\n");
            }
        }

        html.Raw("</pre>");
    }

    // Names of header fields that differ, and whole lines of a description that the other has not.
    private static HashSet<string> Differing(TraceMessage message, TraceMessage other)
    {
        var told = HeaderComparison
            .Of(message, other)
            .Where(change => change.Good is not null)
            .Select(change => change.Name + ":")
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var known = Described(other).Select(Comparable).ToHashSet(StringComparer.Ordinal);
        told.UnionWith(Described(message).Where(line => !known.Contains(Comparable(line))));
        return told;
    }

    private static bool IsMarked(string line, HashSet<string> told)
    {
        if (told.Contains(line))
        {
            return true;
        }

        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || line.StartsWith("a=", StringComparison.Ordinal))
        {
            return false;
        }

        var name = line[..colon].TrimEnd();
        var id = HeaderNames.Find(Encoding.UTF8.GetBytes(name));
        return told.Contains((id == HeaderId.Other ? name : TraceMessage.Text(HeaderNames.Name(id))) + ":");
    }

    private static IEnumerable<string> Described(TraceMessage message) =>
        Encoding
            .UTF8.GetString(message.Sip.Body)
            .Split('\n', StringSplitOptions.TrimEntries)
            .Where(line => line is ['m' or 'a' or 'b', '=', ..]);

    // Ports, keys and candidates are others in every call.
    private static string Comparable(string line)
    {
        if (line.StartsWith("m=", StringComparison.Ordinal))
        {
            string[] words = line.Split(' ');
            return words.Length > 2 && words[1] != "0" ? string.Join(' ', [words[0], .. words[2..]]) : line;
        }

        string[] own =
        [
            "a=crypto",
            "a=candidate",
            "a=ice-",
            "a=fingerprint",
            "a=ssrc",
            "a=msid",
            "a=rtcp:",
            "a=key-mgmt",
        ];
        return own.FirstOrDefault(name => line.StartsWith(name, StringComparison.Ordinal)) ?? line;
    }
}
