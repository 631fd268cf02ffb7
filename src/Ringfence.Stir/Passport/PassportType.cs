namespace Ringfence.Stir.Passport;

/// <summary>The kinds of PASSporT that are understood (the registered "ppt" values).</summary>
public enum PassportType : byte
{
    /// <summary>No "ppt": the base claims only (RFC 8225 §5).</summary>
    Baseline,

    /// <summary>"shaken": attestation and origin (RFC 8588).</summary>
    Shaken,

    /// <summary>"div": a retargeting (RFC 8946 §3).</summary>
    Div,

    /// <summary>"div-o": a retargeting that carries the original inside (RFC 8946 §5).</summary>
    DivO,

    /// <summary>"rcd": rich call data (RFC 9795).</summary>
    Rcd,

    /// <summary>"rph": resource priority (RFC 8443, RFC 9027).</summary>
    Rph,

    /// <summary>Another "ppt": such a header is ignored (RFC 8224 §6.2 step 1).</summary>
    Unsupported,
}
