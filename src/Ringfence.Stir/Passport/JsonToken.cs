namespace Ringfence.Stir.Passport;

/// <summary>One value (or member name) in a <see cref="JsonTape"/>: where it stands and where the one after it begins.</summary>
/// <param name="Kind">What it is; a member's name is text.</param>
/// <param name="Escaped">Whether the text holds a backslash.</param>
/// <param name="Start">First octet; of text, the one after the quote.</param>
/// <param name="Length">Octets; of text, without the quotes.</param>
/// <param name="Next">Index of the token after this one and all that it holds.</param>
internal readonly record struct JsonToken(JsonKind Kind, bool Escaped, int Start, int Length, int Next);
