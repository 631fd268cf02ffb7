using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Fetching;
using Ringfence.Stir.Verification;

namespace Ringfence.Stir.Tests.Fetching;

/// <summary>ATIS-1000074 §5.3.1: fetching from hosts that misbehave, over loopback.</summary>
public sealed class CertificateCacheTests : IAsyncDisposable
{
    private const string Ok = "HTTP/1.1 200 OK\r\n";

    private readonly CertificateHost _host = new();
    private readonly StirRig _rig = new();
    private readonly string _pem;

    public CertificateCacheTests() => _pem = StirRig.Authority.Chain(StirRig.Authority.IssueSigner("1234", _rig.Key));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_certificate_is_fetched_once_and_then_at_hand()
    {
        using CertificateCache cache = Cache();
        _host.AnswerPem("a.pem", _pem);

        CertificateLookup lookup = await cache.GetAsync(_host.Url("a.pem"), Token);
        lookup.Fault.ShouldBe(Fault.None);
        lookup.Path!.Leaf.Signer.ShouldBe("1234");
        cache.TryGet(_host.Url("a.pem"), out CertificateLookup cached).ShouldBeTrue();
        cached.Path.ShouldBe(lookup.Path);
        _host.Hits.ShouldBe(1);
    }

    [Fact]
    public async Task A_thousand_calls_with_one_new_certificate_cause_one_fetch()
    {
        using CertificateCache cache = Cache();
        var release = new TaskCompletionSource();
        _host.Answer(
            "a.pem",
            async (stream, cancellation) =>
            {
                await release.Task.WaitAsync(cancellation);
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes($"{Ok}Content-Length: {_pem.Length}\r\n\r\n{_pem}"),
                    cancellation
                );
            }
        );

