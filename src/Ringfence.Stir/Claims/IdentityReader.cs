using System.Buffers;
using Ringfence.Stir.Passport;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Claims;

/// <summary>Reads "orig", "dest" and "div" (RFC 8225 §5.2.1, RFC 8946 §3).</summary>
internal static class IdentityReader
{
    /// <summary>Identities in "dest": more than a call can ring.</summary>
    private const int MaximumDestinations = 50;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789*#");

    public static Fault ReadOrig(JsonValue orig, out ClaimedIdentity identity) =>
        orig.Kind == JsonKind.Absent
            ? Absent(Fault.OrigMissing, out identity)
            : ReadOne(orig, Fault.OrigMalformed, Fault.OrigNotCanonical, out identity);

    /// <summary>"div" has the form of "orig", and may say how with "hi" (RFC 8946 §8).</summary>
    public static Fault ReadDiv(JsonValue div, out ClaimedIdentity identity) =>
        div.Kind == JsonKind.Absent
            ? Absent(Fault.DivMissing, out identity)
            : ReadOne(div, Fault.DivMalformed, Fault.DivMalformed, out identity);

    public static Fault ReadDest(JsonValue dest, out ClaimedIdentity[] identities)
    {
        identities = [];
        if (dest.Kind == JsonKind.Absent)
        {
            return Fault.DestMissing;
        }

        JsonValue numbers = dest["tn"u8];
        JsonValue uris = dest["uri"u8];
        bool wellFormed =
            dest.Kind == JsonKind.Object
            && numbers.Kind is JsonKind.Absent or JsonKind.Array
            && uris.Kind is JsonKind.Absent or JsonKind.Array;
        if (!wellFormed)
        {
            return Fault.DestMalformed;
        }

        int count = numbers.Length() + uris.Length();
        if (count is 0 or > MaximumDestinations)
        {
            return count == 0 ? Fault.DestEmpty : Fault.DestTooMany;
        }

        identities = new ClaimedIdentity[count];
        Fault fault = Fill(numbers, false, identities);
        return fault == Fault.None ? Fill(uris, true, identities.AsSpan(numbers.Length())) : fault;
    }

    internal static bool IsCanonicalNumber(string number) =>
        number.Length is > 0 and <= 32 && !number.AsSpan().ContainsAnyExcept(NumberCharacters);

    private static Fault Fill(JsonValue values, bool areUris, Span<ClaimedIdentity> identities)
    {
        for (int n = 0; n < values.Length(); n++)
        {
            if (!values.Element(n).TryText(out string value) || value.Length == 0)
            {
                return Fault.DestMalformed;
            }

            if (!areUris && !IsCanonicalNumber(value))
            {
                return Fault.DestNotCanonical;
            }

            identities[n] = new ClaimedIdentity(areUris, value);
        }

        return Fault.None;
    }

    private static Fault ReadOne(JsonValue value, Fault malformed, Fault notCanonical, out ClaimedIdentity identity)
    {
        identity = default;
        JsonValue number = value["tn"u8];
        JsonValue uri = value["uri"u8];
        bool isUri = number.Kind == JsonKind.Absent;
        if (!isUri && uri.Kind != JsonKind.Absent)
        {
            return malformed;
        }

        if (!(isUri ? uri : number).TryText(out string text) || text.Length == 0)
        {
            return malformed;
        }

        identity = new ClaimedIdentity(isUri, text);
        return isUri || IsCanonicalNumber(text) ? Fault.None : notCanonical;
    }

    private static Fault Absent(Fault fault, out ClaimedIdentity identity)
    {
        identity = default;
        return fault;
    }
}
