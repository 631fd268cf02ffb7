using System.Net;
using System.Security.Cryptography;
using Dapper;
using Microsoft.Data.Sqlite;
using Ringfence.Edge.Tests.Evidence;
using Ringfence.Edge.Tests.Stages;
using Ringfence.Screening.Refusal;

namespace Ringfence.Edge.Tests.Redress;

/// <summary>A call of ours that somebody else rejects: whom to contact is fetched, checked and kept, away from the call.</summary>
public sealed class ReceivedCardsTests
{
    private const string Progress = "  - { then: progress }";

    [Fact]
    public async Task A_jCard_that_holds_is_kept_with_the_call()
    {
        await using DeskWorld world = new(Progress);
        using CardHost host = new(world);
        var (fault, name, tel, signer) = await RejectedAsync(world, host.Address);

        fault.ShouldBeEmpty();
        (name, tel, signer).ShouldBe(("Other desk", "+15551230000", "1234"));
        world
            .SentTo(DeskWorld.PhonePort)
            .Count(message => message.StartsWith("INVITE", StringComparison.Ordinal))
            .ShouldBe(1);
    }

    [Fact]
    public async Task A_jCard_that_was_changed_or_is_old_is_not_believed()
    {
        await using DeskWorld world = new(Progress);
        using (CardHost forged = new(world) { IsForged = true })
        {
            (await RejectedAsync(world, forged.Address)).Fault.ShouldBe(nameof(JCardFault.BadSignature));
        }

        world.Pass(TimeSpan.FromSeconds(1));
        using CardHost old = new(world) { Age = TimeSpan.FromHours(1) };
        (await RejectedAsync(world, old.Address)).Fault.ShouldBe(nameof(JCardFault.Stale));
    }

    [Theory]
    [InlineData("https://127.0.0.1:8443/admin", "UrlHost")]
    [InlineData("http://cards.example/x", "UrlScheme")]
    [InlineData("https://169.254.169.254/latest", "UrlHost")]
    [InlineData("https://user:secret@cards.example/x", "UrlUserInfo")]
    [InlineData("https://cards.example:25/x", "UrlPort")]
    public async Task An_address_that_leads_inside_is_never_asked(string address, string fault)
    {
        await using DeskWorld world = new(Progress);
        (await RejectedAsync(world, address)).Fault.ShouldBe($"not fetched: {fault}");
    }

    [Theory]
    [InlineData("proxy", "607 Unwanted")]
    [InlineData("proxy", "608 Rejected")]
    [InlineData("proxy", "603 Network Blocked")]
    [InlineData("gate", "607 Unwanted")]
    [InlineData("gate", "608 Rejected")]
    [InlineData("gate", "603 Network Blocked")]
    public async Task A_global_refusal_is_not_tried_elsewhere_and_goes_back_as_it_came(string mode, string status)
    {
        await using DeskWorld world = new(
            Progress,
            mode,
            route: "[ \"sip:127.0.0.1:5090\", \"sip:127.0.0.1:5090\", \"sip:127.0.0.1:5090\" ]"
        );
        await world.InviteAsync("c");
        string leg = StirWorld.Header(world.SentTo(DeskWorld.PhonePort).First(), "Call-ID");
        world.Answer(leg, status, "Reason: SIP;cause=603;text=\"v=analytics1;tel=+1555\";location=RLN\r\n");

        world
            .SentTo(DeskWorld.PhonePort)
            .Count(message => message.StartsWith("INVITE", StringComparison.Ordinal))
            .ShouldBe(1);
        world.Final("c").ShouldStartWith($"SIP/2.0 {status}\r\n");
        world.Final("c").ShouldContain("Reason: SIP;cause=603;text=\"v=analytics1;tel=+1555\";location=RLN\r\n");
    }

    private static async Task<(string Fault, string Name, string Tel, string Signer)> RejectedAsync(
        DeskWorld world,
        string card
    )
    {
        string id = Guid.NewGuid().ToString("N");
        await world.InviteAsync(id);
        world.Answer(id, "608 Rejected", $"Call-Info: <{card}>;purpose=jwscard\r\n");
        await world.Services.Cards!.FinishAsync();
        await world.Book.Writer!.SettleAsync(TestContext.Current.CancellationToken);
        using SqliteConnection connection = new($"Data Source={world.Configuration.Database}");
        return connection
            .Query<(string, string, string, string)>(
                "SELECT fault, name, tel, signer FROM received_cards ORDER BY at DESC LIMIT 1"
            )
            .Single();
    }

    /// <summary>Serves a jCard over HTTP on loopback.</summary>
    private sealed class CardHost : IDisposable
    {
        private readonly HttpListener _listener = new();

        internal CardHost(DeskWorld world)
        {
            Address = world.CardAddress;
            _listener.Prefixes.Add(Address[..(Address.LastIndexOf('/') + 1)]);
            _listener.Start();
            _ = ServeAsync(world);
        }

        internal string Address { get; }

        internal bool IsForged { get; init; }

        internal TimeSpan Age { get; init; }

        public void Dispose() => ((IDisposable)_listener).Dispose();

        private async Task ServeAsync(DeskWorld world)
        {
            HttpListenerContext context = await _listener.GetContextAsync();
            using ECDsa key = IsForged ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : world.Key();
            string card = SignedJCard.Issue(
                new RedressContact { Name = "Other desk", Tel = "+15551230000" },
                null,
                world.Clock.GetUtcNow() - Age,
                key,
                new Uri(world.X5u)
            );
            context.Response.ContentType = SignedJCard.MediaType;
            await context.Response.OutputStream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(card));
            context.Response.Close();
        }
    }
}
