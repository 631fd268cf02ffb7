using System.CommandLine;
using System.Text.Json;
using Ringfence.Output;
using Ringfence.Screening.Refusal;

namespace Ringfence.Commands.Desk;

/// <summary><c>ringfence why</c>: what a refused caller is told under its token, and its appeal.</summary>
internal static class WhyCommand
{
    private static readonly Argument<string> Token = new("token")
    {
        Description = "The token of the refusal, or the address of its page",
    };
    private static readonly Option<string> Language = new("--lang")
    {
        Description = "Language: en, fr, es, de",
        DefaultValueFactory = _ => "en",
    };
    private static readonly Option<string?> Appeal = new("--appeal")
    {
        Description = "Say what is wrong with the refusal",
        HelpName = "text",
    };
    private static readonly Option<string?> Reach = new("--reach")
    {
        Description = "With --appeal: how the caller can be reached",
        HelpName = "address",
    };
    private static readonly Option<bool> Json = new("--json") { Description = "As JSON" };

    internal static Command Create()
    {
        Command command = new(
            "why",
            """
            Why was this call refused? What a caller is told who has the token of the refusal: what happened, on which attestation, what to do;
            nothing of the callee, nor of what others reported. A token that stands for no call tells nothing.

            Examples:
              ringfence why TOKEN
              ringfence why https://calls.example/why/TOKEN --lang fr
              ringfence why TOKEN --appeal "We are the pharmacy of Main Street" --reach calls@pharmacy.example

            Ends with 0, with 1 when the token stands for no call, with 2 when the edge cannot be reached.
            """
        )
        {
            Token,
            Language,
            Appeal,
            Reach,
            Json,
        };
        EdgeClient.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string language = parsed.GetValue(Language)!;
        if (!RedressAdvice.Languages.Contains(language))
        {
            Console.Error.WriteLine(
                $"ringfence: --lang {language}: one of {string.Join(", ", RedressAdvice.Languages)}"
            );
            return ExitCode.Unusable;
        }

        string token = EdgeClient.Segment(parsed.GetValue(Token)!.TrimEnd('/').Split('/')[^1].Split('?')[0]);
        string? appeal = parsed.GetValue(Appeal);
        return await EdgeClient
            .AskAsync(
                parsed,
                edge =>
                    appeal is null
                        ? edge.SendAsync(
                            HttpMethod.Get,
                            $"/api/v1/why/{token}?lang={language}",
                            body: null,
                            cancellation
                        )
                        : edge.SendAsync(
                            HttpMethod.Post,
                            $"/api/v1/why/{token}/appeal?lang={language}",
                            json =>
                            {
                                json.WriteString("message", appeal);
                                json.WriteString("reach", parsed.GetValue(Reach) ?? "");
                            },
                            cancellation
                        ),
                reply => Tell(parsed, reply)
            )
            .ConfigureAwait(false);
    }

    private static int Tell(ParseResult parsed, EdgeReply reply)
    {
        if (!reply.IsGood && reply.Text("known").Length == 0)
        {
            Console.Error.WriteLine($"ringfence: {reply.Detail}");
            return ExitCode.Unexpected;
        }

        if (parsed.GetValue(Json))
        {
            reply.Print();
        }
        else
        {
            Print(reply);
        }

        return reply.Text("known") == "true" ? ExitCode.Success : ExitCode.Unexpected;
    }

    private static void Print(EdgeReply reply)
    {
        if (reply.Text("status") is { Length: > 0 } status)
        {
            Console.WriteLine(Terminal.Bold($"{status} {reply.Text("phrase")}") + $"  {reply.Text("at")}");
        }

        foreach (JsonElement sentence in reply.Items("sentences"))
        {
            Console.WriteLine(TextTable.Printable(sentence.GetString() ?? ""));
        }

        if (reply.Json.TryGetProperty("contact", out JsonElement contact) && contact.ValueKind == JsonValueKind.Object)
        {
            string[] ways = ["name", "url", "email", "tel"];
            Console.WriteLine(
                string.Join(", ", ways.Select(way => EdgeReply.TextOf(contact, way)).Where(way => way.Length > 0))
            );
        }

        if (reply.Text("appeal") is { Length: > 0 } appeal and not "none")
        {
            string answer = reply.Text("reply");
            Console.WriteLine($"appeal: {appeal}{(answer.Length == 0 ? "" : $": {answer}")}");
        }
    }
}
