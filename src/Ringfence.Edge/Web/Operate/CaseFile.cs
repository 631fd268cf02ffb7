using System.IO.Compression;
using System.Security.Cryptography;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Export;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Diagnosis.Report;
using Ringfence.Edge.LiveFindings;

namespace Ringfence.Edge.Web.Operate;

/// <summary>
/// One call to hand on, as a zip archive: its messages as a capture without what names anybody, and what the rules say of that capture.
/// The key of the replacements is forgotten, so that nobody can undo them.
/// </summary>
internal static class CaseFile
{
    internal static byte[] Of(TracedCall call, string language, CancellationToken cancellation)
    {
        using var capture = new MemoryStream();
        using (var anonymiser = new Anonymiser(RandomNumberGenerator.GetBytes(32)))
        {
            MessageCapture.Write(capture, call.Diagnose().Trace.Calls, anonymiser);
        }

        byte[] messages = capture.ToArray();
        var diagnosis = CallDiagnosis.Of(
            CallTrace.Read(
                [CaptureInput.Bytes("messages.pcap", messages)],
                new CaptureOptions(),
                TracedCall.Limits,
                cancellation
            )
        );
        var options = new ReportOptions { Language = language };
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Put(archive, "messages.pcap", stream => stream.Write(messages));
            Put(archive, "report.txt", Text(text => TextReport.Write(text, diagnosis, options)));
            Put(archive, "report.html", Text(text => HtmlReport.Write(text, diagnosis, options, "Ringfence")));
            Put(archive, "report.json", stream => JsonReport.Write(stream, diagnosis, options));
            if (diagnosis.Trace.Calls is [{ } only, ..])
            {
                CallLadder ladder = LadderBuilder.Of(only, diagnosis.Of(only), language: language);
                Put(archive, "ladder.svg", Text(text => text.Write(SvgLadder.Draw(ladder, LadderTime.Folded, "SIP"))));
            }
        }

        return file.ToArray();
    }

    private static Action<Stream> Text(Action<TextWriter> write) =>
        stream =>
        {
            using var text = new StreamWriter(stream);
            write(text);
        };

    private static void Put(ZipArchive archive, string name, Action<Stream> write)
    {
        using Stream entry = archive.CreateEntry(name, CompressionLevel.Optimal).Open();
        write(entry);
    }
}
