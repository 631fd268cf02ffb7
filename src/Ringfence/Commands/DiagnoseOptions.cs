using System.CommandLine;
using System.CommandLine.Parsing;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Ladder;
using Ringfence.Diagnosis.Report;
using Ringfence.Output;

namespace Ringfence.Commands;

/// <summary>What <c>ringfence diagnose</c> can be told.</summary>
internal static class DiagnoseOptions
{
    internal static readonly Argument<FileInfo[]> Files = new("file")
    {
        Description =
            "Captures (pcap, pcapng, gzip) or logs (Asterisk, FreeSWITCH, Kamailio, SIPp, sngrep, Homer), in any order; folders of them; - for the standard input",
        Arity = ArgumentArity.ZeroOrMore,
    };
    internal static readonly Option<FileInfo[]> Compare = new("--compare")
    {
        Description =
            "Two captures, of a good call and of a bad one: where they part, and what only the bad one has; goes with --html, --svg and --json",
        HelpName = "good> <bad",
        Arity = new ArgumentArity(2, 2),
        AllowMultipleArgumentsPerToken = true,
    };
    internal static readonly Option<FileInfo?> KeyLog = new("--key-log")
    {
        Description = "TLS keys, as SSLKEYLOGFILE has them",
    };
    internal static readonly Option<bool> Json = new("--json") { Description = "As JSON" };
    internal static readonly Option<bool> Ascii = new("--ascii")
    {
        Description = "Draw with ASCII alone, for mail and old terminals",
    };
    internal static readonly Option<FileInfo?> Html = new("--html")
    {
        Description = "Write one self-contained page to this file",
    };
    internal static readonly Option<FileInfo?> Svg = new("--svg")
    {
        Description = "Write the ladder of the first call shown to this file, as a picture",
    };
    internal static readonly Option<LadderTime> Time = new("--time")
    {
        Description = "How time runs down the picture: folded (gaps over 2 s are cut), scale, even",
        DefaultValueFactory = _ => LadderTime.Folded,
    };
    internal static readonly Option<bool> Mermaid = new("--mermaid")
    {
        Description = "Print the ladder of the first call shown as a Mermaid diagram",
    };
    internal static readonly Option<DirectoryInfo?> Case = new("--case")
    {
        Description = "Write the first call shown into this folder: pcap, ladder, findings, WAV",
    };
    internal static readonly Option<FileInfo?> Anonymise = new("--anonymise")
    {
        Description = "Write the calls shown to this pcap: numbers, addresses and names replaced, consistently",
    };
    internal static readonly Option<string[]> CallId = new("--call")
    {
        Description = "Only calls whose Call-ID holds this; with --compare twice, for the good one and for the bad one",
        DefaultValueFactory = _ => [],
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

    internal static void AddTo(Command command)
    {
        command.Add(Files);
        Option[] options =
        [
            CallId,
            Party,
            Code,
            Finding,
            Compare,
            KeyLog,
            DiagnoseTrust.Roots,
            DiagnoseTrust.Certificates,
            Language,
            Ascii,
            Json,
            Html,
            Svg,
            Time,
            Mermaid,
            Case,
            Anonymise,
        ];
        foreach (Option option in options)
        {
            command.Add(option);
        }

        Language.AcceptOnlyFromAmong([.. FindingTexts.Languages]);
        command.Validators.Add(result =>
        {
            bool isComparison = result.GetResult(Compare) is { Implicit: false };
            if (!isComparison && result.GetResult(Files) is not { Tokens.Count: > 0 })
            {
                result.AddError("Name a capture or a log: ringfence diagnose trace.pcap");
            }

            CheckComparison(result, isComparison);
            if (
                result.GetValue(Finding) is { } id
                && !FindingTexts.In("en").Ids.Contains(id.ToUpperInvariant(), StringComparer.Ordinal)
            )
            {
                result.AddError($"There is no finding '{id}'; one is EM-02, and docs/diagnose.md lists them all.");
            }
        });
    }

    // What an option would be passed over for is said.
    private static void CheckComparison(CommandResult result, bool isComparison)
    {
        int calls = result.GetResult(CallId)?.Tokens.Count ?? 0;
        if (calls > (isComparison ? 2 : 1))
        {
            result.AddError(
                isComparison
                    ? "--compare takes --call twice at most: for the good call, and for the bad one."
                    : "--call goes once: ringfence diagnose trace.pcap --call 8f2c"
            );
        }

        if (!isComparison)
        {
            return;
        }

        if (result.GetResult(Files) is { Tokens: [var file, ..] })
        {
            result.AddError($"--compare takes two captures, and '{file.Value}' is one more; leave it out.");
        }

        foreach (Option option in (Option[])[Time, Mermaid, Case, Anonymise])
        {
            if (result.GetResult(option) is { Implicit: false })
            {
                result.AddError(
                    $"{option.Name} does not go with --compare, which writes --html, --svg and --json; leave it out, or name one capture."
                );
            }
        }
    }

    /// <summary>Whether files are to be written.</summary>
    internal static bool NamesFiles(ParseResult parsed) =>
        parsed.GetValue(Html) is not null
        || parsed.GetValue(Svg) is not null
        || parsed.GetValue(Case) is not null
        || parsed.GetValue(Anonymise) is not null;

    internal static ReportOptions Of(ParseResult parsed) =>
        new()
        {
            Language = parsed.GetValue(Language)!,
            Width = Terminal.Width,
            Colours = Terminal.Colours,
            Filter = new CallFilter
            {
                CallId = parsed.GetValue(CallId) is [var only, ..] ? only : null,
                Party = parsed.GetValue(Party),
                Code = parsed.GetValue(Code),
                Finding = parsed.GetValue(Finding)?.ToUpperInvariant(),
            },
        };
}
