namespace Ringfence.Edge.Configuration;

/// <summary>What a caller gets for a provisional response of the callee.</summary>
public enum ProgressTranslation
{
    /// <summary>183 with SDP, and ringback of the edge while nothing else is to be heard.</summary>
    Ringback,

    /// <summary>The same: 180 stays 180, and 183 stays 183 with or without SDP.</summary>
    Pass,

    /// <summary>180 without SDP: the caller's own telephone rings.</summary>
    Ringing,

    /// <summary>Nothing.</summary>
    Drop,
}
