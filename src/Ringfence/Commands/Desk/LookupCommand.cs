using System.CommandLine;
using Ringfence.Output;
using Ringfence.Screening.Facts;

namespace Ringfence.Commands.Desk;

/// <summary><c>ringfence lookup</c>: what is known of a number.</summary>
internal static class LookupCommand
{
    private static readonly Argument<string> Number = new("number") { Description = "A number or address" };
    private static readonly Option<FileInfo?> Database = new("--data")
    {
        Description = "Ask this database of an edge that need not run",
        HelpName = "ringfence.db",
    };
    private static readonly Option<bool> Json = new("--json") { Description = "As JSON" };

    internal static Command Create()
    {
        Command command = new(
            "lookup",
            """
            What is known of a number: lists, reputation, how it dials, reports about it, its latest calls and why they fared so.

            Examples:
              ringfence lookup +33612345678
              ringfence lookup +33612345678 --edge http://127.0.0.1:8081 --json
              ringfence lookup +33612345678 --data ringfence-data/ringfence.db

            Ends with 0, with 1 when nothing is known, with 2 when the edge or its data cannot be reached.
            """
        )
        {
            Number,
            Database,
            Json,
        };
        EdgeClient.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var party = Party.Parse(parsed.GetValue(Number)!);
        if (party.Form is PartyForm.None or PartyForm.Invalid)
        {
            Console.Error.WriteLine($"ringfence: \"{parsed.GetValue(Number)}\" is neither a number nor an address");
            return ExitCode.Unusable;
        }

        if (parsed.GetValue(Database) is { } database)
        {
            return RecordedNumber.Read(database.FullName, party) is { } known
                ? Tell(parsed, party, known)
                : ExitCode.Unusable;
        }

        return await EdgeClient
            .AskAsync(
                parsed,
                edge =>
                    edge.SendAsync(
                        HttpMethod.Get,
                        $"/api/v1/numbers/{EdgeClient.Segment(party.Text)}",
                        body: null,
                        cancellation
                    ),
                reply => Tell(parsed, party, reply)
            )
            .ConfigureAwait(false);
    }

    private static int Tell(ParseResult parsed, Party party, EdgeReply reply)
    {
        if (!reply.IsGood)
        {
            Console.Error.WriteLine($"ringfence: {reply.Detail}");
            return ExitCode.Unusable;
        }

        bool isKnown =
            reply.Items("calls").Any()
            || reply.Items("reports").Any()
            || reply.Items("lists").Any()
            || reply.Text("vouched") == "true";
        if (parsed.GetValue(Json))
        {
            reply.Print();
        }
        else
        {
            NumberText.Print(party, reply);
        }

        return isKnown ? ExitCode.Success : ExitCode.Unexpected;
    }
}
