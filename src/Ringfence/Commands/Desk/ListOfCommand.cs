using System.CommandLine;
using System.Text.Json;
using Ringfence.Output;

namespace Ringfence.Commands.Desk;

/// <summary><c>ringfence list of</c>: a callee's own lists, at a running edge.</summary>
internal static class ListOfCommand
{
    private static readonly Argument<string> Callee = new("callee")
    {
        Description = "Whose lists: a number or address",
    };
    private static readonly Option<string?> Block = Entry("--block", "Put this caller onto the block list");
    private static readonly Option<string?> Allow = Entry("--allow", "Put this caller onto the allow list");
    private static readonly Option<string?> Contact = Entry("--contact", "Put this caller into the address book");
    private static readonly Option<string?> Remove = Entry("--remove", "Take this caller off all of them");
    private static readonly Option<string?> Until = new("--until")
    {
        Description = "With --block or --allow: until when; always without it",
        HelpName = "2027-01-31T00:00:00Z",
    };
    private static readonly Option<bool> Json = new("--json") { Description = "As JSON" };

    internal static Command Create()
    {
        Command command = new(
            "of",
            """
            A callee's own lists at a running edge: callers that it blocks, allows, or has in its address book. Each entry says how it came.

            Examples:
              ringfence list of +33199001234
              ringfence list of +33199001234 --block +33900123456 --until 2027-01-31T00:00:00Z
              ringfence list of +33199001234 --remove +33900123456

            Ends with 0, with 1 when the entry is refused or is not there, with 2 when the edge cannot be reached.
            """
        )
        {
            Callee,
            Block,
            Allow,
            Contact,
            Remove,
            Until,
            Json,
        };
        EdgeClient.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        (string Caller, string? List)[] changes =
        [
            .. new[] { (Block, "blocked"), (Allow, "allowed"), (Contact, "contacts"), (Remove, null) }
                .Select(option => (Caller: parsed.GetValue(option.Item1), List: option.Item2))
                .Where(change => change.Caller is not null)
                .Select(change => (change.Caller!, change.List)),
        ];
        if (changes.Length > 1)
        {
            Console.Error.WriteLine("ringfence: one of --block, --allow, --contact and --remove at a time");
            return ExitCode.Unusable;
        }

        string path = $"/api/v1/lists/{EdgeClient.Segment(parsed.GetValue(Callee)!)}";
        return await EdgeClient
            .AskAsync(
                parsed,
                edge =>
                    changes switch
                    {
                        [] => edge.SendAsync(HttpMethod.Get, path, body: null, cancellation),
                        [(var caller, null)] => edge.SendAsync(
                            HttpMethod.Delete,
                            $"{path}/{EdgeClient.Segment(caller)}",
                            body: null,
                            cancellation
                        ),
                        _ => edge.SendAsync(
                            HttpMethod.Put,
                            $"{path}/{EdgeClient.Segment(changes[0].Caller)}",
                            json =>
                            {
                                json.WriteString("list", changes[0].List);
                                json.WriteString("until", parsed.GetValue(Until));
                            },
                            cancellation
                        ),
                    },
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
            return ExitCode.Success;
        }

        JsonElement[] entries = [.. reply.Json.EnumerateArray()];
        if (entries.Length == 0)
        {
            Console.WriteLine($"{parsed.GetValue(Callee)} has nobody on its lists");
            return ExitCode.Success;
        }

        TextTable.Print(
            ["caller", "list", "since", "until", "via"],
            entries.Select(entry =>
                new[]
                {
                    EdgeReply.TextOf(entry, "caller"),
                    EdgeReply.TextOf(entry, "list"),
                    EdgeReply.TextOf(entry, "since"),
                    EdgeReply.TextOf(entry, "until") is { Length: > 0 } until ? until : "always",
                    EdgeReply.TextOf(entry, "via"),
                }
            )
        );
        return ExitCode.Success;
    }

    private static Option<string?> Entry(string name, string description) =>
        new(name) { Description = description, HelpName = "number" };
}
