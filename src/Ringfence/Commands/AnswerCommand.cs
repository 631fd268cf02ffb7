using System.CommandLine;
using System.Net.Sockets;
using Ringfence.Callers;
using Ringfence.Media.Tones;
using Ringfence.Output;
using Ringfence.Sip.Transport;

namespace Ringfence.Commands;

/// <summary><c>ringfence answer</c>: a test callee.</summary>
internal static class AnswerCommand
{
    private static readonly Option<string[]> Listen = new("--listen", "-l")
    {
        Description = "Where to listen",
        DefaultValueFactory = _ => ["udp:127.0.0.1:5060", "tcp:127.0.0.1:5060"],
    };
    private static readonly Option<int> Progress = new("--progress")
    {
        Description = "First response, 101 to 199; 0 for none",
        DefaultValueFactory = _ => 180,
    };
    private static readonly Option<bool> Early = new("--early-media")
    {
        Description = "With SDP and media from the first response on",
    };
    private static readonly Option<bool> EarlySession = new("--early-session")
    {
        Description = "Early media in an early session (RFC 3959), where the caller understands those",
    };
    private static readonly Option<string> Ringback = new("--ringback")
    {
        Description = "Country of the ringback that is played",
        DefaultValueFactory = _ => "us",
    };
    private static readonly Option<FileInfo?> Play = new("--play")
    {
        Description = "A WAV file (8 kHz) to play instead",
    };
    private static readonly Option<double> After = new("--after")
    {
        Description = "Seconds until the final response",
        DefaultValueFactory = _ => 2,
        HelpName = "s",
    };
    private static readonly Option<int> Refuse = new("--refuse")
    {
        Description = "Refuse with this code instead of answering",
    };
    private static readonly Option<string> Phrase = new("--phrase")
    {
        Description = "Reason phrase of the refusal",
        DefaultValueFactory = _ => "",
    };
    private static readonly Option<string?> Press = new("--press")
    {
        Description = "A key to press after the answer: 0 to 9, *, #",
        HelpName = "key",
    };
    private static readonly Option<double> PressAfter = new("--press-after")
    {
        Description = "Seconds from the answer until the key is pressed",
        DefaultValueFactory = _ => 8,
        HelpName = "s",
    };
    private static readonly Option<string?> Record = new("--record")
    {
        Description = "Write what the last call heard to this WAV file",
        HelpName = "file",
    };
    private static readonly Option<int> Calls = new("--calls") { Description = "End after so many calls; 0 for never" };

    internal static Command Create()
    {
        Command command = new(
            "answer",
            """
            A test callee: progresses every call, with early media or without, then answers or refuses it.

            Examples:
              ringfence answer                                           180, answers after 2 s
              ringfence answer --progress 183 --early-media --ringback fr --after 6
              ringfence answer --refuse 607 --after 0
              ringfence answer --press 1 --record heard.wav              takes a caller that says who it is
            """
        )
        {
            Listen,
            Progress,
            Early,
            EarlySession,
            Ringback,
            Play,
            After,
            Refuse,
            Phrase,
            Press,
            PressAfter,
            Record,
            Calls,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(System.CommandLine.ParseResult parsed, CancellationToken cancellation)
    {
        if (Addresses(parsed.GetValue(Listen)!) is not { } addresses || Plan(parsed) is not { } plan)
        {
            return ExitCode.Unusable;
        }

        try
        {
            int wanted = parsed.GetValue(Calls);
            int ended = 0;
            short[] heard = [];
            TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
            UserAgent agent = UserAgent.Open(
                addresses,
                agent => new AnsweringParty(agent, plan)
                {
                    OnHeard = samples => Volatile.Write(ref heard, samples),
                    OnCallEnded = (caller, end) =>
                    {
                        Console.WriteLine($"{caller}: {end}");
                        if (Interlocked.Increment(ref ended) == wanted)
                        {
                            done.TrySetResult();
                        }
                    },
                }
            );
            await using (agent.ConfigureAwait(false))
            {
                Console.WriteLine($"ready: {string.Join(", ", agent.Listening)}");
                await Task.WhenAny(done.Task, Task.Delay(Timeout.Infinite, cancellation)).ConfigureAwait(false);
            }

            return parsed.GetValue(Record) is { } file ? Keep(file, heard) : ExitCode.Success;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            Console.Error.WriteLine(
                $"ringfence: cannot listen on {string.Join(", ", (object[])addresses)}: {e.Message}"
            );
            return ExitCode.Unusable;
        }
    }

    private static int Keep(string file, short[] heard)
    {
        try
        {
            Recording.Write(file, heard);
            return ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"ringfence: {e.Message}");
            return ExitCode.Unusable;
        }
    }

    private static ListenAddress[]? Addresses(string[] texts)
    {
        List<ListenAddress> addresses = [];
        foreach (string text in texts)
        {
            if (!ListenAddress.TryParse(text, out ListenAddress address, out string error))
            {
                Console.Error.WriteLine($"ringfence: {error}");
                return null;
            }

            if (address.Kind is not (TransportKind.Udp or TransportKind.Tcp))
            {
                Console.Error.WriteLine($"ringfence: {text}: udp or tcp");
                return null;
            }

            addresses.Add(address);
        }

        return [.. addresses];
    }

    private static AnswerPlan? Plan(System.CommandLine.ParseResult parsed)
    {
        string country = parsed.GetValue(Ringback)!;
        int progress = parsed.GetValue(Progress);
        int refuse = parsed.GetValue(Refuse);
        string trouble =
            TonePlan.Default.ByCountry(country.ToUpperInvariant()) is null
                ? $"no tones are known for \"{country}\"; a country by its two letters"
            : progress is not 0 and (< 101 or > 199) ? $"--progress {progress}: 101 to 199, or 0"
            : parsed.GetValue(Press) is { } key
            && (key.Length != 1 || !"0123456789*#".Contains(key[0], StringComparison.Ordinal))
                ? $"--press {key}: 0 to 9, * or #"
            : refuse is not 0 and (< 300 or > 699) ? $"--refuse {refuse}: 300 to 699"
            : "";
        short[]? samples = null;
        if (parsed.GetValue(Play) is { } file)
        {
            samples = Recording.Read(file, out string unreadable);
            trouble = unreadable.Length > 0 ? unreadable : trouble;
        }

        if (trouble.Length > 0)
        {
            Console.Error.WriteLine($"ringfence: {trouble}");
            return null;
        }

        return new AnswerPlan
        {
            Progress = progress,
            EarlyMedia = parsed.GetValue(Early) || parsed.GetValue(EarlySession),
            EarlySession = parsed.GetValue(EarlySession),
            After = TimeSpan.FromSeconds(parsed.GetValue(After)),
            Final = refuse > 0 ? refuse : 200,
            Phrase = parsed.GetValue(Phrase)!,
            Ringback = country.ToUpperInvariant(),
            Play = samples,
            Press = parsed.GetValue(Press)?[0],
            PressAfter = TimeSpan.FromSeconds(parsed.GetValue(PressAfter)),
        };
    }
}
