namespace Ringfence.Stir.Passport;

/// <summary>What a JSON value is.</summary>
internal enum JsonKind : byte
{
    /// <summary>There is no value.</summary>
    Absent,
    Object,
    Array,
    Text,
    Integer,
    True,
    False,
    Null,
}
