namespace Ringfence.Sip.Auth;

/// <summary>The users of a realm.</summary>
public interface IDigestUsers
{
    /// <summary>The secret of a user; null when there is none. From any lane; answers from memory, in like time either way.</summary>
    DigestSecret? Find(string user);
}
