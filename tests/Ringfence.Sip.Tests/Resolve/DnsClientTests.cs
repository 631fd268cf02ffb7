using System.Net;
using System.Net.Sockets;
using System.Text;
using Ringfence.Sip.Resolve;

namespace Ringfence.Sip.Tests.Resolve;

/// <summary>The DNS client against a server on loopback, honest and hostile (RFC 1035, RFC 5452).</summary>
public class DnsClientTests
{
    private static readonly string[] One = ["192.0.2.7"];

    [Fact]
    public async Task An_address_is_found()
    {
        using var server = new DnsServer(query => [new DnsBytes(query).A("192.0.2.7", 42).Bytes]);
        DnsAnswer answer = await server.AskAsync();
        answer.Status.ShouldBe(DnsStatus.Found);
        answer.Ttl.ShouldBe(42u);
        Addresses(answer).ShouldBe(One);
    }

    [Fact]
    public async Task SRV_and_NAPTR_are_read_whole()
    {
        using var server = new DnsServer(query =>
            [
                query[^3] == (byte)DnsType.Srv
                    ? new DnsBytes(query)
                        .Record(DnsBytes.Asked, DnsType.Srv, 5, [0, 1, 0, 2, 0x13, 0xC4, .. DnsBytes.Name("B.Test")])
                        .Bytes
                    : new DnsBytes(query)
                        .Record(
                            DnsBytes.Asked,
                            DnsType.Naptr,
                            5,
                            [0, 10, 0, 20, 1, (byte)'s', 7, .. "SIP+D2U"u8, 0, .. DnsBytes.Name("_sip._udp.a.test")]
                        )
                        .Bytes,
            ]
        );
        (await server.AskAsync("_sip._udp.a.test", DnsType.Srv)).Records.ShouldBe([
            new ServiceRecord("_sip._udp.a.test", 5, 1, 2, 5060, "b.test"),
        ]);
        (await server.AskAsync("a.test", DnsType.Naptr)).Records.ShouldBe([
            new NaptrRecord("a.test", 5, 10, 20, "s", "SIP+D2U", "", "_sip._udp.a.test"),
        ]);
    }

    [Fact]
    public async Task Aliases_are_followed_and_the_shortest_TTL_counts()
    {
        using var server = new DnsServer(query =>
            [new DnsBytes(query).A("192.0.2.7", 300, "c.test").Alias("b.test", ttl: 9).Alias("c.test", "b.test").Bytes]
        );
        DnsAnswer answer = await server.AskAsync();
        Addresses(answer).ShouldBe(One);
        answer.Ttl.ShouldBe(9u);
    }

    [Fact]
    public async Task Aliases_in_a_ring_or_without_end_are_no_answer()
    {
        using var ring = new DnsServer(query => [new DnsBytes(query).Alias("b.test").Alias("a.test", "b.test").Bytes]);
        (await ring.AskAsync()).Status.ShouldBe(DnsStatus.Failed);
        using var chain = new DnsServer(query =>
        {
            var reply = new DnsBytes(query);
            reply.Alias("n0.test");
            for (int i = 0; i < 20; i++)
            {
                reply.Alias($"n{i + 1}.test", $"n{i}.test");
            }

            return [reply.A("192.0.2.7", 60, "n20.test").Bytes];
        });
        (await chain.AskAsync()).Status.ShouldBe(DnsStatus.Failed);
    }

    [Theory]
    [InlineData(0x8180)]
    [InlineData(0x8183)]
    public async Task An_absence_lasts_as_long_as_the_SOA_says(int flags)
    {
        using var server = new DnsServer(query => [new DnsBytes(query, flags).Soa("test", 900, 77).Bytes]);
        DnsAnswer answer = await server.AskAsync();
        answer.Status.ShouldBe(DnsStatus.Absent);
        answer.Ttl.ShouldBe(77u);
    }

    [Fact]
    public async Task The_SOA_of_another_zone_says_nothing()
    {
        using var server = new DnsServer(query => [new DnsBytes(query, 0x8183).Soa("other", 900, 900).Bytes]);
        (await server.AskAsync()).Ttl.ShouldBe(0u);
    }

