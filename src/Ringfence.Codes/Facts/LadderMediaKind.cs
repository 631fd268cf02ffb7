using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>What is heard along an arrow of a ladder.</summary>
[JsonConverter(typeof(KeyConverter<LadderMediaKind>))]
public enum LadderMediaKind
{
    /// <summary>Media before the answer.</summary>
    Early,

    /// <summary>The conversation.</summary>
    TwoWay,

    /// <summary>An announcement before a refusal.</summary>
    Announcement,
}
