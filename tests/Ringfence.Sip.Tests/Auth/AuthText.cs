using System.Text;
using Ringfence.Sip.Auth;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Tests.Transactions;

namespace Ringfence.Sip.Tests.Auth;

/// <summary>Requests with credentials and responses with challenges, as text.</summary>
internal static class AuthText
{
    internal const string Uri = "sip:example.com";

    internal static SipRequest Request(
        string extra = "",
        string method = "REGISTER",
        string uri = Uri,
        string body = ""
    ) => (SipRequest)SipText.Parse(SipText.Request(method, uri: uri, extra: extra, body: body)).Message!;

    internal static SipResponse Response(int statusCode, params string[] lines) =>
        (SipResponse)
            SipText
                .Parse(
                    SipText.Response(
                        SipText.Request("REGISTER"),
                        statusCode,
                        extra: string.Concat(lines.Select(line => line + "\r\n"))
                    )
                )
                .Message!;

    /// <summary>What a client with this password answers to a challenge, every part of which may be wrong.</summary>
    internal static string Credentials(
        string challenge,
        string user = "bob",
        string password = "secret",
        string count = "00000001",
        string uri = Uri,
        string method = "REGISTER",
        string qop = "auth",
        string body = "",
        DigestAlgorithm? algorithm = null,
        string header = "Authorization"
    )
    {
        DigestAlgorithm used =
            algorithm
            ?? (challenge.Contains("SHA-256", StringComparison.Ordinal) ? DigestAlgorithm.Sha256 : DigestAlgorithm.Md5);
        string realm = Part(challenge, "realm");
        string nonce = Part(challenge, "nonce");
        byte[] hex = new byte[DigestHash.MostHex];
        var input = new DigestInput
        {
            Algorithm = used,
            Method = Encoding.ASCII.GetBytes(method),
            Uri = Encoding.ASCII.GetBytes(uri),
            Nonce = Encoding.ASCII.GetBytes(nonce),
            Count = Encoding.ASCII.GetBytes(count),
            ClientNonce = "xyz"u8,
            Qop = Encoding.ASCII.GetBytes(qop),
            Body = Encoding.ASCII.GetBytes(body),
        };
        string response = Encoding.ASCII.GetString(
            DigestHash.Response(input, DigestHash.Secret(used, user, realm, password), hex)
        );
        return $"{header}: Digest username=\"{user}\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", response=\"{response}\", "
            + $"algorithm={Encoding.ASCII.GetString(DigestAlgorithms.Token(used))}, cnonce=\"xyz\", qop={qop}, nc={count}\r\n";
    }

    internal static string Part(string challenge, string name)
    {
        int at = challenge.IndexOf($"{name}=\"", StringComparison.Ordinal) + name.Length + 2;
        return challenge[at..challenge.IndexOf('"', at)];
    }
}
