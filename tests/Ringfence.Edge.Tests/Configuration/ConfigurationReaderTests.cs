using Ringfence.Edge.Configuration;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Tests.Configuration;

public sealed class ConfigurationReaderTests
{
    private const string Sound = """
        listen: [ "udp:127.0.0.1:5070", "tcp:[::1]:5070" ]
        advertise: 192.0.2.1
        trunks:
          - { name: carrier-a, from: [ 192.0.2.0/24, 198.51.100.7 ], mode: gate, rate: 50/s, ringback: fr }
          - { name: pbx, from: 10.0.0.0/8 }
        routes:
          - { match: "+33*", to: [ "sip:pbx1.example:5062", "sip:desk@[2001:db8::1];transport=tcp" ], fork: parallel }
        lists:
          - { name: blocked, numbers: [ "+33900*" ] }
        early-media: { ringback: de, silence-after: 4s, ring-for: 2m, rtp-ports: 30000-30999, record-to: rec }
        policy:
          - { when: { caller-in: blocked }, then: refuse 607, because: "blocked by the called party", owner: user }
          - { then: progress }
        storage: sqlite:data/calls.db
        lanes: 2
        """;

    [Fact]
    public void Everything_that_the_file_says_is_read()
    {
        EdgeConfiguration read = Read(Sound).Configuration.ShouldNotBeNull();

        read.Listen.Select(address => address.ToString()).ShouldBe(["udp:127.0.0.1:5070", "tcp:[::1]:5070"]);
        read.Advertise!.ToString().ShouldBe("192.0.2.1");
        read.Trunks[0].Mode.ShouldBe(TrunkMode.Gate);
        read.Trunks[0].CallsPerSecond.ShouldBe(50);
        read.Trunks[0].From.Select(network => network.ToString()).ShouldBe(["192.0.2.0/24", "198.51.100.7/32"]);
        read.Trunks[1].Mode.ShouldBe(TrunkMode.Proxy);
        read.Routes[0].Fork.ShouldBe(ForkMode.Parallel);
        read.Routes[0]
            .Targets[0]
            .ShouldBe(new TargetConfiguration("sip:pbx1.example:5062", null, "pbx1.example", 5062, TransportKind.Udp));
        read.Routes[0]
            .Targets[1]
            .ShouldBe(
                new TargetConfiguration(
                    "sip:desk@[2001:db8::1];transport=tcp",
                    "desk",
                    "2001:db8::1",
                    5060,
                    TransportKind.Tcp
                )
            );
        read.Lists.ShouldHaveSingleItem().Name.ShouldBe("blocked");
        read.EarlyMedia.ShouldBe(
            new EarlyMediaConfiguration
            {
                Ringback = "de",
                SilenceAfterMs = 4_000,
                RingForMs = 120_000,
                FirstPort = 30_000,
                LastPort = 30_999,
                RecordTo = "/etc/ringfence/rec",
            }
        );
        read.Policy.Rules.Length.ShouldBe(2);
        read.Database.ShouldBe("/etc/ringfence/data/calls.db");
        read.Lanes.ShouldBe(2);
    }

    [Fact]
    public void An_empty_file_gives_an_edge_on_loopback()
    {
        EdgeConfiguration read = Read("").Configuration.ShouldNotBeNull();

        read.Listen.Select(address => address.ToString()).ShouldBe(["udp:127.0.0.1:5060", "tcp:127.0.0.1:5060"]);
        read.Trunks.ShouldHaveSingleItem()
            .From.Select(network => network.ToString())
            .ShouldBe(["127.0.0.0/8", "::1/128"]);
        read.Database.ShouldBe("/etc/ringfence/ringfence-data/ringfence.db");
    }

    [Fact]
    public void Every_mistake_is_told_at_once_with_its_line()
    {
        ConfigurationResult result = Read(
            """
            listen: [ "udq:0.0.0.0:5060" ]
            advertize: 192.0.2.1
            trunks:
              - { from: [ 300.0.0.0/8 ], mode: gates, rate: fast }
            routes:
              - { match: "+3*3", to: [ "tel:+33199", "sip:pbx:99999", "sip:x;transport=tls" ] }
              - { match: "*" }
            lists:
              - { name: blocked, numbers: [ "not a number" ] }
              - { name: other }
            early-media: { ringback: zz, silence-after: soon, rtp-ports: 9-5 }
            policy:
              - { when: { caller-inn: blocked }, then: refuse 699 }
            storage: mysql:x
            lanes: many
            """
        );

        result.Configuration.ShouldBeNull();
        int[] lines = [.. result.Mistakes.Where(mistake => !mistake.IsWarning).Select(mistake => mistake.Line)];
        lines.Distinct().ShouldBe([1, 2, 4, 6, 7, 9, 10, 11, 13, 14, 15]);
        lines.Count(line => line == 4).ShouldBe(4);
        lines.Count(line => line == 6).ShouldBe(4);
        lines.Count(line => line == 11).ShouldBe(3);
        result.Mistakes.ShouldAllBe(mistake => mistake.Remedy.Length > 0);
    }

    [Theory]
    [InlineData("trunkz: []", "did you mean trunks?")]
    [InlineData("listen: [ \"tls:127.0.0.1:5061\" ]", "add tls: { certificate: edge.pem, key: edge.key }")]
    [InlineData("lanes: 1000", "a number from 0 to 256")]
    [InlineData("listen: [ \"udp:here:5060\" ]", "for instance udp:0.0.0.0:5060")]
    [InlineData(
        "trunks: [ { name: a, from: 10.0.0.0/8 }, { name: a, from: 11.0.0.0/8 } ]",
        "give each trunk its own name"
    )]
    [InlineData("[ 1, 2 ]", "write it as listen: [ \"udp:0.0.0.0:5060\" ]")]
    public void A_mistake_says_what_would_be_right(string yaml, string remedy) =>
        Read(yaml).Mistakes.ShouldHaveSingleItem().Remedy.ShouldBe(remedy);

    [Fact]
    public void Broken_yaml_is_a_mistake_with_a_line() =>
        Read("listen: [ \"udp:0.0.0.0:5060\"\nroutes: {").Mistakes.ShouldHaveSingleItem().Line.ShouldBeGreaterThan(0);

    [Fact]
    public void A_list_file_with_a_bad_line_is_not_loaded_and_the_line_is_named()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "+33900*\nthis is no number\n+33199001234\n");

        ConfigurationResult result = Read($"lists: [ {{ name: blocked, file: \"{path}\" }} ]");

        result.Configuration.ShouldBeNull();
        ConfigurationMistake mistake = result.Mistakes.ShouldHaveSingleItem();
        (mistake.File, mistake.Line).ShouldBe((path, 2));
        File.Delete(path);
    }

    private static ConfigurationResult Read(string yaml) =>
        ConfigurationReader.Read(yaml, "ringfence.yaml", "/etc/ringfence");
}
