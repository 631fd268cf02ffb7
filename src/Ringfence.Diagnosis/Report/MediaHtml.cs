using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Report;

/// <summary>The media of a call: a table of its streams, and a player with waveform and timeline for each that can be played.</summary>
internal sealed class MediaHtml(
    MarkupWriter html,
    FindingTexts texts,
    LadderWords words,
    ReportPlace place,
    RtcpCounts rtcp
)
{
    public void Write(ReportedCall reported, string anchor)
    {
        var (call, streams) = (reported.Call, reported.Streams.ToList());
        if (streams.Count == 0)
        {
            return;
        }

        html.Add($"""<h3 id="{anchor}media">{texts.Word("head.media")}</h3><table class="streams"><tbody>""");
        foreach (var stream in streams)
        {
            html.Add(
                $"""<tr><td>{stream.Source.ToString()} → {stream.Destination.ToString()}</td><td>{Codecs.NameOf(stream)}</td><td>{StreamWords.Arrived(stream, texts)}"""
            );
            if (StreamWords.Reported(stream, rtcp, texts) is { } reports)
            {
                html.Add($"<br>RTCP: {reports}");
            }

            html.Raw("</td><td>");
            if (MosEstimate.Of(stream) is { } mos)
            {
                html.Add($"MOS {StreamWords.Estimate(mos, texts)}");
            }
            else if (StreamWords.IsUnplayable(stream))
            {
                html.Add($"{texts.Word("none.codec", ("codec", Codecs.NameOf(stream)))}");
            }

            html.Raw("</td></tr>");
        }

        html.Raw("</tbody></table>");
        foreach (var stream in streams)
        {
            Player(call, stream);
        }
    }

    private void Player(Call call, RtpStream stream)
    {
        var samples = StreamHearing.Samples(stream);
        if (samples.Length == 0)
        {
            return;
        }

        var heard = StreamHearing.Of(stream);
        var kind = words[call.Final is { } final && stream.Start >= final.Time ? "talk" : "early"];
        html.Add(
            $"""<figure class="player"><figcaption><b>{kind}</b> {stream.Source.ToString()} → {stream.Destination.ToString()}, {Codecs.NameOf(stream)}, {Figure(samples.Length / 8000.0)} s</figcaption>"""
        );
        new AudioHtml(html, words).Write(
            samples,
            heard,
            place.Audio(stream),
            $"{stream.Source} → {stream.Destination}"
        );
        html.Raw("</figure>");
    }

    private string Figure(double value) => LocalFigures.Of(value, "0.0", texts.Language);
}
