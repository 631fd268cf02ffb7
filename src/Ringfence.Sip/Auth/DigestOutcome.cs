namespace Ringfence.Sip.Auth;

/// <summary>What a server makes of a request's credentials.</summary>
public enum DigestOutcome : byte
{
    /// <summary>The user is who he says.</summary>
    Authenticated,

    /// <summary>No credentials, wrong ones, or old ones: to be answered with the challenges.</summary>
    Challenge,

    /// <summary>Credentials that break the rules: to be answered 400.</summary>
    Refuse,
}