        Task<CertificateLookup>[] calls =
        [
            .. Enumerable.Range(0, 1000).Select(_ => cache.GetAsync(_host.Url("a.pem"), Token)),
        ];
        release.SetResult();
        (await Task.WhenAll(calls)).ShouldAllBe(lookup => lookup.Fault == Fault.None);
        _host.Hits.ShouldBe(1);
        cache.Fetches.ShouldBe(1);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _host.Answer("a.pem", $"HTTP/1.1 302 Found\r\nLocation: {_host.Url("b.pem")}\r\nContent-Length: 0\r\n", []);
        _host.AnswerPem("b.pem", _pem);
        await Fails(Fault.FetchRedirect);
        _host.Hits.ShouldBe(1);
    }

    [Theory]
    [InlineData("404 Not Found")]
    [InlineData("500 Internal Server Error")]
    [InlineData("204 No Content")]
    public async Task An_error_is_no_certificate(string status)
    {
        _host.Answer("a.pem", $"HTTP/1.1 {status}\r\nContent-Length: 0\r\n", []);
        await Fails(Fault.FetchStatus);
    }

    [Fact]
    public async Task A_gigabyte_by_its_head_is_not_read()
    {
        _host.Answer("a.pem", $"{Ok}Content-Length: 1073741824\r\n", new byte[100]);
        await Fails(Fault.FetchTooLarge);
    }

    [Fact]
    public async Task A_gigabyte_without_a_head_is_cut_off()
    {
        _host.Answer(
            "a.pem",
            async (stream, cancellation) =>
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Ok + "Connection: close\r\n\r\n"), cancellation);
                var block = new byte[65_536];
                for (int sent = 0; sent < 1 << 14; sent++)
                {
                    await stream.WriteAsync(block, cancellation);
                }
            }
        );
        await Fails(Fault.FetchTooLarge);
    }

    [Fact]
    public async Task A_head_without_end_is_cut_off()
    {
        _host.Answer(
            "a.pem",
            async (stream, cancellation) =>
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Ok), cancellation);
                byte[] line = Encoding.ASCII.GetBytes("X: " + new string('a', 4000) + "\r\n");
                for (int sent = 0; sent < 1000; sent++)
                {
                    await stream.WriteAsync(line, cancellation);
                }
            }
        );
        await Fails(Fault.FetchTooLarge, Fault.FetchConnect);
    }

    [Fact]
    public async Task One_octet_after_another_does_not_hold_the_deadline_open()
    {
        _host.Answer(
            "a.pem",
            async (stream, cancellation) =>
            {
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes($"{Ok}Content-Length: {_pem.Length}\r\n\r\n"),
                    cancellation
                );
                foreach (byte octet in Encoding.ASCII.GetBytes(_pem))
                {
                    await stream.WriteAsync(new[] { octet }, cancellation);
                    await Task.Delay(50, cancellation);
                }
            }
        );
        await Fails(Fault.FetchTimeout);
    }

    [Fact]
    public async Task A_host_that_never_answers_is_given_up()
    {
        _host.Answer("a.pem", (_, cancellation) => Task.Delay(Timeout.Infinite, cancellation));
        await Fails(Fault.FetchTimeout);
    }

    [Fact]
    public async Task A_web_page_is_no_certificate()
    {
        _host.Answer(
            "a.pem",
            $"{Ok}Content-Type: text/html; charset=utf-8\r\nContent-Length: {_pem.Length}\r\n",
            Encoding.ASCII.GetBytes(_pem)
        );
        await Fails(Fault.FetchType);
    }

    [Fact]
    public async Task An_answer_without_a_certificate_is_refused()
    {
        _host.Answer("a.pem", $"{Ok}Content-Length: 5\r\n", "hello"u8.ToArray());
        await Fails(Fault.FetchContent);
    }

    [Fact]
    public async Task A_broken_certificate_is_refused()
    {
        _host.AnswerPem("a.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        await Fails(Fault.CertificateMalformed);
    }

    [Fact]
    public async Task A_host_that_hangs_up_is_unreachable() => await Fails(Fault.FetchConnect);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    public async Task A_public_name_that_is_bound_to_an_inner_address_is_refused(string address)
    {
        int resolved = 0;
        var options = new FetchOptions
        {
            Resolve = (_, _) =>
            {
                resolved++;
                return Task.FromResult(new[] { IPAddress.Parse(address) });
            },
        };
        using var cache = new CertificateCache(_rig.Paths, options, TimeProvider.System);

        // One resolution, whose addresses are both filtered and connected to: rebinding the name in between changes nothing.
        await Fails(cache, "https://cert.example.org/a.pem", Fault.FetchAddress);
        resolved.ShouldBe(1);
    }

    [Fact]
    public async Task A_name_of_this_machine_is_refused()
    {
        using var fetcher = new DocumentFetcher(new FetchOptions(), TimeProvider.System);
        (await fetcher.FetchAsync(new Uri($"http://localhost:{_host.Port}/a.pem"))).Fault.ShouldBe(Fault.FetchAddress);
        _host.Hits.ShouldBe(0);
    }

    [Fact]
    public async Task A_name_without_address_is_refused()
    {
        var options = new FetchOptions
        {
            Resolve = (_, _) => Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound)),
        };
        using var cache = new CertificateCache(_rig.Paths, options, TimeProvider.System);
        await Fails(cache, "https://cert.example.org/a.pem", Fault.FetchName);
    }

    [Fact]
    public async Task A_host_that_speaks_no_TLS_is_refused()
    {
        _host.Answer("a.pem", (_, _) => Task.CompletedTask);
        var options = new FetchOptions { TestHosts = new HashSet<string> { _host.Authority } };
        using var cache = new CertificateCache(_rig.Paths, options, TimeProvider.System);
        await Fails(cache, $"https://{_host.Authority}/a.pem", Fault.FetchTls);
    }

    [Fact]
    public async Task A_failure_is_kept_for_a_while()
    {
        using CertificateCache cache = Cache();
        _host.Answer("a.pem", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n", []);
        await cache.GetAsync(_host.Url("a.pem"), Token);
        _host.AnswerPem("a.pem", _pem);

        cache.TryGet(_host.Url("a.pem"), out CertificateLookup lookup).ShouldBeTrue();
        lookup.Fault.ShouldBe(Fault.FetchStatus);
        _rig.Clock.Advance(TimeSpan.FromSeconds(31));
        cache.TryGet(_host.Url("a.pem"), out _).ShouldBeFalse();
        (await cache.GetAsync(_host.Url("a.pem"), Token)).Fault.ShouldBe(Fault.None);
    }

    [Fact]
    public async Task A_certificate_is_kept_for_as_long_as_its_host_says()
    {
        using CertificateCache cache = Cache();
        _host.AnswerPem("a.pem", _pem, "Cache-Control: max-age=100\r\n");
        await cache.GetAsync(_host.Url("a.pem"), Token);

        _rig.Clock.Advance(TimeSpan.FromSeconds(99));
        cache.TryGet(_host.Url("a.pem"), out _).ShouldBeTrue();
        _rig.Clock.Advance(TimeSpan.FromSeconds(2));
        cache.TryGet(_host.Url("a.pem"), out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_certificate_is_never_kept_past_its_validity()
    {
        using CertificateCache cache = Cache();
        var maker = new CertificateMaker("SHAKEN 1234", _rig.Key)
        {
            NotBefore = TestClock.Golden.AddDays(-1),
            NotAfter = TestClock.Golden.AddMinutes(5),
        };
        X509Certificate2 leaf = maker
            .AsSigner()
            .With(new TnAuthList(["1234"], []))
            .Issue(StirRig.Authority.Intermediate, StirRig.Authority.IntermediateKey);
        _host.AnswerPem("a.pem", StirRig.Authority.Chain(leaf), "Cache-Control: max-age=86400\r\n");
        await cache.GetAsync(_host.Url("a.pem"), Token);

        _rig.Clock.Advance(TimeSpan.FromMinutes(6));
        cache.TryGet(_host.Url("a.pem"), out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_host_is_not_asked_more_often_than_its_limit()
    {
        using CertificateCache cache = Cache(limit: 3);
        Fault[] faults =
        [
            .. (
                await Task.WhenAll(Enumerable.Range(0, 5).Select(n => cache.GetAsync(_host.Url($"{n}.pem"), Token)))
            ).Select(l => l.Fault),
        ];

        faults.Count(fault => fault == Fault.FetchRateLimited).ShouldBe(2);
        cache.Fetches.ShouldBe(3);
    }

    [Fact]
    public async Task A_caller_that_stops_waiting_does_not_stop_the_fetch()
    {
        using CertificateCache cache = Cache();
        var release = new TaskCompletionSource();
        _host.Answer(
            "a.pem",
            async (stream, cancellation) =>
            {
                await release.Task.WaitAsync(cancellation);
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes($"{Ok}Content-Length: {_pem.Length}\r\n\r\n{_pem}"),
                    cancellation
                );
            }
        );
        using var impatient = new CancellationTokenSource();
        Task<CertificateLookup> first = cache.GetAsync(_host.Url("a.pem"), impatient.Token);
        Task<CertificateLookup> second = cache.GetAsync(_host.Url("a.pem"), Token);
        await impatient.CancelAsync();

        (await first).Fault.ShouldBe(Fault.FetchPending);
        release.SetResult();
        (await second).Fault.ShouldBe(Fault.None);
    }

    [Fact]
    public async Task A_certificate_on_disk_outlives_the_process()
    {
        string folder = Directory.CreateTempSubdirectory("stir-").FullName;
        _host.AnswerPem("a.pem", _pem);
        using (CertificateCache first = Cache(folder))
        {
            await first.GetAsync(_host.Url("a.pem"), Token);
        }

        using CertificateCache second = Cache(folder);
        (await second.GetAsync(_host.Url("a.pem"), Token)).Fault.ShouldBe(Fault.None);
        second.Fetches.ShouldBe(0);
        (await second.GetAsync(_host.Url("b.pem"), Token)).Fault.ShouldBe(Fault.FetchConnect);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Roots_that_change_are_applied_to_what_is_cached()
    {
        using CertificateCache cache = Cache();
        cache.Add("https://cert.example.org/a.pem", Encoding.ASCII.GetBytes(_pem)).ShouldBe(Fault.None);
        (await cache.GetAsync("https://cert.example.org/a.pem", Token)).Path!.Fault.ShouldBe(Fault.None);

        _rig.Anchors.Replace([StirRig.Authority.RevocationIssuer]);
        cache.TryGet("https://cert.example.org/a.pem", out CertificateLookup lookup).ShouldBeTrue();
        lookup.Path!.Fault.ShouldNotBe(Fault.None);
    }

    [Fact]
    public async Task Certificates_are_fetched_before_they_are_needed()
    {
        using CertificateCache cache = Cache();
        _host.AnswerPem("a.pem", _pem);
        (await cache.PrewarmAsync([_host.Url("a.pem"), "http://127.0.0.1:9/never"], Token)).ShouldBe(1);
    }

    [Fact]
    public async Task Revocation_lists_are_fetched_from_where_they_are_configured()
    {
        byte[] list = StirRig.Authority.RevocationList(TestClock.Golden, 3);
        _host.Answer("crl", $"{Ok}Content-Length: {list.Length}\r\n", list);
        _host.Answer("bad", $"{Ok}Content-Length: 3\r\n", "bad"u8.ToArray());
        using var refresh = new RevocationRefresh(_rig.Revocation, Loopback(), TimeProvider.System);

        (await refresh.FetchAsync(new Uri(_host.Url("crl")))).ShouldBe(Fault.None);
        _rig.Revocation.Lists.Single().Number.ShouldBe(3);
        (await refresh.FetchAsync(new Uri(_host.Url("bad")))).ShouldBe(Fault.RevocationListMissing);
        (await refresh.FetchAsync(new Uri(_host.Url("none")))).ShouldBe(Fault.FetchConnect);
        _rig.Revocation.Lists.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Revocation_lists_are_fetched_until_it_is_ended()
    {
        byte[] list = StirRig.Authority.RevocationList(TestClock.Golden, 3);
        _host.Answer("crl", $"{Ok}Content-Length: {list.Length}\r\n", list);
        using var refresh = new RevocationRefresh(_rig.Revocation, Loopback(), TimeProvider.System);
        using var end = new CancellationTokenSource();
        int attempts = 0;
        Task run = refresh.RunAsync(
            [new Uri(_host.Url("crl"))],
            TimeSpan.FromMilliseconds(1),
            (_, fault) =>
            {
                fault.ShouldBe(Fault.None);
                if (++attempts == 3)
                {
                    end.Cancel();
                }
            },
            end.Token
        );
        await run;
        attempts.ShouldBe(3);
    }

    [Fact]
    public async Task Verification_fetches_only_where_it_must()
    {
        using CertificateCache cache = Cache();
        _host.AnswerPem("a.pem", _pem);
        var service = new VerificationService(cache, null, new VerificationOptions(), _rig.Clock);
        string token = _rig.SignJose(
            StirRig.JoseJson.Replace(StirRig.X5u, _host.Url("a.pem"), StringComparison.Ordinal)
        );
        SignedCall call = StirRig.Call(StirRig.Header(token, info: _host.Url("a.pem")));

        service.TryVerify(call, out _).ShouldBeFalse();
        (await service.VerifyAsync(call, Token)).Outcome.ShouldBe(VerificationOutcome.Passed);
        service.TryVerify(call, out VerificationResult? result).ShouldBeTrue();
        result!.Outcome.ShouldBe(VerificationOutcome.Passed);
        _host.Hits.ShouldBe(1);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private CertificateCache Cache(string? folder = null, int limit = 20) =>
        new(
            _rig.Paths,
            new FetchOptions
            {
                TestHosts = new HashSet<string> { _host.Authority },
                DiskFolder = folder,
                HostLimit = limit,
                Timeout = TimeSpan.FromSeconds(20),
            },
            _rig.Clock
        );

    private FetchOptions Loopback() =>
        new()
        {
            TestHosts = new HashSet<string> { _host.Authority },
            Timeout = TimeSpan.FromSeconds(30),
        };

    /// <summary>A call whose "x5u" lies there ends in the step of the certificate, with its status and its Reason.</summary>
    private async Task Fails(params Fault[] faults)
    {
        // The deadline is real here: a test clock stands still, and the host does not. Only what must run into it gets a short one.
        var options = new FetchOptions
        {
            TestHosts = new HashSet<string> { _host.Authority },
            Timeout = TimeSpan.FromSeconds(faults.Contains(Fault.FetchTimeout) ? 1 : 30),
        };
        using var cache = new CertificateCache(_rig.Paths, options, TimeProvider.System);
        await Fails(cache, _host.Url("a.pem"), faults);
    }

    private async Task Fails(CertificateCache cache, string x5u, params Fault[] faults)
    {
        var verifier = new VerificationService(cache, null, new VerificationOptions(), _rig.Clock);
        string token = _rig.SignJose(StirRig.JoseJson.Replace(StirRig.X5u, x5u, StringComparison.Ordinal));
        SignedCall call = StirRig.Call(StirRig.Header(token, info: x5u));

        VerificationResult result = await verifier.VerifyAsync(call, Token);

        faults.ShouldContain(result.Identities[0].Fault);
        bool isHad = FaultStatus.RuleOf(faults[0]) > VerificationRule.Credential;
        FaultStatus status = isHad ? FaultStatus.UnsupportedCredential : FaultStatus.BadIdentityInfo;
        StirRig.ShouldFail(result.Identities[0], result.Identities[0].Fault, status.Code, status.Phrase);
        result.Status.ShouldBe(status);
    }
}
