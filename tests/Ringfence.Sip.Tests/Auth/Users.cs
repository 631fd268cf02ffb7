using Ringfence.Sip.Auth;

namespace Ringfence.Sip.Tests.Auth;

/// <summary>Bob, whose password is "secret", and whoever else a test adds.</summary>
internal sealed class Users : Dictionary<string, DigestSecret>, IDigestUsers
{
    internal const string Realm = "example.com";

    internal Users() => this["bob"] = DigestSecret.FromPassword("bob", Realm, "secret");

    public DigestSecret? Find(string user) => this.GetValueOrDefault(user);
}
