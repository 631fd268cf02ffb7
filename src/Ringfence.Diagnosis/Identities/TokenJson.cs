using System.Buffers.Text;
using System.Text.Json;

namespace Ringfence.Diagnosis.Identities;

/// <summary>The JSON of a part of a token. Whoever wrote it chose the bytes, so nothing of it is taken for granted.</summary>
internal static class TokenJson
{
    /// <summary>The object that a part in base64url holds; null where it holds none.</summary>
    public static JsonDocument? Parse(string part)
    {
        if (!Base64Url.IsValid(part))
        {
            return null;
        }

        try
        {
            var document = JsonDocument.Parse(Base64Url.DecodeFromChars(part));
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            // The framework tells text that is no JSON this way only.
            return null;
        }
    }

    /// <summary>A member that is text; empty where there is none.</summary>
    public static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) ? Text(value) : "";

    /// <summary>A text; empty where it is something else, or no Unicode.</summary>
    public static string Text(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return "";
        }

        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8, or half a surrogate pair: the parser lets both pass.
            return "";
        }
    }
}
