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
    public void Lists_customers_and_the_served_chain_are_read()
    {
        ConfigurationResult read = Read(
            """
            trunks: [ { name: pbx, from: 192.0.2.2 } ]
            lists: [ { name: acme-numbers, numbers: [ "+33199*" ] } ]
            stir:
              cache: cache
              trust-list: { url: "https://sti-pa.example/list", administrator: root.pem, refresh: 2h }
              crl: { url: [ "http://sti-pa.example/crl" ], issuer: root.pem, missing: refuse, refresh: 30m, grace: 2d }
              sign:
                certificate: "https://cert.example/certs/chain.pem"
                key: key.pem
                customers: [ { name: acme, numbers: acme-numbers, trunks: pbx, quota-per-minute: 60 } ]
                publish: "127.0.0.1:8088"
            """
        );

        read.Mistakes.ShouldBeEmpty();
        StirConfiguration stir = read.Configuration!.Stir!;
        (stir.TrustList!.Url.Host, stir.TrustList.Refresh).ShouldBe(("sti-pa.example", TimeSpan.FromHours(2)));
        (stir.Revocation!.Policy, stir.Revocation.Refresh, stir.Revocation.Grace).ShouldBe(
            (RevocationPolicy.Required, TimeSpan.FromMinutes(30), TimeSpan.FromDays(2))
        );
        stir.Roots.ShouldBeEmpty("until the list is there nobody is trusted");
        StirCustomerConfiguration customer = stir.Sign!.Named.ShouldHaveSingleItem();
        (customer.Name, customer.QuotaPerMinute, customer.Numbers!.Count).ShouldBe(("acme", 60, 1));
        customer.Trunks.ShouldBe(["pbx"]);
        (stir.Sign.Publish!.Path, stir.Sign.Publish.Listen.Port).ShouldBe(("/certs/chain.pem", 8088));
    }

    [Theory]
    [InlineData(
        "trust-list: { url: \"https://a.example/l\", administrator: root.pem }",
        "needs a folder that keeps it"
    )]
    [InlineData("cache: c, trust-list: { url: \"https://a.example/l\" }", "administrator is missing")]
    [InlineData("cache: c, trust-list: { administrator: root.pem }", "url is missing")]
    [InlineData("cache: c, trust-list: { url: x, administrator: root.pem }", "url cannot be \"x\"")]
    [InlineData("trust: root.pem, crl: { url: \"https://a.example/l\" }", "issuer is missing")]
    [InlineData("trust: root.pem, crl: { issuer: root.pem }", "url is missing")]
    [InlineData("trust: root.pem, crl: { url: \"https://a.example/l\", issuer: own.txt }", "holds no certificate")]
    [InlineData(
        "trust: root.pem, crl: { url: \"https://a.example/l\", issuer: root.pem, missing: ignore }",
        "missing cannot be"
    )]
    [InlineData(
        "trust: root.pem, crl: { url: \"https://a.example/l\", issuer: root.pem, grace: 90d }",
        "grace cannot be \"90d\""
    )]
    [InlineData("trust: root.pem, sign: { SIGN, publish: \"0.0.0.0:8443\" }", "needs https")]
    [InlineData("trust: root.pem, sign: { SIGN, publish: nowhere }", "no address with its port")]
    [InlineData(
        "trust: root.pem, sign: { SIGN, publish: { listen: \"127.0.0.1:8443\", certificate: chain.pem } }",
        "certificate and key, or neither"
    )]
    [InlineData(
        "trust: root.pem, sign: { SIGN, publish: { listen: \"127.0.0.1:8443\", certificate: root.pem, key: key.pem } }",
        "root.pem with"
    )]
    [InlineData("trust: root.pem, sign: { SIGN, customers: [ { name: acme } ] }", "which calls are those of")]
    [InlineData("trust: root.pem, sign: { SIGN, customers: [ { name: acme, trunks: x } ] }", "there is no trunk")]
    [InlineData(
        "trust: root.pem, sign: { SIGN, customers: [ { name: a, trunks: local }, { name: a, trunks: local } ] }",
        "is there twice"
    )]
    public void What_cannot_be_kept_up_to_date_served_or_counted_is_told(string stir, string says) =>
        Every_mistake_is_told_with_its_line_and_a_remedy(
            $"stir: {{ {stir.Replace("SIGN", "certificate: \"https://a.example/b\", key: key.pem", StringComparison.Ordinal)} }}",
            says
        );

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
