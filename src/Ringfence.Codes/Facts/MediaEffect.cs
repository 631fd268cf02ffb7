using System.Text.Json.Serialization;

namespace Ringfence.Codes;

/// <summary>What a response does to media.</summary>
[JsonConverter(typeof(KeyConverter<MediaEffect>))]
public enum MediaEffect
{
    /// <summary>None.</summary>
    NoneYet,

    /// <summary>Early media possible.</summary>
    EarlyPossible,

    /// <summary>Early media of that dialog stops.</summary>
    OneDialogStops,

    /// <summary>Two-way media.</summary>
    TwoWay,

    /// <summary>Early media ends.</summary>
    Ends,

    /// <summary>Unchanged.</summary>
    AsBefore,

    /// <summary>Has nothing to do with media.</summary>
    NotMedia,
}
