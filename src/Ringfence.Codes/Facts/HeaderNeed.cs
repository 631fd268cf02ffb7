using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>How binding the presence of a header field in a response is.</summary>
[JsonConverter(typeof(KeyConverter<HeaderNeed>))]
public enum HeaderNeed
{
    /// <summary>It must be present.</summary>
    Must,

    /// <summary>It should be present.</summary>
    Should,

    /// <summary>It may be present.</summary>
    May,

    /// <summary>It should not be present.</summary>
    ShouldNot,

    /// <summary>It must not be present.</summary>
    MustNot,
}
