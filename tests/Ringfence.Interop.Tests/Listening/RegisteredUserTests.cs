using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Ringfence.Interop.Tests.Peers;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Transport;

namespace Ringfence.Interop.Tests.Listening;

/// <summary>Users of the edge: sipsak registers them, and calls reach them where they are, after a restart too.</summary>
public sealed class RegisteredUserTests
{
    private const string Domain = "127.0.0.1";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_registered_user_is_reached_at_his_contact_and_still_is_after_a_restart()
    {
        ForeignProgram.Need("sipsak", "sipsak");
        using TestFolder folder = Folder();
        await using SipNode phone = Node(call => call.Refuse(486, default));
        await using SipNode carrier = Node(call => call.End());
        string yaml = Yaml(PortOf(carrier));
        int port;
        await using (HostedEdge edge = HostedEdge.Start(folder, yaml))
        {
            port = edge.PortOf(TransportKind.Udp);
            (await CallAsync(carrier, port, "alice")).ShouldBe(480);
            (await RegisterAsync(folder, port, "alice", "open sesame", PortOf(phone))).ShouldContain("SIP/2.0 200");
            (await CallAsync(carrier, port, "alice")).ShouldBe(486);
        }

        await using HostedEdge again = HostedEdge.Start(folder, yaml);
        (await CallAsync(carrier, again.PortOf(TransportKind.Udp), "alice")).ShouldBe(486);
    }

    /// <summary>Known or unknown, right or wrong: the answer to what does not prove itself is the same.</summary>
    [Fact]
    public async Task A_wrong_password_and_an_unknown_user_are_answered_alike()
    {
        ForeignProgram.Need("sipsak", "sipsak");
        using TestFolder folder = Folder();
        await using SipNode carrier = Node(call => call.End());
        await using HostedEdge edge = HostedEdge.Start(folder, Yaml(PortOf(carrier)));
        int port = edge.PortOf(TransportKind.Udp);

        string wrong = await RegisterAsync(folder, port, "alice", "guess", 5099);
        string unknown = await RegisterAsync(folder, port, "nobody", "guess", 5099);

        StatusLines(wrong).ShouldBe(StatusLines(unknown));
        wrong.ShouldNotContain("SIP/2.0 200");
        (await CallAsync(carrier, port, "alice")).ShouldBe(await CallAsync(carrier, port, "nobody"));
    }

    [Fact]
    public async Task A_caller_that_must_show_who_it_is_is_challenged_and_a_REGISTER_from_elsewhere_is_not_taken()
    {
        using TestFolder folder = Folder();
        await using SipNode carrier = Node(call => call.End());
        await using SipNode user = Node(call => call.End());
        await using HostedEdge edge = HostedEdge.Start(folder, Yaml(PortOf(carrier)));

        (await CallAsync(user, edge.PortOf(TransportKind.Udp), "alice")).ShouldBe(407);
        (await CallAsync(carrier, edge.PortOf(TransportKind.Udp), "alice")).ShouldBe(480);
    }

    /// <summary>RFC 8197 §4: the user's own list takes what its 607 says, and so the registrar says that it does.</summary>
    [Fact]
    public async Task That_a_607_is_acted_on_is_said_to_who_registers()
    {
        ForeignProgram.Need("sipsak", "sipsak");
        using TestFolder folder = Folder();
        await using HostedEdge edge = HostedEdge.Start(folder, Yaml(9));

        edge.Host.Services.ActsOnUnwanted.ShouldBeTrue();
        (await RegisterAsync(folder, edge.PortOf(TransportKind.Udp), "alice", "open sesame", 5099)).ShouldContain(
            "Feature-Caps: *;+sip.607"
        );
    }

    [Fact]
    public async Task A_reload_takes_the_users_of_the_file_as_they_are_now()
    {
        ForeignProgram.Need("sipsak", "sipsak");
        using TestFolder folder = Folder();
        string yaml = Yaml(9);
        await using HostedEdge edge = HostedEdge.Start(folder, yaml);
        int port = edge.PortOf(TransportKind.Udp);
        folder.Write("users.txt", "");

        (await RegisterAsync(folder, port, "alice", "open sesame", 5099)).ShouldContain("SIP/2.0 200");
        edge.Host.Reload(HostedEdge.Read(folder, yaml));
        (await RegisterAsync(folder, port, "alice", "open sesame", 5099)).ShouldNotContain("SIP/2.0 200");
    }

    private static TestFolder Folder()
    {
        TestFolder folder = new();
        byte[] secret = Encoding.UTF8.GetBytes($"alice:{Domain}:open sesame");
#pragma warning disable CA5351 // sipsak knows no other.
        folder.Write(
            "users.txt",
            $"# who may register\nalice:{Domain}:{Convert.ToHexStringLower(MD5.HashData(secret))}\n"
        );
#pragma warning restore CA5351
        return folder;
    }

    private static string Yaml(int carrier) =>
        $$"""
            listen: [ "udp:127.0.0.1:0" ]
            trunks:
              - { name: carrier, from: "127.0.0.1:{{carrier.ToString(CultureInfo.InvariantCulture)}}" }
              - { name: phones, from: 127.0.0.1, authenticate: users }
            registrar: { domains: [ {{Domain}} ], users: users.txt, algorithms: MD5 }
            routes: [ { match: "*", to: registered } ]
            policy: [ { then: progress } ]
            """;

    private static SipNode Node(Action<IncomingCall> onInvite) =>
        SipNode.Open(
            new SipNodeOptions
            {
                Transport = new SipTransportOptions
                {
                    Listen = [new ListenAddress(TransportKind.Udp, new IPEndPoint(IPAddress.Loopback, 0))],
                    Lanes = 1,
                },
            },
            onInvite
        );

    private static int PortOf(SipNode node) => node.Listening[0].EndPoint.Port;

    private static async Task<int> CallAsync(SipNode from, int port, string user)
    {
        DialedCall call = from.Dial("sip:caller@carrier.example", $"sip:{user}@127.0.0.1:{port}", Body.None);
        return (await call.Final.WaitAsync(Soon, TestContext.Current.CancellationToken)).StatusCode;
    }

    private static async Task<string> RegisterAsync(
        TestFolder folder,
        int port,
        string user,
        string password,
        int contact
    )
    {
        using ForeignProgram sipsak = ForeignProgram.Start(
            "sipsak",
            folder.Path,
            "-U",
            "-vvv",
            "-i",
            "-H",
            Domain,
            "-x",
            "600",
            "-s",
            $"sip:{user}@{Domain}:{port}",
            "-C",
            $"sip:{user}@127.0.0.1:{contact}",
            "-a",
            password,
            "-u",
            user
        );
        await sipsak.EndAsync(Soon);
        return sipsak.Output;
    }

    private static string[] StatusLines(string output) =>
        [
            .. output
                .Split('\n')
                .Where(line => line.StartsWith("SIP/2.0", StringComparison.Ordinal))
                .Select(line => line.Trim()),
        ];
}
