using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Ringfence.Callers;
using Ringfence.Output;
using Ringfence.Sip.Transport;

namespace Ringfence.Commands;

/// <summary><c>ringfence call</c>: a test caller.</summary>
internal static class CallCommand
{
    private static readonly Argument<string> Uri = new("uri")
    {
        Description = "Whom to call: sip:+33199001234@192.0.2.1",
    };
    private static readonly Option<string> From = new("--from")
    {
        Description = "Who calls",
        DefaultValueFactory = _ => "sip:+33199000000@ringfence.invalid",
    };
    private static readonly Option<string?> Record = new("--record")
    {
        Description = "Write what was heard to this WAV file",
        HelpName = "file.wav",
    };
    private static readonly Option<string?> Expect = new("--expect")
    {
        Description = "Statuses that must come, in order: 183,607. Ends with 1 when they do not.",
        HelpName = "codes",
    };
    private static readonly Option<string[]> Header = new("--header", "-H")
    {
        Description = "A further header line: \"Name: value\"",
    };
    private static readonly Option<double?> Cancel = new("--cancel-after")
    {
        Description = "Give up after so many seconds without an answer",
        HelpName = "s",
    };
    private static readonly Option<double> Talk = new("--talk")
    {
        Description = "Hang up so many seconds after the answer",
        DefaultValueFactory = _ => 2,
        HelpName = "s",
    };
    private static readonly Option<FileInfo?> Play = new("--play")
    {
        Description = "A WAV file (8 kHz) to say over and over, as soon as there is media",
    };
    private static readonly Option<bool> EarlySession = new("--early-session")
    {
        Description = "Understand early sessions (RFC 3959), and hear in one what is early",
    };
    private static readonly Option<bool> Json = new("--json") { Description = "The outcome as JSON" };

    internal static Command Create()
    {
        Command command = new(
            "call",
            """
            A test caller: makes one call, draws its ladder, and says what was heard before the answer.

            Examples:
              ringfence call sip:+33199001234@127.0.0.1
              ringfence call sip:+33199001234@127.0.0.1 --record early.wav --expect 183,200
              ringfence call sip:bob@pbx.example --from sip:+33900000001@x.invalid --expect 607 --json

            Ends with 0 when the call went as expected (without --expect: when a final response came), 1 when not, 2 when it could not be made.
            """
        )
        {
            Uri,
            From,
            Record,
            Expect,
            Header,
            Cancel,
            Talk,
            Play,
            EarlySession,
            Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(System.CommandLine.ParseResult parsed, CancellationToken cancellation)
    {
        string uri = parsed.GetValue(Uri)!;
        if (
            !TryExpected(parsed.GetValue(Expect), out int[] expected)
            || !TryHeaders(parsed.GetValue(Header) ?? [], out (string, string)[] headers)
        )
        {
            return ExitCode.Unusable;
        }

        (Peer? peer, string trouble) = await SipAddress.FindAsync(uri, cancellation).ConfigureAwait(false);
        if (peer is not { } destination)
        {
            Console.Error.WriteLine($"ringfence: {trouble}");
            return ExitCode.Unusable;
        }

        short[]? samples = null;
        if (parsed.GetValue(Play) is { } file && (samples = Recording.Read(file, out trouble)) is null)
        {
            Console.Error.WriteLine($"ringfence: {trouble}");
            return ExitCode.Unusable;
        }

        var plan = new CallPlan
        {
            Uri = uri,
            Destination = destination,
            From = parsed.GetValue(From)!,
            Headers = headers,
            CancelAfter = parsed.GetValue(Cancel) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Play = samples,
            EarlySession = parsed.GetValue(EarlySession),
            TalkFor = TimeSpan.FromSeconds(parsed.GetValue(Talk)),
        };
        try
        {
            return await CallAsync(plan, expected, parsed.GetValue(Record), parsed.GetValue(Json), cancellation)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"ringfence: {e.Message}");
            return ExitCode.Unusable;
        }
    }

    private static async Task<int> CallAsync(
        CallPlan plan,
        int[] expected,
        string? record,
        bool json,
        CancellationToken cancellation
    )
    {
        var local = new IPEndPoint(SipAddress.LocalFor(plan.Destination), 0);
        UserAgent agent = UserAgent.Open(
            [new ListenAddress(TransportKind.Udp, local), new ListenAddress(TransportKind.Tcp, local)],
            _ => new NobodyHome()
        );
        await using (agent.ConfigureAwait(false))
        {
            CallOutcome outcome = await PlacedCall.MakeAsync(agent, plan, cancellation).ConfigureAwait(false);
            if (record is not null)
            {
                Recording.Write(record, outcome.Heard);
            }

            CallReport report = CallReport.Of(plan, outcome, expected, record);
            report.Print(json, agent.Log);
            return outcome.Trouble is not null ? ExitCode.Unusable
                : report.AsExpected ? ExitCode.Success
                : ExitCode.Unexpected;
        }
    }

    private static bool TryExpected(string? text, out int[] expected)
    {
        string[] parts = text?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        expected = [.. parts.Select(part => int.TryParse(part, out int code) ? code : 0)];
        bool isSound = expected.All(code => code is >= 100 and <= 699);
        if (!isSound)
        {
            Console.Error.WriteLine(
                $"ringfence: --expect {text}: status codes from 100 to 699, separated by commas, for instance 183,607"
            );
        }

        return isSound;
    }

    private static bool TryHeaders(string[] lines, out (string Name, string Value)[] headers)
    {
        headers = [];
        foreach (string line in lines)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line.AsSpan().ContainsAny('\r', '\n', '\0'))
            {
                Console.Error.WriteLine(
                    $"ringfence: --header \"{line}\" is no header line; for instance \"Subject: test\""
                );
                return false;
            }

            headers = [.. headers, (line[..colon].Trim(), line[(colon + 1)..].Trim())];
        }

        return true;
    }
}
