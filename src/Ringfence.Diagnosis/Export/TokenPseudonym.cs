using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ringfence.Diagnosis.Export;

/// <summary>
/// Rewrites a PASSporT with replaced numbers and signs it with a key that nobody has: form, kind, time and attestation stay, and with them
/// what can be found out without the signer's certificate.
/// </summary>
internal sealed class TokenPseudonym(Func<string, string> words, Func<string, string> uuid) : IDisposable
{
    private const int Parts = 3;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The rewritten token; null for one that cannot be read as three parts of JSON and signature.</summary>
    public string? Of(string token)
    {
        var parts = token.Split('.');
        if (
            parts.Length != Parts
            || Read(parts[0]) is not { } header
            || Read(parts[1]) is not { } claims
            || !Base64Url.IsValid(parts[2], out var signature)
        )
        {
            return null;
        }

        Replace(header, "x5u", "kid");
        Replace(claims, "orig", "dest", "div");
        if (claims["origid"] is JsonValue origin && origin.TryGetValue(out string? id))
        {
            claims["origid"] = Guid.TryParse(id, out _) ? uuid(id) : "removed";
        }

        foreach (var name in (string[])["rcd", "rcdi", "crn", "mky", "opt", "iss"])
        {
            claims.Remove(name);
        }

        var input = $"{Write(header)}.{Write(claims)}";
        var signed = _key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256);

        // A signature of a wrong length stays one of a wrong length.
        Array.Resize(ref signed, Math.Min(signature, 1_024));
        return $"{input}.{Base64Url.EncodeToString(signed)}";
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private void Replace(JsonObject claims, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (claims[name] is { } value)
            {
                claims[name] = Replaced(value);
            }
        }
    }

    private JsonNode Replaced(JsonNode node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    members[name] = value is null ? null : Replaced(value);
                }

                return members.DeepClone();
            case JsonArray items:
                return new JsonArray([.. items.Select(item => item is null ? null : Replaced(item.DeepClone()))]);
            default:
                return node.GetValueKind() == JsonValueKind.String
                    ? JsonValue.Create(words(node.GetValue<string>()))!
                    : node.DeepClone();
        }
    }

    private static JsonObject? Read(string part)
    {
        if (!Base64Url.IsValid(part))
        {
            return null;
        }

        try
        {
            var claims = JsonNode.Parse(Base64Url.DecodeFromChars(part)) as JsonObject;
            ReadWhole(claims);
            return claims;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or ArgumentException)
        {
            // Not JSON, text that is no Unicode, or a name twice: the caller blanks it.
            return null;
        }
    }

    // The parser looks into texts and names only when they are asked for.
    private static void ReadWhole(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (_, value) in members)
                {
                    ReadWhole(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    ReadWhole(item);
                }

                break;
            case { } value when value.GetValueKind() == JsonValueKind.String:
                _ = value.GetValue<string>();
                break;
            default:
                break;
        }
    }

    private static string Write(JsonObject claims) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()));
}
