namespace Ringfence.Diagnosis.Calls;

/// <summary>Why two calls are taken for two legs of one, surest first.</summary>
public enum LegJoin
{
    /// <summary>Session-ID names the same session (RFC 7989).</summary>
    SessionId,

    /// <summary>A header of one names the Call-ID of the other.</summary>
    CallIdHeader,

    /// <summary>P-Charging-Vector has the same icid-value (RFC 7315 §4.6).</summary>
    ChargingVector,

    /// <summary>One Call-ID is made from the other.</summary>
    CallIdText,

    /// <summary>Both offer the same session: equal origin lines (RFC 8866 §5.2).</summary>
    SdpOrigin,

    /// <summary>Both offer the same address for audio: the agent between them passes it on.</summary>
    MediaAddress,

    /// <summary>The same numbers at nearly the same time.</summary>
    NumbersAndTime,
}
