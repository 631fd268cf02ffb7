using System.Text;
using Ringfence.Sip.Auth;

namespace Ringfence.Sip.Tests.Auth;

/// <summary>The examples of the RFCs, and hashes whose values are known.</summary>
public class DigestVectorTests
{
    [Theory]
    [InlineData("", "c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a")]
    [InlineData("abc", "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23")]
    [InlineData("a*111", "0239e429f98d0ed61ee8e2a7c30afe98c1c3a80ce5dff62a107e9c538f7632ce")]
    [InlineData("a*112", "9216b5303edb66504570bee90e48ea5beaa5e9fe9f760bbd3e0460559fc005f6")]
    [InlineData("a*1000", "40eb4a70d4d69815407a9e272f0101cd67e3d11262a4a0bfc087712749c7fb53")]
    public void SHA_512_256_has_its_known_values(string text, string expected)
    {
        text = text.StartsWith("a*", StringComparison.Ordinal) ? new string('a', int.Parse(text[2..])) : text;
        byte[] hash = new byte[32];
        Sha512Slash256.Hash(Encoding.ASCII.GetBytes(text), hash);
        Convert.ToHexStringLower(hash).ShouldBe(expected);
    }

    [Fact]
    public void The_example_of_RFC_2617_3_5() =>
        Response(
                DigestAlgorithm.Md5,
                "Mufasa",
                "testrealm@host.com",
                "Circle Of Life",
                "GET",
                "/dir/index.html",
                "dcd98b7102dd2f0e8b11d0f600bfb0c093",
                "0a4f113b"
            )
            .ShouldBe("6629fae49393a05397450978507c4ef1");

    [Theory]
    [InlineData((int)DigestAlgorithm.Md5, "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData((int)DigestAlgorithm.Sha256, "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void The_example_of_RFC_7616_3_9_1(int algorithm, string expected) =>
        Response(
                (DigestAlgorithm)algorithm,
                "Mufasa",
                "http-auth@example.org",
                "Circle of Life",
                "GET",
                "/dir/index.html",
                "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
            )
            .ShouldBe(expected);

    /// <summary>The input of RFC 7616 §3.9.2. The RFC prints another value, which is not that of SHA-512/256; this one is OpenSSL's.</summary>
    [Fact]
    public void The_input_of_RFC_7616_3_9_2_by_SHA_512_256() =>
        Response(
                DigestAlgorithm.Sha512Slash256,
                "J\u00e4s\u00f8n Doe",
                "api@example.org",
                "Secret, or not?",
                "GET",
                "/doe.json",
                "5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK",
                "NTg6RKcb9boFIAS3KrFK9BGeh+niz/sm"
            )
            .ShouldBe("7a4e1192babbba02e91182d2895bfdbf7adafc6e48d4e517ca301974843d840c");

    [Fact]
    public void An_empty_body_is_hashed_as_an_empty_string()
    {
        byte[] hex = new byte[DigestHash.MostHex];
        Encoding
            .ASCII.GetString(DigestHash.Of(DigestAlgorithm.Sha256, default, hex))
            .ShouldBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    private static string Response(
        DigestAlgorithm algorithm,
        string user,
        string realm,
        string password,
        string method,
        string uri,
        string nonce,
        string clientNonce
    )
    {
        byte[] hex = new byte[DigestHash.MostHex];
        var input = new DigestInput
        {
            Algorithm = algorithm,
            Method = Encoding.ASCII.GetBytes(method),
            Uri = Encoding.ASCII.GetBytes(uri),
            Nonce = Encoding.ASCII.GetBytes(nonce),
            Count = "00000001"u8,
            ClientNonce = Encoding.ASCII.GetBytes(clientNonce),
            Qop = "auth"u8,
        };
        return Encoding.ASCII.GetString(
            DigestHash.Response(input, DigestHash.Secret(algorithm, user, realm, password), hex)
        );
    }
}