    [Fact]
    public async Task What_does_not_fit_is_asked_again_by_TCP()
    {
        using var server = new DnsServer(
            query => [new DnsBytes(query, 0x8380).Bytes],
            query => DnsServer.Framed(new DnsBytes(query).A("192.0.2.7").Bytes)
        );
        Addresses(await server.AskAsync()).ShouldBe(One);
        server.AskedByStream.ShouldBe(1);
    }

    public static TheoryData<string, Func<byte[], byte[]>> Forgeries =>
        new()
        {
            { "id", query => new DnsBytes(query).Id(((query[0] << 8) | query[1]) ^ 1).A("203.0.113.66").Bytes },
            {
                "name",
                query =>
                    [
                        .. new DnsBytes([.. query[..12], .. DnsBytes.Name("b.test"), .. query[^4..]])
                            .A("203.0.113.66")
                            .Bytes,
                    ]
            },
            { "type", query => new DnsBytes(query).Put(query.Length - 4, 28).A("203.0.113.66").Bytes },
            { "class", query => new DnsBytes(query).Put(query.Length - 2, 3).A("203.0.113.66").Bytes },
            { "not a reply", query => new DnsBytes(query, 0x0100).A("203.0.113.66").Bytes },
            { "operation", query => new DnsBytes(query, 0x9180).A("203.0.113.66").Bytes },
            { "no question", query => new DnsBytes(query).Put(4, 0).A("203.0.113.66").Bytes },
            { "short", _ => [1, 2, 3] },
            { "empty", _ => [] },
        };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_reply_to_something_else_is_passed_over(string what, Func<byte[], byte[]> forge)
    {
        using var server = new DnsServer(query => [forge(query), new DnsBytes(query).A("192.0.2.7").Bytes]);
        Addresses(await server.AskAsync()).ShouldBe(One, what);
    }

    [Fact]
    public async Task A_reply_from_another_port_is_not_seen()
    {
        using var forger = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        DnsServer? server = null;
        server = new DnsServer(query =>
        {
            forger.SendTo(new DnsBytes(query).A("203.0.113.66").Bytes, server!.Sources[^1]);
            return [new DnsBytes(query).A("192.0.2.7").Bytes];
        });
        using (server)
        {
            Addresses(await server.AskAsync()).ShouldBe(One);
        }
    }

    [Fact]
    public async Task Many_wrong_guesses_send_the_question_by_TCP()
    {
        using var server = new DnsServer(
            query =>
                Enumerable
                    .Range(1, 30)
                    .Select(i => new DnsBytes(query).Id(((query[0] << 8) | query[1]) ^ i).A("203.0.113.66").Bytes),
            query => DnsServer.Framed(new DnsBytes(query).A("192.0.2.7").Bytes)
        );
        Addresses(await server.AskAsync()).ShouldBe(One);
        server.AskedByStream.ShouldBe(1);
    }

    [Fact]
    public async Task A_reply_in_other_letters_is_only_believed_by_TCP()
    {
        const string name = "a-rather-long-name-with-many-letters.test";
        static byte[] Lower(byte[] query) => [.. query[..12], .. DnsBytes.Name(name), .. query[^4..]];
        using var server = new DnsServer(
            query => [new DnsBytes(Lower(query)).A("203.0.113.66").Bytes],
            query => DnsServer.Framed(new DnsBytes(Lower(query)).A("192.0.2.7").Bytes)
        );
        Addresses(await server.AskAsync(name)).ShouldBe(One);
    }

    [Fact]
    public async Task What_was_not_asked_for_is_not_believed()
    {
        using var server = new DnsServer(query =>
            [
                new DnsBytes(query)
                    .A("203.0.113.66", owner: "bank.test")
                    .A("192.0.2.7")
                    .Record(DnsBytes.Asked, DnsType.A, 60, [203, 0, 113, 66], 10)
                    .Bytes,
            ]
        );
        Addresses(await server.AskAsync()).ShouldBe(One);
    }

