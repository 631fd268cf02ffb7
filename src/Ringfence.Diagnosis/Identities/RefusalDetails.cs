using System.Text;
using System.Text.Json;
using Ringfence.Diagnosis.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Diagnosis.Identities;

/// <summary>What a refusal tells the caller beside its code: whom to ask, why, and what did not verify.</summary>
/// <param name="Analytics">The parts of a 603+ text (ATIS-1000099): version, url, tel, email; empty where it is none.</param>
/// <param name="Contact">The parts of the jCard of a 608 (RFC 8688 §3.2): fn, tel, email, url; empty where there is none.</param>
/// <param name="StirReasons">Reasons of protocol STIR (RFC 9410): cause and text.</param>
public sealed record RefusalDetails(
    IReadOnlyList<KeyValuePair<string, string>> Analytics,
    IReadOnlyList<KeyValuePair<string, string>> Contact,
    IReadOnlyList<(int Cause, string Text)> StirReasons
)
{
    private const int LongestCard = 16_384;

    /// <summary>Whether there is anything to tell.</summary>
    public bool IsEmpty => Analytics.Count + Contact.Count + StirReasons.Count == 0;

    /// <summary>Reads a response.</summary>
    public static RefusalDetails Of(TraceMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return new RefusalDetails(AnalyticsOf(response), ContactOf(response), ReasonsOf(response));
    }

    /// <summary>When the card of a 608 was issued, if it says so, and whether it can be read.</summary>
    internal static (long? IssuedAt, bool IsReadable) CardOf(TraceMessage response)
    {
        var parts = CardToken(response).Split('.');
        using var claims = parts.Length == 3 ? TokenJson.Parse(parts[1]) : null;
        if (claims is null || ContactOf(response).Count == 0)
        {
            return (null, false);
        }

        return (
            claims.RootElement.TryGetProperty("iat", out var iat)
            && iat.ValueKind == JsonValueKind.Number
            && iat.TryGetInt64(out var at)
                ? at
                : null,
            true
        );
    }

    private static List<KeyValuePair<string, string>> AnalyticsOf(TraceMessage response)
    {
        var parts = new List<KeyValuePair<string, string>>();
        if (
            response.Status != 603
            || !Reason.TryFind(response.Sip, "SIP"u8, out var reason)
            || !reason.Text.StartsWith("v=analytics"u8)
        )
        {
            return parts;
        }

        foreach (var part in TraceMessage.Text(reason.Text).Split(';', StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                parts.Add(new(part[..equals], part[(equals + 1)..]));
            }
        }

        if (!reason.Location.IsEmpty)
        {
            parts.Add(new("location", TraceMessage.Text(reason.Location)));
        }

        return parts;
    }

    private static List<(int, string)> ReasonsOf(TraceMessage response)
    {
        var reasons = new List<(int, string)>();
        foreach (var item in response.Sip.Items(HeaderId.Reason))
        {
            if (Reason.TryParse(item, out var reason) && Ascii.EqualsIgnoreCase(reason.Protocol, "STIR"u8))
            {
                reasons.Add((reason.Cause, TraceMessage.Text(reason.Text)));
            }
        }

        return reasons;
    }

    // The card may come as a data: URI, or inside the body under a cid: URI; what is behind http is not fetched.
    private static List<KeyValuePair<string, string>> ContactOf(TraceMessage response) => Card(CardToken(response));

    /// <summary>The card of a 608 as it stands there; empty where there is none.</summary>
    internal static string CardToken(TraceMessage response)
    {
        foreach (var item in response.Sip.Items(HeaderId.CallInfo))
        {
            if (!CallInfo.TryParse(item, out var info) || !info.Purpose.SequenceEqual("jwscard"u8))
            {
                continue;
            }

            var uri = TraceMessage.Text(info.Uri);
            var comma = uri.IndexOf(',', StringComparison.Ordinal);
            return uri.StartsWith("data:", StringComparison.OrdinalIgnoreCase) && comma > 0
                    ? Uri.UnescapeDataString(uri[(comma + 1)..])
                : uri.StartsWith("cid:", StringComparison.OrdinalIgnoreCase)
                    ? Token(TraceMessage.Text(response.Sip.Body))
                : "";
        }

        return "";
    }

    // The one JWS of a multipart body: three parts of base64url on one line.
    private static string Token(string body) =>
        body.Split('\n', StringSplitOptions.TrimEntries)
            .FirstOrDefault(line => line.StartsWith("ey", StringComparison.Ordinal) && line.Count(c => c == '.') == 2)
        ?? "";

    private static List<KeyValuePair<string, string>> Card(string token)
    {
        var found = new List<KeyValuePair<string, string>>();
        var parts = token.Split('.');
        using var claims = parts.Length == 3 && token.Length <= LongestCard ? TokenJson.Parse(parts[1]) : null;
        if (claims is not null && claims.RootElement.TryGetProperty("jcard", out var card))
        {
            Properties(card, found);
        }

        return found;
    }

    // ["vcard", [["fn", {}, "text", "Robocall Analytics"], …]] (RFC 7095 §3.3).
    private static void Properties(JsonElement card, List<KeyValuePair<string, string>> found)
    {
        if (
            card.ValueKind != JsonValueKind.Array
            || card.GetArrayLength() < 2
            || card[1].ValueKind != JsonValueKind.Array
        )
        {
            return;
        }

        foreach (var property in card[1].EnumerateArray())
        {
            if (
                property.ValueKind == JsonValueKind.Array
                && property.GetArrayLength() >= 4
                && TokenJson.Text(property[0]) is "fn" or "org" or "tel" or "email" or "url"
                && TokenJson.Text(property[3]) is { Length: > 0 } value
            )
            {
                found.Add(new(TokenJson.Text(property[0]), value));
            }
        }
    }
}
