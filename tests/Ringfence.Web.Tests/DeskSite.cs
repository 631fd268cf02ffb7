using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Ringfence.Edge;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Redress;
using Ringfence.Edge.Web;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Rules;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Claims;
using VerificationOutcome = Ringfence.Stir.Verification.VerificationOutcome;

[assembly: AssemblyFixture(typeof(Ringfence.Web.Tests.DeskSite))]

namespace Ringfence.Web.Tests;

/// <summary>The pages of a running edge, on a free port of the loopback.</summary>
public sealed class DeskSite : IAsyncLifetime
{
    internal const string Unknown = "AAAAAAAAAAAAAAAAAAAAAA";
    internal const string Password = "a password of the operator";

    private readonly string _folder = Directory.CreateTempSubdirectory("desk-").FullName;
    private readonly DemoAuthority _authority = new(DateTimeOffset.UtcNow, TimeSpan.FromDays(30));
    private EdgeHost? _edge;
    private WebHost? _host;
    private WebHost? _guarded;
    private int _tokens;

    public Uri Address => _host!.Address;

    /// <summary>The same behind a password.</summary>
    public Uri Guarded => _guarded!.Address;

    internal HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public async ValueTask InitializeAsync()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(
            System.Security.Cryptography.ECCurve.NamedCurves.nistP256
        );
        Write("chain.pem", _authority.Chain(_authority.IssueSigner("1234", key)));
        Write("key.pem", key.ExportPkcs8PrivateKeyPem());
        ConfigurationResult read = ConfigurationReader.Read(
            """
            listen: [ "udp:127.0.0.1:0" ]
            redress:
              address: https://calls.example
              contact: { name: "Call desk <b>", tel: "+33199001000", email: desk@calls.example }
              sign: { certificate: "https://cert.example/chain.pem", key: key.pem, chain: chain.pem }
            lists: [ { name: blocked, numbers: [ "+33900*" ] } ]
            policy: [ { then: progress } ]
            storage: sqlite:edge.db
            """,
            "test.yaml",
            _folder
        );
        read.Configuration.ShouldNotBeNull(string.Join('\n', read.Mistakes));
        _edge = EdgeHost.Start(read.Configuration, NullLogger.Instance);
        _host = await WebHost.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), edge: _edge);
        _guarded = await WebHost.StartAsync(new IPEndPoint(IPAddress.Loopback, 0), edge: _edge, password: Password);
        Client.BaseAddress = _host.Address;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        foreach (IAsyncDisposable? each in (IAsyncDisposable?[])[_host, _guarded, _edge])
        {
            if (each is not null)
            {
                await each.DisposeAsync();
            }
        }

        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A call that was refused just now; its token.</summary>
    internal string Refuse(
        Attestation attestation = Attestation.B,
        DecidedBy by = DecidedBy.Operator,
        string caller = "+33199001234",
        VerificationOutcome verification = VerificationOutcome.Passed,
        string because = "too many complaints"
    )
    {
        string token = $"t{Interlocked.Increment(ref _tokens):000000000000000000000}";
        _edge!.Services.Desk!.Refused(
            new RefusedCall(
                token,
                "call" + token,
                DateTimeOffset.UtcNow,
                by == DecidedBy.User ? 607 : 608,
                by == DecidedBy.User ? "Unwanted" : "Rejected",
                new Verdict
                {
                    Decision = Decision.Refuse,
                    DecidedBy = by,
                    Rule = "r",
                    Code = by == DecidedBy.User ? RefusalCode.Unwanted : RefusalCode.Rejected,
                    Reasons =
                    [
                        new Reason
                        {
                            Rule = "r",
                            Fact = FactName.Reputation,
                            Observed = "12",
                            Expected = "< 40",
                            Because = new LocalText(because),
                        },
                    ],
                    Marks = [],
                },
                new CallFacts
                {
                    At = DateTimeOffset.UtcNow,
                    Caller = Party.Parse(caller),
                    Callee = Party.Parse("+33180001000"),
                    Verification = verification,
                    Attestation = attestation,
                    FailedStep = verification == VerificationOutcome.Failed ? "signature" : null,
                }
            )
        );
        return token;
    }

    internal async Task<string> TextAsync(string address, HttpStatusCode status = HttpStatusCode.OK)
    {
        using HttpResponseMessage response = await Client.GetAsync(
            new Uri(address, UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        response.StatusCode.ShouldBe(status, address);
        return await Site.TextAsync(response);
    }

    internal async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        Uri address,
        HttpContent? content,
        params (string Name, string Value)[] headers
    )
    {
        using HttpRequestMessage request = new(method, address) { Content = content };
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }

        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    internal async Task<(HttpStatusCode Status, string Text)> JsonAsync(HttpMethod method, string address, string? json)
    {
        using StringContent? content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await SendAsync(method, new Uri(Address, address), content);
        return (response.StatusCode, await Site.TextAsync(response));
    }

    private void Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
