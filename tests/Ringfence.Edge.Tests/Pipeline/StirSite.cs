using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Pipeline;
using Ringfence.Edge.Storage;
using Ringfence.Edge.Telemetry;
using Ringfence.Edge.Tests.Stages;
using Ringfence.Media.Rtp;
using Ringfence.Screening.Lists;
using Ringfence.Stir.Authentication;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Verification;

namespace Ringfence.Edge.Tests.Pipeline;

/// <summary>An edge with its files and the hosts of its lists, without a lane: for what goes on beside the calls.</summary>
internal sealed class StirSite : IAsyncDisposable
{
    private readonly ECDsa _administratorKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _administrator;
    private ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private X509Certificate2 _signer;
    private int _written;

    internal StirSite(int days = 100)
    {
        Authority = new DemoAuthority(Clock.GetUtcNow(), TimeSpan.FromDays(days));
        _administrator = Authority.Maker("STI-PA", _administratorKey).AsSigner().SelfSign();
        _signer = Authority.IssueSigner("1234", _key);
        Write("root.pem", Authority.Root.ExportCertificatePem());
        Write("administrator.pem", _administrator.ExportCertificatePem());
        Write("crl-issuer.pem", Authority.RevocationIssuer.ExportCertificatePem());
        WriteKey();
        Services = Start();
        Upkeep = new StirUpkeep(Services, Clock);
    }

    internal TestClock Clock { get; } = new();

    internal LogLines Log { get; } = new();

    internal DocumentHost Host { get; } = new();

    internal DemoAuthority Authority { get; }

    internal string Folder { get; } = Directory.CreateTempSubdirectory("stir-").FullName;

    internal EdgeServices Services { get; private set; }

    internal StirUpkeep Upkeep { get; private set; }

    internal StirEngine Engine => Services.Stir!;

    /// <summary>Reads the section <c>stir</c> and puts it into force, as a reload does.</summary>
    internal void Use(string stir) => Services.Stir = StirEngine.Make(Read(stir), Services.Stir, Clock);

    internal StirConfiguration Read(string stir)
    {
        ConfigurationResult read = ConfigurationReader.Read(
            $"trunks: [ {{ name: pbx, from: 127.0.0.1 }} ]\nstir: {stir}",
            "test.yaml",
            Folder
        );
        read.Mistakes.ShouldBeEmpty();
        return read.Configuration!.Stir!;
    }

    internal Task TurnAsync() => Upkeep.TurnAsync(TestContext.Current.CancellationToken);

    /// <summary>Ends the process and starts another in the same folder.</summary>
    internal async Task RestartAsync()
    {
        await StopAsync();
        Services = Start();
        Upkeep = new StirUpkeep(Services, Clock);
    }

    /// <summary>A signed trust list.</summary>
    internal byte[] TrustList(long sequence, X509Certificate2 root, int days = 7)
    {
        string payload =
            $"{{\"sequence\":{sequence},\"exp\":{Clock.GetUtcNow().AddDays(days).ToUnixTimeSeconds()},\"trustList\":[{JsonSerializer.Serialize(root.ExportCertificatePem())}]}}";
        string input = "eyJhbGciOiJFUzI1NiJ9." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload));
        byte[] signature = _administratorKey.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256);
        return Encoding.ASCII.GetBytes($"{input}.{Base64Url.EncodeToString(signature)}");
    }

    internal byte[] RevocationOfSigner() => Authority.RevocationList(Clock.GetUtcNow(), 2, _signer);

    /// <summary>Writes chain and key of a new signer, as a renewal does.</summary>
    internal void Renew()
    {
        _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _signer = Authority.IssueSigner("1234", _key);
        WriteKey();
    }

    /// <summary>Writes a file; each has its own time, however coarse the file system's clock.</summary>
    internal void Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, Clock.GetUtcNow().UtcDateTime.AddSeconds(_written++));
    }

    internal string Chain => Authority.Chain(_signer);

    internal async Task<VerificationResult> VerifyAsync()
    {
        string x5u = Host.Url("signer.pem");
        Host.Documents["signer.pem"] = Encoding.ASCII.GetBytes(Chain);
        SigningKey
            .Read(Chain, _key.ExportPkcs8PrivateKeyPem(), x5u, out SigningKey? key)
            .ShouldBe(SigningKeyFault.None);
        var claims = new PassportClaims
        {
            IssuedAt = Clock.GetUtcNow().ToUnixTimeSeconds(),
            Orig = ClaimedIdentity.Number("33199001234"),
            Dest = [ClaimedIdentity.Number("33180001000")],
            Attest = Attestation.A,
            OrigId = Guid.NewGuid().ToString(),
        };
        string identity = PassportSigner.Sign(key!, claims).Header;
        return await Engine.Verification.VerifyAsync(
            SignedCall.Of(identity, "sip:+33199001234@a.example", "sip:+33180001000@b.example", "call"),
            TestContext.Current.CancellationToken
        );
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Host.DisposeAsync();
        Authority.Dispose();
        _administratorKey.Dispose();
        _key.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task StopAsync()
    {
        await Services.Records.DisposeAsync();
        Services.MediaClock.Dispose();
        Services.Meters.Dispose();
        Services.Stir?.Dispose();
    }

    private EdgeServices Start()
    {
        EdgeConfiguration configuration = ConfigurationReader.Read("", "test.yaml", Folder).Configuration!;
        return new EdgeServices(new EdgeState(configuration, Clock))
        {
            Records = new CallRecordWriter(CallRecordStore.Open(Path.Combine(Folder, "calls.db")), Log, Clock),
            Lists = new ListCatalogue(),
            MediaClock = new MediaClock(Clock),
            RtpPorts = new RtpPortRange(IPAddress.Loopback, 32_000, 32_999, new Random(1)),
            Meters = new EdgeMeters(),
            Log = Log,
        };
    }

    private void WriteKey()
    {
        string path = Path.Combine(Folder, "key.pem");
        File.Delete(path);
        Write("key.pem", _key.ExportPkcs8PrivateKeyPem());
        Write("chain.pem", Chain);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
