using System.CommandLine;
using System.Security.Cryptography;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Export;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Diagnosis.Report;

namespace Ringfence.Commands;

/// <summary>The files that <c>ringfence diagnose</c> was asked for.</summary>
internal static class DiagnoseFiles
{
    internal static void Write(
        ParseResult parsed,
        CallDiagnosis diagnosis,
        ReportOptions options,
        Call[] shown,
        string title
    )
    {
        if (parsed.GetValue(DiagnoseOptions.Html) is { } page)
        {
            using (StreamWriter output = new(page.FullName))
            {
                HtmlReport.Write(output, diagnosis, options, title);
            }

            Tell(page.ToString());
        }

        if (parsed.GetValue(DiagnoseOptions.Svg) is { } picture)
        {
            Call call = Picture(shown);
            string svg = SvgLadder.Draw(
                Ladder(call, diagnosis, options, withMessages: true),
                new SvgOptions
                {
                    Time = parsed.GetValue(DiagnoseOptions.Time),
                    Title = $"{call.From} → {call.To}",
                    Language = options.Language,
                }
            );
            File.WriteAllText(picture.FullName, svg);
            Tell(picture.ToString());
        }

        if (parsed.GetValue(DiagnoseOptions.Case) is { } folder)
        {
            foreach (string file in CaseFolder.Write(folder.FullName, diagnosis, Picture(shown), options))
            {
                Tell(Path.Combine(folder.ToString(), file));
            }
        }

        if (parsed.GetValue(DiagnoseOptions.Anonymise) is { } target)
        {
            using (FileStream output = File.Create(target.FullName))
            {
                using var anonymiser = new Anonymiser(RandomNumberGenerator.GetBytes(32));
                TraceExport.Write(output, diagnosis.Trace, shown, anonymiser);
            }

            Tell(target.ToString());
        }
    }

    /// <summary>The first INVITE among the calls; where there is none, the first of anything.</summary>
    internal static Call Picture(Call[] shown) =>
        Array.Find(shown, call => call.Kind == CallKind.Call && call.Invite is not null) ?? shown[0];

    internal static CallLadder Ladder(
        Call call,
        CallDiagnosis diagnosis,
        ReportOptions options,
        bool withMessages = false
    ) => LadderBuilder.Of(call, diagnosis.Of(call), withMessages, options.Language, diagnosis.Trace.Rtcp, diagnosis);

    internal static void Tell(string file) => Console.Error.WriteLine($"ringfence: wrote {file}");
}
