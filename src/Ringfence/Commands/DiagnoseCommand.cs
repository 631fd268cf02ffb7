using System.CommandLine;
using System.Security.Cryptography;
using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Export;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Identities;
using Ringfence.Diagnosis.Report;
using Ringfence.Output;

namespace Ringfence.Commands;

/// <summary><c>ringfence diagnose</c>: a trace goes in, the reason comes out.</summary>
internal static class DiagnoseCommand
{
    private static readonly Argument<FileInfo[]> Files = new("file")
    {
        Description =
            "Captures (pcap, pcapng, gzip) or logs (Asterisk, FreeSWITCH, Kamailio, SIPp, sngrep, Homer), in any order",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Option<FileInfo?> KeyLog = new("--key-log")
    {
        Description = "TLS keys, as SSLKEYLOGFILE has them",
    };
    private static readonly Option<string?> CallId = new("--call")
    {
        Description = "Only calls whose Call-ID holds this",
    };
    private static readonly Option<string?> Party = new("--from")
    {
        Description = "Only calls whose From or To holds this",
    };
    private static readonly Option<int?> Code = new("--code") { Description = "Only calls with this response code" };
    private static readonly Option<string?> Finding = new("--finding")
    {
        Description = "Only calls with this finding, as in EM-07",
    };
    private static readonly Option<string> Language = new("--lang")
    {
        Description = "Language: en, fr, es, de",
        DefaultValueFactory = _ => "en",
    };
    private static readonly Option<bool> Json = new("--json") { Description = "As JSON" };
    private static readonly Option<FileInfo?> Html = new("--html")
    {
        Description = "Write one self-contained page to this file",
    };
    private static readonly Option<DirectoryInfo?> Case = new("--case")
    {
        Description = "Write the first call shown into this folder: pcap, ladder, findings, WAV",
    };
    private static readonly Option<FileInfo?> Anonymise = new("--anonymise")
    {
        Description = "Write the calls shown to this pcap: numbers, addresses and names replaced, consistently",
    };

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
              ringfence diagnose trace.pcap --finding EM-01 --html report.html
              ringfence diagnose trace.pcap --call 8f2c --case ./case --anonymise shareable.pcap

            Ends with 0 when it was read and nothing grave was found, 1 when there are errors among the findings, 2 when nothing could be read.
            """
        )
        {
            Files,
            KeyLog,
            CallId,
            Party,
            Code,
            Finding,
            Language,
            Json,
            Html,
            Case,
            Anonymise,
            DiagnoseTrust.Roots,
            DiagnoseTrust.Certificates,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        FileInfo[] files = parsed.GetValue(Files)!;
        if (Array.Find(files, file => !file.Exists) is { } missing)
        {
            Console.Error.WriteLine($"ringfence: {missing} does not exist");
            return ExitCode.Unusable;
        }

        try
        {
            string? keys = parsed.GetValue(KeyLog) is { } log ? File.ReadAllText(log.FullName) : null;
            CallTrace trace = CallTrace.Read(
                [.. files.Select(file => CaptureInput.File(file.FullName))],
                new CaptureOptions { KeyLog = keys },
                cancellation: cancellation
            );
            TellDamage(trace, files);
            using IdentityVerifier? verifier = DiagnoseTrust.Verifier(parsed);
            return trace.Capture.AnythingRead
                ? Report(parsed, CallDiagnosis.Of(trace, verifier), files)
                : ExitCode.Unusable;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            Console.Error.WriteLine($"ringfence: {e.Message}");
            return ExitCode.Unusable;
        }
    }

    private static void TellDamage(CallTrace trace, FileInfo[] files)
    {
        foreach (CaptureDamage damage in trace.Capture.Damage)
        {
            Console.Error.WriteLine(
                $"ringfence: {files[damage.Input].Name}, byte {damage.Offset}: {damage.Kind}; what comes after it was read as far as it could be"
            );
        }

        if (!trace.Capture.AnythingRead)
        {
            Console.Error.WriteLine("ringfence: nothing in it could be read as a capture or a SIP log");
        }
    }

    private static int Report(ParseResult parsed, CallDiagnosis diagnosis, FileInfo[] files)
    {
        var options = new ReportOptions
        {
            Language = parsed.GetValue(Language)!,
            Width = Terminal.Width,
            Colours = Terminal.Colours,
            Filter = new CallFilter
            {
                CallId = parsed.GetValue(CallId),
                Party = parsed.GetValue(Party),
                Code = parsed.GetValue(Code),
                Finding = parsed.GetValue(Finding)?.ToUpperInvariant(),
            },
        };
        Call[] shown = [.. diagnosis.Trace.Calls.Where(call => options.Filter.Lets(call, diagnosis))];
        WriteFiles(parsed, diagnosis, options, shown, files);
        if (parsed.GetValue(Json))
        {
            using Stream output = Console.OpenStandardOutput();
            JsonReport.Write(output, diagnosis, options);
        }
        else
        {
            TextReport.Write(Console.Out, diagnosis, options);
        }

        return shown.Any(call => diagnosis.Of(call).Any(finding => finding.Severity == FindingSeverity.Error))
            ? ExitCode.Unexpected
            : ExitCode.Success;
    }

    private static void WriteFiles(
        ParseResult parsed,
        CallDiagnosis diagnosis,
        ReportOptions options,
        Call[] shown,
        FileInfo[] files
    )
    {
        if (parsed.GetValue(Html) is { } page)
        {
            using StreamWriter output = new(page.FullName);
            HtmlReport.Write(output, diagnosis, options, string.Join(", ", files.Select(file => file.Name)));
            Console.Error.WriteLine($"ringfence: wrote {page}");
        }

        if (parsed.GetValue(Case) is { } folder && shown.Length > 0)
        {
            foreach (string file in CaseFolder.Write(folder.FullName, diagnosis, shown[0], options))
            {
                Console.Error.WriteLine($"ringfence: wrote {file}");
            }
        }

        if (parsed.GetValue(Anonymise) is { } target)
        {
            using FileStream output = File.Create(target.FullName);
            using var anonymiser = new Anonymiser(RandomNumberGenerator.GetBytes(32));
            TraceExport.Write(output, diagnosis.Trace, shown, anonymiser);
            Console.Error.WriteLine($"ringfence: wrote {target}");
        }
    }
}
