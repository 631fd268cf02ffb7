using System.Text.Json;
using Ringfence.Media.Tones;
using Ringfence.Output;
using Ringfence.Screening.Facts;

namespace Ringfence.Commands.Desk;

/// <summary>What is known of a number, for a reader.</summary>
internal static class NumberText
{
    internal static void Print(Party party, EdgeReply known)
    {
        Console.WriteLine(Terminal.Bold(party.Text) + Numbering(party));
        string vouched = known.Text("vouched") == "true" ? ", an appeal was granted" : "";
        if (known.Text("reputation") is { Length: > 0 } score)
        {
            Console.WriteLine(
                Terminal.Labelled(
                    "reputation",
                    $"{score} of 100, reported by {known.Text("reporters")} callees{vouched}"
                )
            );
        }

        string lists = string.Join(", ", known.Items("lists").Select(list => list.GetString()));
        Console.WriteLine(Terminal.Labelled("lists", lists.Length == 0 ? "none" : TextTable.Printable(lists)));
        if (known.Json.TryGetProperty("rates", out JsonElement rates))
        {
            Console.WriteLine(Terminal.Labelled("dials", Rates(rates)));
        }

        if (known.Text("asOf") is { Length: > 0 } time)
        {
            Console.WriteLine(Terminal.Labelled("as of", $"{time}, its latest call: lists and rates live in the edge"));
        }

        PrintTable(
            "on users' lists",
            ["callee", "list", "since", "until", "via"],
            known.Items("entries"),
            entry =>
                [
                    Of(entry, "callee"),
                    Of(entry, "list"),
                    Of(entry, "since"),
                    Of(entry, "until") is { Length: > 0 } until ? until : "always",
                    Of(entry, "via"),
                ]
        );

        PrintTable(
            "reports",
            ["at", "via", "outcome"],
            known.Items("reports"),
            report => [Of(report, "at"), Of(report, "via"), Of(report, "outcome")]
        );
        PrintTable(
            "calls",
            ["started", "callee", "verdict", "status", "attested", "why"],
            known.Items("calls"),
            call =>
                [
                    Of(call, "started"),
                    Of(call, "callee"),
                    Of(call, "verdict"),
                    Of(call, "status"),
                    Of(call, "attestation") is { Length: > 0 } level ? level : "-",
                    FirstLine(call),
                ]
        );
    }

    private static string Numbering(Party party) =>
        party.Form switch
        {
            PartyForm.Number when TonePlan.Default.ByNumber(party.Text) is { } country => $", {country.Name}",
            PartyForm.Number => ", of no known country",
            PartyForm.Local => ", without country code",
            PartyForm.Anonymous => ", whoever withholds the name",
            _ => "",
        };

    private static string Rates(JsonElement rates) =>
        $"{Of(rates, "callsPerMinute")} calls this minute, {Of(rates, "callsPerHour")} this hour, {Of(rates, "callsPerDay")} this day, "
        + $"to {Of(rates, "distinctCallees")} callees; {Of(rates, "refusals")} refused lately; known for {Of(rates, "knownHours")} h";

    private static string FirstLine(JsonElement call) =>
        call.TryGetProperty("reasons", out JsonElement reasons)
            ? TextTable.Printable((reasons.GetString() ?? "").Split('\n')[0])
            : "";

    private static string Of(JsonElement json, string name) => EdgeReply.TextOf(json, name);

    private static void PrintTable(
        string title,
        string[] heading,
        IEnumerable<JsonElement> items,
        Func<JsonElement, string[]> row
    )
    {
        string[][] rows = [.. items.Select(row)];
        if (rows.Length > 0)
        {
            Console.WriteLine();
            Console.WriteLine(Terminal.Bold(title));
            TextTable.Print(heading, rows);
        }
    }
}
