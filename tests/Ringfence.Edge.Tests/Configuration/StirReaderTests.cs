using Ringfence.Edge.Configuration;
using Ringfence.Stir.Certificates;

namespace Ringfence.Edge.Tests.Configuration;

public sealed class StirReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stir-").FullName;

    public StirReaderTests()
    {
        using var authority = new DemoAuthority(TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1));
        using var key = System.Security.Cryptography.ECDsa.Create(
            System.Security.Cryptography.ECCurve.NamedCurves.nistP256
        );
        File.WriteAllText(Path.Combine(_folder, "root.pem"), authority.Root.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "chain.pem"), authority.Chain(authority.IssueSigner("1234", key)));
        File.WriteAllText(Path.Combine(_folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(_folder, "own.txt"), "+33199*\n");
        Permit(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Everything_that_is_written_is_read()
    {
        ConfigurationResult read = Read(
            """
            trunks: [ { name: carrier, from: 192.0.2.1 }, { name: pbx, from: 192.0.2.2 } ]
            stir:
              trust: root.pem
              verify: mark
              trunks: [ { name: pbx, verify: off, trusted: no, numbers: fr } ]
              freshness: 30s
              deadline: 800ms
              test-hosts: [ "127.0.0.1:8088" ]
              sign: { certificate: "https://cert.example/chain.pem", key: key.pem, attest: { A: own.txt, B: pbx, default: none }, trunks: pbx }
            """
        );

        read.Mistakes.ShouldBeEmpty();
        StirConfiguration stir = read.Configuration!.Stir!;
        stir.Roots.Count.ShouldBe(1);
        (stir.Of("carrier").Verify, stir.Of("pbx").Verify, stir.Of("pbx").IsTrusted).ShouldBe(
            (StirPolicy.Mark, StirPolicy.Off, false)
        );
        (stir.Freshness, stir.DeadlineMs).ShouldBe((TimeSpan.FromSeconds(30), 800));
        stir.TestHosts.ShouldBe(["127.0.0.1:8088"]);
        stir.Sign!.Trunks.ShouldBe(["pbx"]);
        stir.Sign.CustomerTrunks.ShouldBe(["pbx"]);
        stir.Sign.Keys.Current.ShouldNotBeNull();
    }

    [Fact]
    public void Observe_is_the_default_and_without_the_section_nothing_is_asked()
    {
        Read("stir: { trust: root.pem }").Configuration!.Stir!.Of("local").Verify.ShouldBe(StirPolicy.Observe);
        Read("").Configuration!.Stir.ShouldBeNull();
    }

    [Theory]
    [InlineData("stir: { }", "trust is missing")]
    [InlineData("stir: { trust: nowhere.pem }", "Could not find file")]
    [InlineData("stir: { trust: own.txt }", "holds no certificate")]
    [InlineData("stir: { trust: root.pem, verify: reject }", "verify cannot be \"reject\"")]
    [InlineData("stir: { trust: root.pem, deadline: soon }", "deadline cannot be \"soon\"")]
    [InlineData("stir: { trust: root.pem, freshness: 2h }", "freshness cannot be \"2h\"")]
    [InlineData("stir: { trust: root.pem, test-hosts: [ localhost ] }", "no host with its port")]
    [InlineData("stir: { trust: root.pem, trunks: [ { name: nobody } ] }", "there is no trunk \"nobody\"")]
    [InlineData("stir: { trust: root.pem, trunks: [ { name: local }, { name: local } ] }", "is there twice")]
    [InlineData("stir: { trust: root.pem, roots: x }", "has no setting \"roots\"")]
    [InlineData("stir: { trust: root.pem, sign: { key: key.pem } }", "certificate is missing")]
    [InlineData("stir: { trust: root.pem, sign: { certificate: x, key: key.pem } }", "certificate cannot be \"x\"")]
    [InlineData(
        "stir: { trust: root.pem, sign: { certificate: \"https://a.example/b\", key: none.pem } }",
        "cannot be read"
    )]
    [InlineData(
        "stir: { trust: root.pem, sign: { certificate: \"https://a.example/b\", key: key.pem, chain: root.pem } }",
        "of another key"
    )]
    [InlineData(
        "stir: { trust: root.pem, sign: { certificate: \"https://a.example/b\", key: key.pem, attest: { A: nobody } } }",
        "neither a list nor a file"
    )]
    [InlineData(
        "stir: { trust: root.pem, sign: { certificate: \"https://a.example/b\", key: key.pem, attest: { default: D } } }",
        "default cannot be \"D\""
    )]
    [InlineData(
        "stir: { trust: root.pem, sign: { certificate: \"https://a.example/b\", key: key.pem, trunks: [ x ] } }",
        "there is no trunk \"x\""
    )]
    public void Every_mistake_is_told_with_its_line_and_a_remedy(string yaml, string says)
    {
        ConfigurationResult read = Read("# one line before\n" + yaml);

        read.Configuration.ShouldBeNull();
        ConfigurationMistake mistake = read.Mistakes.First(mistake =>
            mistake.What.Contains(says, StringComparison.Ordinal)
        );
        mistake.Line.ShouldBe(2);
        mistake.Remedy.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_key_that_others_may_read_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: files have no such permissions here");
        Permit(UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Read("stir: { trust: root.pem, sign: { certificate: \"https://a.example/b\", key: key.pem } }")
            .Mistakes.ShouldContain(mistake => mistake.Remedy.StartsWith("chmod 600", StringComparison.Ordinal));
    }

    private void Permit(UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(_folder, "key.pem"), mode);
        }
    }

    private ConfigurationResult Read(string yaml) => ConfigurationReader.Read(yaml, "test.yaml", _folder);
}
