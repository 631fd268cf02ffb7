namespace Ringfence.Media.Sdp;

/// <summary>First field of an <c>m=</c> line.</summary>
public enum MediaKind
{
    /// <summary>A kind without a name here; its text is kept.</summary>
    Other,

    /// <summary>Speech, tones, prompts.</summary>
    Audio,

    /// <summary>Moving pictures.</summary>
    Video,

    /// <summary>Real-time text.</summary>
    Text,

    /// <summary>Still pictures, which in telephony is T.38 fax.</summary>
    Image,

    /// <summary>Application data, such as BFCP or a data channel.</summary>
    Application,

    /// <summary>Message sessions (MSRP).</summary>
    Message,
}
