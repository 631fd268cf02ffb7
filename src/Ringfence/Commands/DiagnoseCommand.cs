using System.CommandLine;
using System.Security.Cryptography;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Identities;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Diagnosis.Report;
using Ringfence.Output;

namespace Ringfence.Commands;

/// <summary><c>ringfence diagnose</c>: a trace goes in, the reason comes out.</summary>
internal static class DiagnoseCommand
{
    internal static Command Create()
    {
        Command command = new(
            "diagnose",
            """
            Why did early media not play, why was the call refused? Reads captures and logs; prints the verdict of each call, its ladder,
            and what was found: what was expected, what was seen, who can mend it.

            Examples:
              ringfence diagnose trace.pcapng
              ringfence diagnose edge.pcap.gz pbx.pcap --from +33199 --lang fr
              ringfence diagnose ./captures --code 607
              ssh edge1 "tcpdump -w - -c 5000 port 5060" | ringfence diagnose -
              ringfence diagnose trace.pcap --trust sti-pa.pem --certs ./certs
              ringfence diagnose trace.pcap --finding EM-01 --html report.html
              ringfence diagnose trace.pcap --call 8f2c --svg ladder.svg --time scale
              ringfence diagnose trace.pcap --call 8f2c --mermaid
              ringfence diagnose trace.pcap --call 8f2c --case ./case --anonymise shareable.pcap
              ringfence diagnose --compare good.pcap bad.pcap --html compared.html
              ringfence diagnose --compare trace.pcap trace.pcap --call 8f2c --call 91d0

            Ends with 0 when it was read and nothing grave was found, 1 when there are errors among the findings or no call is as asked for,
            2 when nothing could be read.
            """
        );
        DiagnoseOptions.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        using DiagnoseInputs? good = DiagnoseInputs.Of((parsed.GetValue(DiagnoseOptions.Compare) ?? []).Take(1));
        using DiagnoseInputs? bad = DiagnoseInputs.Of((parsed.GetValue(DiagnoseOptions.Compare) ?? []).Skip(1));
        using DiagnoseInputs? inputs = DiagnoseInputs.Of(parsed.GetValue(DiagnoseOptions.Files) ?? []);
        if (good is null || bad is null || inputs is null)
        {
            return ExitCode.Unusable;
        }

        try
        {
            using IdentityVerifier? verifier = DiagnoseTrust.Verifier(parsed);
            string? named = parsed.GetValue(DiagnoseOptions.KeyLog) is { } log ? File.ReadAllText(log.FullName) : null;
            string beside = inputs.KeyLog + good.KeyLog + bad.KeyLog;
            string? keys = named is null && beside.Length == 0 ? null : named + beside;
            if (parsed.GetValue(DiagnoseOptions.Compare) is { Length: > 0 })
            {
                return
                    Read(good.All, keys, verifier, cancellation) is { } well
                    && Read(bad.All, keys, verifier, cancellation) is { } badly
                    ? DiagnoseComparison.Run(parsed, (well, good.Title), (badly, bad.Title))
                    : ExitCode.Unusable;
            }

            return Read(inputs.All, keys, verifier, cancellation) is { } diagnosis
                ? Report(parsed, diagnosis, inputs.Title)
                : ExitCode.Unusable;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            Console.Error.WriteLine($"ringfence: {e.Message}");
            return ExitCode.Unusable;
        }
    }

    /// <summary>The diagnosis, or null where nothing could be read; says what is damaged.</summary>
    private static CallDiagnosis? Read(
        IReadOnlyList<DiagnoseInput> inputs,
        string? keys,
        IdentityVerifier? verifier,
        CancellationToken cancellation
    )
    {
        CallTrace trace;
        long size = inputs.Sum(input => input.File.Length);
        using (ReadingBar bar = new(Console.Error, size, !Console.IsErrorRedirected))
        {
            trace = CallTrace.Read(
                [.. inputs.Select(input => input.Capture)],
                new CaptureOptions { KeyLog = keys, Progress = bar.Report },
                cancellation: cancellation
            );
        }

        foreach (CaptureDamage damage in trace.Capture.Damage)
        {
            DiagnoseInput input = inputs[damage.Input];
            Console.Error.WriteLine($"ringfence: {input.Name}, byte {damage.Offset}: {DiagnoseDamage.Of(damage)}");
        }

        if (trace.Capture.AnythingRead)
        {
            return CallDiagnosis.Of(trace, verifier);
        }

        Console.Error.WriteLine("ringfence: nothing could be read as a capture or a SIP log");
        return null;
    }

    private static int Report(ParseResult parsed, CallDiagnosis diagnosis, string title)
    {
        ReportOptions options = DiagnoseOptions.Of(parsed);
        Call[] shown = [.. diagnosis.Trace.Calls.Where(call => options.Filter.Lets(call, diagnosis))];
        if (shown.Length == 0 && diagnosis.Trace.Calls.Count > 0)
        {
            Console.Error.WriteLine(
                $"ringfence: of {diagnosis.Trace.Calls.Count} calls and other exchanges none is as asked for; leave out a filter"
            );
            return ExitCode.Unexpected;
        }

        if (shown.Length > 0)
        {
            DiagnoseFiles.Write(parsed, diagnosis, options, shown, title);
        }
        else if (DiagnoseOptions.NamesFiles(parsed))
        {
            Console.Error.WriteLine("ringfence: no SIP was found, so no file is written");
        }

        if (parsed.GetValue(DiagnoseOptions.Json))
        {
            using Stream output = Console.OpenStandardOutput();
            JsonReport.Write(output, diagnosis, options);
        }
        else if (parsed.GetValue(DiagnoseOptions.Mermaid) && shown.Length > 0)
        {
            Call call = DiagnoseFiles.Picture(shown);
            Console.Out.Write(MermaidLadder.Draw(DiagnoseFiles.Ladder(call, diagnosis, options)));
        }
        else
        {
            TextReport.Write(Terminal.Writer(parsed.GetValue(DiagnoseOptions.Ascii)), diagnosis, options);
        }

        return shown.Any(call => diagnosis.Of(call).Any(finding => finding.Severity == FindingSeverity.Error))
            ? ExitCode.Unexpected
            : ExitCode.Success;
    }
}
