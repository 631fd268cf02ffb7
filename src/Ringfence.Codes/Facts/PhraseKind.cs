using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>Why another phrase is met with a code.</summary>
[JsonConverter(typeof(KeyConverter<PhraseKind>))]
public enum PhraseKind
{
    /// <summary>The phrase of an earlier specification.</summary>
    Former,

    /// <summary>A phrase used by software or operators.</summary>
    Field,
}
