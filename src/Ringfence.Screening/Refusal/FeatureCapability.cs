namespace Ringfence.Screening.Refusal;

/// <summary>Values of the Feature-Caps header (RFC 6809) that screening has to do with.</summary>
public static class FeatureCapability
{
    /// <summary>In the 200 to a REGISTER, only where a 607 really changes the user's list (RFC 8197 §5.2).</summary>
    public const string Unwanted = "*;+sip.607";

    /// <summary>In an INVITE: who sends it takes care of a 608's contents (RFC 8688 §5.2).</summary>
    public const string Rejected = "*;+sip.608";
}
