using System.CommandLine;
using Ringfence.Output;

namespace Ringfence.Commands.Desk;

/// <summary><c>ringfence report</c>: a callee says that a caller was unwanted, or takes that back.</summary>
internal static class ReportCommand
{
    private static readonly Argument<string?> Caller = new("caller")
    {
        Description = "Who called: a number or address",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private static readonly Option<string?> Callee = new("--callee")
    {
        Description = "Who says so: on whose list the caller goes",
        HelpName = "number",
    };
    private static readonly Option<string?> Call = new("--call")
    {
        Description = "The id of a call, in the place of caller and callee",
        HelpName = "id",
    };
    private static readonly Option<bool> Undo = new("--undo") { Description = "Take the caller off the list again" };
    private static readonly Option<bool> Wanted = new("--wanted")
    {
        Description = "The call was wanted: the caller goes onto the callee's allow list (with --call)",
    };
    private static readonly Option<bool> Json = new("--json") { Description = "As JSON" };

    internal static Command Create()
    {
        Command command = new(
            "report",
            """
            A called user says that a caller was unwanted: the caller goes onto that user's list, for a year or until it is taken back. For
            others it counts only where the call's identity was validly signed as the caller's own (RFC 8197 §6).

            Examples:
              ringfence report +33900123456 --callee +33199001234
              ringfence report +33900123456 --callee +33199001234 --undo
              ringfence report --call 5f0c1d2e3a4b5c6d
              ringfence report --call 5f0c1d2e3a4b5c6d --wanted

            Ends with 0, with 1 when there is nothing to take back or no such call, with 2 when the edge cannot be reached.
            """
        )
        {
            Caller,
            Callee,
            Call,
            Undo,
            Wanted,
            Json,
        };
        EdgeClient.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string? caller = parsed.GetValue(Caller);
        string? callee = parsed.GetValue(Callee);
        string? call = parsed.GetValue(Call);
        bool isOfParties = caller is not null && callee is not null && call is null && !parsed.GetValue(Wanted);
        bool isOfCall = call is not null && caller is null && callee is null && !parsed.GetValue(Undo);
        if (!isOfParties && !isOfCall)
        {
            Console.Error.WriteLine(
                "ringfence: name CALLER and --callee (with --undo to take it back), or --call (with --wanted for the contrary)"
            );
            return ExitCode.Unusable;
        }

        (HttpMethod method, string path) =
            isOfCall
                ? (
                    HttpMethod.Post,
                    $"/api/v1/calls/{EdgeClient.Segment(call!)}/{(parsed.GetValue(Wanted) ? "wanted" : "unwanted")}"
                )
            : parsed.GetValue(Undo)
                ? (HttpMethod.Delete, $"/api/v1/lists/{EdgeClient.Segment(callee!)}/{EdgeClient.Segment(caller!)}")
            : (HttpMethod.Post, "/api/v1/reports");
        bool hasBody = path.EndsWith("/reports", StringComparison.Ordinal);
        return await EdgeClient
            .AskAsync(
                parsed,
                edge =>
                    edge.SendAsync(
                        method,
                        path,
                        hasBody
                            ? json =>
                            {
                                json.WriteString("caller", caller);
                                json.WriteString("callee", callee);
                                json.WriteString("via", "command");
                            }
                            : null,
                        cancellation
                    ),
                reply => Tell(parsed, reply)
            )
            .ConfigureAwait(false);
    }

    private static int Tell(ParseResult parsed, EdgeReply reply)
    {
        if (!reply.IsGood)
        {
            Console.Error.WriteLine($"ringfence: {reply.Detail}");
            return ExitCode.Unexpected;
        }

        if (parsed.GetValue(Json))
        {
            reply.Print();
        }
        else if (parsed.GetValue(Undo))
        {
            Console.WriteLine($"{parsed.GetValue(Caller)} is off the list of {parsed.GetValue(Callee)}");
        }
        else if (reply.Text("blocked") == "true")
        {
            string until = reply.Text("until") is { Length: > 0 } time ? $" until {time}" : "";
            Console.WriteLine($"{reply.Text("caller")} is on the block list of {reply.Text("callee")}{until}");
            Console.WriteLine($"for others: {Outcome(reply.Text("outcome"))}");
        }
        else if (parsed.GetValue(Wanted))
        {
            Console.WriteLine($"{reply.Text("caller")} is on the allow list of {reply.Text("callee")}");
        }
        else
        {
            Console.WriteLine($"nothing was listed: {Outcome(reply.Text("outcome"))}");
        }

        return ExitCode.Success;
    }

    private static string Outcome(string outcome) =>
        outcome switch
        {
            "Counted" => "counted against the caller",
            "IdentityUnproven" =>
                "does not count: no call is known whose number was validly signed as the caller's own",
            "NoIdentity" => "does not count: the caller cannot be told from others",
            "ReporterCapped" => "does not count anew: this callee has said so before, or too often today",
            _ => outcome,
        };
}
