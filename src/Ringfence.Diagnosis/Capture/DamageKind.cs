namespace Ringfence.Diagnosis.Capture;

/// <summary>Every way in which an input can be damaged.</summary>
public enum DamageKind
{
    /// <summary>The input could not be opened or read.</summary>
    Unreadable,

    /// <summary>The input ends inside a record.</summary>
    EndsInsideRecord,

    /// <summary>A record says a length that cannot be.</summary>
    ImpossibleLength,

    /// <summary>The compressed data are damaged.</summary>
    DamagedCompression,

    /// <summary>A packet names an interface that was not described.</summary>
    UnknownInterface,

    /// <summary>The frames are of a link type that is not known here.</summary>
    UnknownLinkType,

    /// <summary>Neither a capture nor a log with SIP in it.</summary>
    UnknownFormat,

    /// <summary>Compressed in a way that is not read here.</summary>
    OtherCompression,

    /// <summary>A capture in a format that is not read here.</summary>
    OtherCapture,
}
