using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Ringfence.Edge.Registrar;
using Ringfence.Sip.Registrar;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Tests.Registrar;

/// <summary>What of the users' contacts outlives the process, and the secret that does too.</summary>
public sealed class StoredBindingsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ringfence-bindings");

    private string Database => Path.Combine(_folder.FullName, "edge.db");

    [Theory]
    [InlineData("sip:alice@example.com")]
    [InlineData("sip:a%40b%20c@example.com")]
    public async Task A_contact_is_there_after_a_restart_but_for_one_that_was_a_browsers(string user)
    {
        AddressOfRecord.TryParse(Encoding.ASCII.GetBytes(user), out AddressOfRecord address).ShouldBeTrue();
        Binding phone = Make("sip:alice@192.0.2.7:5070", TransportKind.Udp, 0, expires: 600);
        Binding browser = Make("sip:x@y.invalid;transport=ws", TransportKind.Wss, 7, expires: 600);
        Binding gone = Make("sip:alice@192.0.2.8", TransportKind.Udp, 0, expires: -1);
        await using (var store = StoredBindings.Open(Database, NullLogger.Instance, TimeProvider.System))
        {
            await CommitAsync(store, address, phone, browser, gone);
        }

        await using var again = StoredBindings.Open(Database, NullLogger.Instance, TimeProvider.System);

        Binding kept = again.Read(address).ShouldHaveSingleItem();
        Encoding.ASCII.GetString(kept.Uri.Span).ShouldBe("sip:alice@192.0.2.7:5070");
        kept.From.ShouldBe(phone.From);
        kept.Path.ToArray().ShouldBe(phone.Path.ToArray());
        (kept.Q, kept.Sequence).ShouldBe((500, 3u));
    }

    [Fact]
    public async Task A_contact_that_was_taken_back_stays_away_after_a_restart()
    {
        AddressOfRecord.TryParse("sip:alice@example.com"u8, out AddressOfRecord address).ShouldBeTrue();
        await using (var store = StoredBindings.Open(Database, NullLogger.Instance, TimeProvider.System))
        {
            await CommitAsync(store, address, Make("sip:alice@192.0.2.7", TransportKind.Udp, 0, expires: 600));
            await CommitAsync(store, address);
        }

        await using var again = StoredBindings.Open(Database, NullLogger.Instance, TimeProvider.System);

        again.Read(address).ShouldBeEmpty();
    }

    [Fact]
    public void The_secret_is_made_once_and_is_for_the_edge_alone()
    {
        var first = EdgeKeys.Open(Database);
        var again = EdgeKeys.Open(Database);

        again.Route.ShouldBe(first.Route);
        again.Nonce.ShouldBe(first.Nonce);
        first.Route.Length.ShouldBe(16);
        first.Nonce[..16].ShouldNotBe(first.Route);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Database + ".secret").ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.WriteAllText(Database + ".secret", "short");
        Should.Throw<IOException>(() => EdgeKeys.Open(Database)).Message.ShouldNotContain("short");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task CommitAsync(StoredBindings store, AddressOfRecord address, params Binding[] bindings) =>
        (
            await store.CommitAsync(address, store.Read(address), bindings, TestContext.Current.CancellationToken)
        ).ShouldBe(CommitStatus.Committed);

    private static Binding Make(string uri, TransportKind kind, long connection, int expires) =>
        new()
        {
            Uri = Encoding.ASCII.GetBytes(uri),
            Parameters = ";methods=INVITE"u8.ToArray(),
            Q = 500,
            Expires = TimeProvider.System.GetUtcNow().AddSeconds(expires),
            CallId = "c"u8.ToArray(),
            Sequence = 3,
            Path = "<sip:192.0.2.1;lr>"u8.ToArray(),
            From = Peer.From(kind, IPEndPoint.Parse("192.0.2.7:5070"), 0, connection),
        };
}
