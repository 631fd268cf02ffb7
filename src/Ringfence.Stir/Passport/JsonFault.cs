namespace Ringfence.Stir.Passport;

/// <summary>How a text fails to be the JSON of a PASSporT. The value is the offset to the reader's own fault (301.. or 401..).</summary>
internal enum JsonFault : byte
{
    None,
    Syntax,
    Duplicate,
    Depth,
    Trailing,
    NotObject,
    Encoding,
    TooLarge,
    Number,
}