    public static TheoryData<string, Func<byte[], byte[]>> Nonsense =>
        new()
        {
            {
                "pointer to itself",
                query => new DnsBytes(query).Record([0xC0, (byte)query.Length], DnsType.A, 60, [192, 0, 2, 7]).Bytes
            },
            {
                "pointer forward",
                query => new DnsBytes(query).Record([0xC3, 0xFF], DnsType.A, 60, [192, 0, 2, 7]).Bytes
            },
            {
                "pointers in a ring",
                query =>
                    new DnsBytes(query)
                        .Record([1, (byte)'a', 0xC0, (byte)query.Length], DnsType.A, 60, [192, 0, 2, 7])
                        .Bytes
            },
            { "label type", query => new DnsBytes(query).Record([0x80, 0], DnsType.A, 60, [192, 0, 2, 7]).Bytes },
            {
                "dot in a label",
                query => new DnsBytes(query).Record([6, .. "a.test"u8, 0], DnsType.A, 60, [192, 0, 2, 7]).Bytes
            },
            {
                "zero in a label",
                query => new DnsBytes(query).Record([2, 0, (byte)'a', 0], DnsType.A, 60, [192, 0, 2, 7]).Bytes
            },
            {
                "data too long",
                query => new DnsBytes(query).Record(DnsBytes.Asked, DnsType.A, 60, [1, 2, 3, 4, 5]).Bytes
            },
            { "cut off", query => new DnsBytes(query).A("192.0.2.7").Bytes[..^2] },
            { "records that are not there", query => new DnsBytes(query).A("192.0.2.7").Put(6, 250).Bytes },
            { "65535 records", query => new DnsBytes(query).A("192.0.2.7").Put(6, 65535).Bytes },
            {
                "SRV without a name",
                query =>
                    new DnsBytes(query)
                        .Record(DnsBytes.Asked, DnsType.Srv, 60, [0, 1, 0, 2, 0, 3])
                        .Raw()
                        .Record(DnsBytes.Asked, DnsType.Srv, 60, [0, 0, 0, 0, 0, 0, 9])
                        .Bytes
            },
            {
                "NAPTR text past its end",
                query =>
                    new DnsBytes(query).Record(DnsBytes.Asked, DnsType.Naptr, 60, [0, 1, 0, 1, 255, 1, 1, 1, 0]).Bytes
            },
            { "server failure", query => new DnsBytes(query, 0x8182).Bytes },
            { "refused", query => new DnsBytes(query, 0x8185).Bytes },
        };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task A_reply_that_makes_no_sense_is_a_failure(string what, Func<byte[], byte[]> nonsense)
    {
        using var server = new DnsServer(query => [nonsense(query)]);
        (await server.AskAsync()).Status.ShouldBe(DnsStatus.Failed, what);
        server.AskedByStream.ShouldBe(0);
    }

    [Fact]
    public async Task A_name_of_more_than_255_octets_is_refused()
    {
        byte[] label = [63, .. Enumerable.Repeat((byte)'x', 63)];
        byte[] name = [.. label, .. label, .. label, .. label, .. label, 0];
        using var server = new DnsServer(query =>
            [new DnsBytes(query).Record(name, DnsType.A, 60, [192, 0, 2, 7]).Bytes]
        );
        (await server.AskAsync()).Status.ShouldBe(DnsStatus.Failed);
    }

    [Fact]
    public async Task A_reply_of_64_kB_by_TCP_is_read_within_its_limits()
    {
        using var server = new DnsServer(
            query => [new DnsBytes(query, 0x8380).Bytes],
            query =>
            {
                var reply = new DnsBytes(query);
                for (int i = 0; i < 4000; i++)
                {
                    reply.A("192.0.2.7");
                }

                return DnsServer.Framed(reply.Bytes);
            }
        );
        (await server.AskAsync()).Status.ShouldBe(DnsStatus.Failed);
    }

    [Fact]
    public async Task A_stream_that_ends_early_is_a_failure()
    {
        using var server = new DnsServer(query => [new DnsBytes(query, 0x8380).Bytes], _ => [0, 200, 1, 2, 3]);
        (await server.AskAsync()).Status.ShouldBe(DnsStatus.Failed);
    }

    [Fact]
    public async Task A_truncated_reply_by_TCP_is_a_failure()
    {
        using var server = new DnsServer(
            query => [new DnsBytes(query, 0x8380).Bytes],
            query => DnsServer.Framed(new DnsBytes(query, 0x8380).Bytes)
        );
        (await server.AskAsync()).Status.ShouldBe(DnsStatus.Failed);
    }

