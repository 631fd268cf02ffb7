using System.Globalization;

namespace Ringfence.Diagnosis.Tests.Capture;

/// <summary>What tshark said of a capture: SIP messages by method or status, frames with SIP, RTP packets by stream.</summary>
internal sealed record ReferenceReport(
    Dictionary<string, int> Sip,
    Dictionary<string, int> Rtp,
    Dictionary<string, long> Lost,
    List<long> Frames
)
{
    public static ReferenceReport Read(string path)
    {
        var report = new ReferenceReport(
            new(StringComparer.Ordinal),
            new(StringComparer.Ordinal),
            new(StringComparer.Ordinal),
            []
        );
        foreach (var line in File.ReadLines(path))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (line.EndsWith("Packets", StringComparison.Ordinal) && words.Length >= 4)
            {
                var name = words[0] == "SIP" ? words[1] : words[0];
                report.Sip[name] =
                    report.Sip.GetValueOrDefault(name) + int.Parse(words[^2], CultureInfo.InvariantCulture);
            }
            else if (char.IsAsciiDigit(line.FirstOrDefault()) && line.Contains('\t'))
            {
                report.Frames.Add(long.Parse(line[..line.IndexOf('\t')], CultureInfo.InvariantCulture));
            }
            else if (words.Length > 9 && words[6].StartsWith("0x", StringComparison.Ordinal))
            {
                var key = $"{Host(words[2])}:{words[3]} {Host(words[4])}:{words[5]} {words[6]}";

                // The name of the payload may be two words; the packets stand before "n (p%)".
                var lost = Array.FindIndex(words, 7, word => word.StartsWith('('));
                report.Lost[key] =
                    report.Lost.GetValueOrDefault(key) + long.Parse(words[lost - 1], CultureInfo.InvariantCulture);
                report.Rtp[key] =
                    report.Rtp.GetValueOrDefault(key) + int.Parse(words[lost - 2], CultureInfo.InvariantCulture);
            }
        }

        return report;
    }

    private static string Host(string address) => address.Contains(':') ? $"[{address}]" : address;
}
