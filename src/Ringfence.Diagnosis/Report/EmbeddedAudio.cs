using Ringfence.Diagnosis.Media;

namespace Ringfence.Diagnosis.Report;

/// <summary>The audio of one page, written into it. Beyond its room the page would be slow to open, and players go without.</summary>
internal sealed class EmbeddedAudio
{
    private int _room = 8 << 20;

    /// <summary>Where a page of its own finds what it links to.</summary>
    public ReportPlace Place => new() { Audio = Of, Code = CodeMeanings.Address };

    private string? Of(RtpStream stream)
    {
        var wav = StreamWav.Of(stream);
        if (wav.Length > _room)
        {
            return null;
        }

        _room -= wav.Length;
        return "data:audio/wav;base64," + Convert.ToBase64String(wav);
    }
}
