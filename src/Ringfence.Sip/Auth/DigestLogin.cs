namespace Ringfence.Sip.Auth;

/// <summary>Who we are to one place, whichever of its addresses a request goes to.</summary>
/// <param name="Realm">Its realm, exactly.</param>
/// <param name="User">The user name.</param>
/// <param name="Secret">The secret of that user in that realm.</param>
public sealed record DigestLogin(string Realm, string User, DigestSecret Secret);
