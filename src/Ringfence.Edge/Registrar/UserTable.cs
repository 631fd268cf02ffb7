using System.Collections.Frozen;
using Ringfence.Sip.Auth;

namespace Ringfence.Edge.Registrar;

/// <summary>The users of the file as it was last read. Safe for any thread; never changed.</summary>
internal sealed class UserTable(IReadOnlyDictionary<string, DigestSecret> users) : IDigestUsers
{
    private readonly FrozenDictionary<string, DigestSecret> _users = users.ToFrozenDictionary(StringComparer.Ordinal);

    /// <inheritdoc/>
    public DigestSecret? Find(string user) => _users.GetValueOrDefault(user);
}
