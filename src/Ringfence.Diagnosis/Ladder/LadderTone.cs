namespace Ringfence.Diagnosis.Ladder;

/// <summary>What an arrow means: it decides the colour, never alone.</summary>
public enum LadderTone
{
    /// <summary>A request.</summary>
    Request,

    /// <summary>1xx.</summary>
    Provisional,

    /// <summary>2xx.</summary>
    Success,

    /// <summary>3xx.</summary>
    Redirect,

    /// <summary>4xx.</summary>
    RequestFailure,

    /// <summary>5xx.</summary>
    ServerFailure,

    /// <summary>6xx.</summary>
    GlobalFailure,

    /// <summary>RTP or RTCP.</summary>
    Media,
}
