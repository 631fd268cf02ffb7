using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>Where a code stands in the registry.</summary>
[JsonConverter(typeof(KeyConverter<CodeStatus>))]
public enum CodeStatus
{
    /// <summary>In the IANA registry.</summary>
    Registered,

    /// <summary>In the IANA registry, marked as deprecated.</summary>
    Deprecated,

    /// <summary>Not in the registry, met in the field.</summary>
    Field,
}
