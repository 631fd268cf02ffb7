using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Report;

/// <summary>One stream for a terminal: what arrived, what the receiver reports, what it is worth and what was heard in it.</summary>
internal sealed class TextStream(TextLines lines, FindingTexts texts, LadderWords words, RtcpCounts rtcp)
{
    private const int Indent = 4;

    public void Write(RtpStream stream)
    {
        lines.Wrapped(
            "RTP",
            $"{stream.Source} → {stream.Destination}  {Codecs.NameOf(stream)}  {StreamWords.Arrived(stream, texts)}",
            Indent,
            TerminalLine.Ansi(LadderTone.Media)
        );
        if (StreamWords.Reported(stream, rtcp, texts) is { } reported)
        {
            lines.Wrapped("    RTCP", reported, 2 * Indent);
        }

        if (MosEstimate.Of(stream) is { } mos)
        {
            lines.Wrapped("    MOS", StreamWords.Estimate(mos, texts), 2 * Indent);
        }

        const int Told = 8;
        var heard = StreamHearing.Of(stream);
        if (heard.Count > 0)
        {
            var told = heard
                .Take(Told)
                .Select(one =>
                    $"{LocalFigures.Of(one.Start.TotalSeconds, "0.0", texts.Language)} s {words.Detail(one)}"
                );
            lines.Labelled(texts.Head("label.heard"), string.Join("; ", told) + (heard.Count > Told ? "; …" : ""));
        }
        else if (StreamWords.IsUnplayable(stream))
        {
            lines.Labelled(texts.Head("label.heard"), texts.Word("none.codec", ("codec", Codecs.NameOf(stream))));
        }
    }
}
