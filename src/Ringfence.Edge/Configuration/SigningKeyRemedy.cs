using Ringfence.Stir.Authentication;

namespace Ringfence.Edge.Configuration;

/// <summary>What is wrong with a signing key, in words, and what would be right.</summary>
public static class SigningKeyRemedy
{
    /// <summary>Of a fault.</summary>
    /// <param name="fault">Any but <see cref="SigningKeyFault.None"/>.</param>
    /// <param name="chain">The file of the chain.</param>
    /// <param name="key">The file of the key.</param>
    public static (string What, string Remedy) Of(SigningKeyFault fault, string chain, string key) =>
        fault switch
        {
            SigningKeyFault.FileUnreadable => (
                $"{chain} or {key} cannot be read",
                "name files that can be read: chain: chain.pem, key: key.pem"
            ),
            SigningKeyFault.CertificateUnreadable => (
                $"{chain} holds no readable chain",
                "certificates in PEM, the signer first"
            ),
            SigningKeyFault.KeyUnreadable => (
                $"{key} holds no readable private key",
                "a P-256 key in PEM without a password"
            ),
            SigningKeyFault.KeyCurve => (
                $"the key in {key} is not of curve P-256",
                "ES256 needs one: openssl ecparam -name prime256v1 -genkey -noout"
            ),
            SigningKeyFault.KeyMismatch => (
                $"the first certificate of {chain} is of another key than {key}",
                "the signer's certificate first, and its own key"
            ),
            SigningKeyFault.KeyInCertificateFile => (
                $"{chain} holds a private key, and it is published",
                "certificates alone; and take a new key"
            ),
            SigningKeyFault.KeyFileOpen => ($"others than the owner may read {key}", $"chmod 600 {key}"),
            _ => ($"the certificate in {chain} has expired or is not yet valid", "a certificate that is valid now"),
        };
}
