using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Diagnosis.Report;

namespace Ringfence.Diagnosis.Export;

/// <summary>
/// Everything of one call in one folder, to hand on: its SIP messages and media as a capture, the report as text, page and JSON, the ladder as a
/// picture, and its audio.
/// </summary>
public static class CaseFolder
{
    /// <summary>Writes the folder; what it already holds under the same names is written anew.</summary>
    /// <param name="folder">Where it goes; made if it is not there.</param>
    /// <param name="diagnosis">The diagnosis that the call is part of.</param>
    /// <param name="call">The call; its legs go with it.</param>
    /// <param name="options">Language and width.</param>
    /// <returns>The names of the files.</returns>
    public static IReadOnlyList<string> Write(string folder, CallDiagnosis diagnosis, Call call, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(diagnosis);
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(options);
        Directory.CreateDirectory(folder);
        var only = options with
        {
            Filter = new CallFilter { CallId = call.CallId },
            Colours = false,
        };
        var ladder = LadderBuilder.Of(call, diagnosis.Of(call), withMessages: true, diagnosis: diagnosis);
        var files = new List<string>
        {
            "messages.pcap",
            "report.txt",
            "report.html",
            "report.json",
            "ladder.svg",
            "ladder.mmd",
        };
        using (var capture = File.Create(Path.Combine(folder, files[0])))
        {
            TraceExport.Write(capture, diagnosis.Trace, [call, .. call.Legs.Select(leg => leg.Call)], null);
        }

        using (var text = new StreamWriter(Path.Combine(folder, files[1])))
        {
            TextReport.Write(text, diagnosis, only);
        }

        using (var page = new StreamWriter(Path.Combine(folder, files[2])))
        {
            HtmlReport.Write(page, diagnosis, only, call.CallId);
        }

        using (var json = File.Create(Path.Combine(folder, files[3])))
        {
            JsonReport.Write(json, diagnosis, only);
        }

        File.WriteAllText(Path.Combine(folder, files[4]), SvgLadder.Draw(ladder, LadderTime.Folded, call.CallId));
        File.WriteAllText(Path.Combine(folder, files[5]), MermaidLadder.Draw(ladder));
        files.AddRange(StreamRecorder.Write(folder, diagnosis.Trace, call));
        return files;
    }
}
