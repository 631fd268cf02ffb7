using Ringfence.Stir.Passport;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Claims;

/// <summary>Reads "rcd" and "rcdi" (RFC 9795), and checks the digests of what the token itself carries.</summary>
internal static class RichCallDataReader
{
    public static Fault Read(JsonValue payload, bool required, out RichCallData? data)
    {
        data = null;
        JsonValue rcd = payload["rcd"u8];
        JsonValue rcdi = payload["rcdi"u8];
        if (rcd.Kind == JsonKind.Absent)
        {
            return required ? Fault.RcdMissing
                : rcdi.Kind == JsonKind.Absent ? Fault.None
                : Fault.RcdIntegrityMalformed;
        }

        Fault fault = ReadMembers(rcd, out data);
        return fault == Fault.None && rcdi.Kind != JsonKind.Absent ? ReadIntegrity(rcd, rcdi, ref data!) : fault;
    }

    private static Fault ReadMembers(JsonValue rcd, out RichCallData? data)
    {
        data = null;
        if (rcd.Kind != JsonKind.Object)
        {
            return Fault.RcdMalformed;
        }

        JsonValue name = rcd["nam"u8];
        JsonValue card = rcd["jcd"u8];
        if (name.Kind == JsonKind.Absent)
        {
            return Fault.RcdNameMissing;
        }

        bool wellFormed =
            name.TryText(out string nam)
            & Optional(rcd["apn"u8], out string? alternate)
            & Optional(rcd["icn"u8], out string? icon)
            & Optional(rcd["jcl"u8], out string? link)
            & card.Kind is JsonKind.Absent or JsonKind.Array;
        if (!wellFormed)
        {
            return Fault.RcdMalformed;
        }

        if (link is not null && card.Kind == JsonKind.Array)
        {
            return Fault.RcdCardTwice;
        }

        data = new RichCallData
        {
            Name = nam,
            AlternateNumber = alternate,
            Icon = icon,
            CardLink = link,
            Card = card.Kind == JsonKind.Array ? System.Text.Encoding.UTF8.GetString(card.Raw.Span) : null,
        };
        return Fault.None;
    }

    private static Fault ReadIntegrity(JsonValue rcd, JsonValue rcdi, ref RichCallData data)
    {
        if (rcdi.Kind != JsonKind.Object)
        {
            return Fault.RcdIntegrityMalformed;
        }

        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string pointer, JsonValue value) in rcdi.Members())
        {
            if (!value.TryText(out string digest) || !RcdDigest.IsWellFormed(digest) || !pointer.StartsWith('/'))
            {
                return Fault.RcdIntegrityMalformed;
            }

            digests.Add(pointer, digest);
        }

        data = data with { Integrity = digests };
        foreach ((string pointer, string digest) in digests)
        {
            if (IsElsewhere(rcd, pointer))
            {
                continue;
            }

            JsonValue target = Follow(rcd, pointer);
            if (target.Kind == JsonKind.Absent || !RcdDigest.Matches(digest, Covered(target)))
            {
                return Fault.RcdIntegrityMismatch;
            }
        }

        return Fault.None;
    }

    /// <summary>
    /// Whether a pointer leads to a URI: then the digest covers what lies there, and who fetches it checks it by <see cref="RcdDigest"/>.
    /// Only "icn", "jcl" and values inside of a card are URIs; a name that looks like one is still a name.
    /// </summary>
    private static bool IsElsewhere(JsonValue rcd, string pointer) =>
        pointer is "/icn" or "/jcl"
        || pointer.StartsWith("/jcl/", StringComparison.Ordinal)
        || (
            pointer.StartsWith("/jcd/", StringComparison.Ordinal)
            && Follow(rcd, pointer).TryText(out string text)
            && text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Text with its quotes, everything else as it stands: the JSON of the value (RFC 9795, digest of a string value).</summary>
    private static byte[] Covered(JsonValue target) =>
        target.Kind == JsonKind.Text ? [(byte)'"', .. target.Raw.Span, (byte)'"'] : target.Raw.ToArray();

    /// <summary>JSON pointer (RFC 6901), without its escapes "~0" and "~1": no registered member's name needs them.</summary>
    private static JsonValue Follow(JsonValue from, string pointer)
    {
        JsonValue at = from;
        foreach (string part in pointer[1..].Split('/'))
        {
            at =
                at.Kind == JsonKind.Array
                    ? int.TryParse(part, System.Globalization.NumberStyles.None, null, out int n) && n < at.Length()
                        ? at.Element(n)
                        : default
                    : at[System.Text.Encoding.UTF8.GetBytes(part)];
        }

        return at;
    }

    private static bool Optional(JsonValue value, out string? text)
    {
        text = value.Kind == JsonKind.Text ? value.Text : null;
        return value.Kind is JsonKind.Absent or JsonKind.Text;
    }
}