    [Fact]
    public async Task The_next_server_is_asked_when_the_first_fails_or_is_silent()
    {
        using var failing = new DnsServer(query => [new DnsBytes(query, 0x8182).Bytes]);
        using var silent = new DnsServer(_ => []);
        using var good = new DnsServer(query => [new DnsBytes(query).A("192.0.2.7").Bytes]);
        DnsOptions options = good.Options with { Servers = [failing.EndPoint, silent.EndPoint, good.EndPoint] };
        DnsAnswer answer = await new DnsClient(options, TimeProvider.System).LookUpAsync(
            "a.test",
            DnsType.A,
            TestContext.Current.CancellationToken
        );
        Addresses(answer).ShouldBe(One);
        (failing.Asked, silent.Asked, good.Asked).ShouldBe((1, 1, 1));
    }

    [Fact]
    public async Task Silence_ends_after_so_many_attempts_each_from_a_port_of_its_own()
    {
        using var server = new DnsServer(_ => []);
        DnsOptions options = server.Options with { Attempts = 3, AttemptTimeout = TimeSpan.FromMilliseconds(60) };
        DnsAnswer answer = await new DnsClient(options, TimeProvider.System).LookUpAsync(
            "a.test",
            DnsType.A,
            TestContext.Current.CancellationToken
        );
        answer.Status.ShouldBe(DnsStatus.Silent);
        server.Asked.ShouldBe(3);
        server.Sources.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void Two_questions_differ_in_id_and_letters()
    {
        DnsQuestion[] questions =
        [
            .. Enumerable.Range(0, 50).Select(_ => new DnsQuestion("proxy.example.com", DnsType.A)),
        ];
        questions.Select(question => question.Id).Distinct().Count().ShouldBeGreaterThan(40);
        questions.Select(question => question.Spelling).Distinct().Count().ShouldBeGreaterThan(40);
    }

    [Fact]
    public void Bytes_of_any_kind_are_read_without_a_fault()
    {
        var random = new Random(5);
        var question = new DnsQuestion("a.test", DnsType.A);
        byte[] good = new DnsBytes(question.Bytes.Span)
            .Alias("b.test")
            .A("192.0.2.7", owner: "b.test")
            .Soa("test", 1, 1)
            .Bytes;
        int answers = 0;
        for (int i = 0; i < 50_000; i++)
        {
            byte[] bytes = [.. good];
            for (int flips = random.Next(1, 6); flips > 0; flips--)
            {
                bytes[random.Next(2, bytes.Length)] = (byte)random.Next(256);
            }

            answers +=
                DnsReader.Read(bytes.AsSpan(0, random.Next(bytes.Length + 1)), question, false, out _)
                == DnsReading.Answer
                    ? 1
                    : 0;
        }

        answers.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Resolv_conf_names_three_servers_at_most()
    {
        ResolvConf
            .Parse([
                "# nameserver 192.0.2.1",
                "search x",
                "nameserver 192.0.2.2",
                "nameserver\t2001:db8::3 ",
                "nameserver nonsense",
                "nameserver 192.0.2.4",
                "nameserver 192.0.2.5",
            ])
            .ShouldBe([
                IPEndPoint.Parse("192.0.2.2:53"),
                IPEndPoint.Parse("[2001:db8::3]:53"),
                IPEndPoint.Parse("192.0.2.4:53"),
            ]);
        ResolvConf.Parse([]).ShouldBe([IPEndPoint.Parse("127.0.0.1:53")]);
    }

    [Theory]
    [InlineData("Example.COM.", "example.com")]
    [InlineData("a_b-c.test", "a_b-c.test")]
    [InlineData("", null)]
    [InlineData(".", null)]
    [InlineData("a..b", null)]
    [InlineData("a b", null)]
    [InlineData("a\u0001.test", null)]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234.test", null)]
    public void A_name_has_labels_of_1_to_63_octets(string text, string? expected)
    {
        DnsName.TryNormalize(Encoding.ASCII.GetBytes(text), out string name).ShouldBe(expected is not null);
        name.ShouldBe(expected ?? "");
    }

    private static string[] Addresses(DnsAnswer answer) =>
        [.. answer.Records.Cast<AddressRecord>().Select(record => record.Address.ToString())];
}
