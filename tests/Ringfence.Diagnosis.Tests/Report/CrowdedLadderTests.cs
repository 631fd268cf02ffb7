using System.Globalization;
using System.Xml.Linq;
using Ringfence.Diagnosis.Ladder;

namespace Ringfence.Diagnosis.Tests.Report;

/// <summary>Ladders of many columns, long names and many branches: nothing is cut off, and words lie beside lines.</summary>
public sealed class CrowdedLadderTests
{
    [Theory]
    [InlineData(3, 40)]
    [InlineData(14, 80)]
    [InlineData(21, 80)]
    [InlineData(21, 200)]
    public void A_terminal_without_room_for_names_gets_letters_and_words_beside_the_arrows(int hosts, int width)
    {
        var lines = TerminalLadder.Draw(Chain(hosts), width, colours: false);

        lines.ShouldAllBe(line => line.Length <= width);
        lines[0].ShouldStartWith("A [2001:db8::");
        lines.ShouldContain(line =>
            line.Contains('A', StringComparison.Ordinal) && line.TrimEnd().EndsWith((char)('A' + hosts - 1))
        );
        lines.Count(line => line.EndsWith("INVITE", StringComparison.Ordinal)).ShouldBe(hosts - 1);
        lines.Count(line => line.Contains('▶', StringComparison.Ordinal)).ShouldBe(hosts - 1);
    }

    [Fact]
    public void A_narrow_ladder_says_what_was_heard_beside_its_band()
    {
        var ladder = Chain(14) with
        {
            Spans =
            [
                new LadderSpan(TimeSpan.Zero, TimeSpan.FromSeconds(3), 2, 0, "PCMA/8000 ×150", IsEarly: true)
                {
                    Heard =
                    [
                        new LadderHeard(
                            TimeSpan.Zero,
                            TimeSpan.FromSeconds(3),
                            "ringback, FR, 3.0 s",
                            IsSilence: false
                        ),
                    ],
                },
            ],
        };

        TerminalLadder
            .Draw(ladder, 80, colours: false)
            .ShouldContain(line =>
                line.EndsWith("ringback, FR, 3.0 s", StringComparison.Ordinal) && line.Contains('░')
            );
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    public void Names_of_hosts_lie_inside_the_picture_and_beside_each_other(int hosts)
    {
        var picture = XDocument.Parse(SvgLadder.Draw(Chain(hosts), LadderTime.Folded, "chain"));
        double width = Number(picture.Root!, "width");
        var names = Texts(picture, "host")
            .Select(text => (At: Number(text, "x"), Half: text.Value.Length * 8.6 / 2))
            .ToList();

        names.ShouldAllBe(name => name.At - name.Half >= 0 && name.At + name.Half <= width);
        names
            .Zip(names.Skip(1))
            .ShouldAllBe(pair => pair.First.At + pair.First.Half <= pair.Second.At - pair.Second.Half);
    }

    [Fact]
    public void Words_of_an_arrow_lie_beside_the_lanes_of_twelve_branches()
    {
        var lanes = Enumerable.Range(0, 12).Select(i => Lane(i)).ToList();
        var ladder = Chain(4) with { Forks = lanes };
        var picture = XDocument.Parse(SvgLadder.Draw(ladder, LadderTime.Folded, "forks"));
        double lastLane = picture
            .Descendants()
            .Where(e => e.Attribute("class")?.Value == "lane")
            .Max(e => Number(e, "x1"));

        var labels = Texts(picture, "phrase method").Select(text => Number(text, "x")).ToList();

        labels.Count.ShouldBe(3);
        labels[1].ShouldBeGreaterThan(lastLane, "of the arrow that leaves the forking host");
        picture.Descendants().Count(e => e.Attribute("class")?.Value == "lane").ShouldBe(12);

        static LadderFork Lane(int i) =>
            new(
                ((char)('A' + i)).ToString(),
                $"tag{i}",
                1,
                [TimeSpan.FromSeconds(i)],
                TimeSpan.FromSeconds(20),
                i == 3
            );
    }

    [Fact]
    public void Words_of_an_arrow_over_several_columns_stand_on_no_line_of_a_column()
    {
        var hosts = Chain(5).Hosts;
        var ladder = new CallLadder(hosts, [new LadderArrow(TimeSpan.Zero, 0, 4, "INVITE", LadderTone.Request)]);
        var picture = XDocument.Parse(SvgLadder.Draw(ladder, LadderTime.Folded, "long arrow"));
        double start = Number(Texts(picture, "phrase method").Single(), "x");
        double end = start + SvgWriter.Width("INVITE", isLight: false);

        picture
            .Descendants()
            .Where(element => element.Attribute("class")?.Value == "life")
            .ShouldAllBe(line => Number(line, "x1") < start || Number(line, "x1") > end);
    }

    /// <summary>A request that goes from host to host, all of them with long names.</summary>
    private static CallLadder Chain(int hosts) =>
        new(
            [
                .. Enumerable
                    .Range(0, hosts)
                    .Select(i => new LadderHost(
                        string.Create(CultureInfo.InvariantCulture, $"2001:db8::{i + 4096:x}:a00:27ff:feb9:1521"),
                        ":5060"
                    )
                    {
                        Product = "A product with a long name, version 11.7.0~dfsg-1ubuntu1",
                    }),
            ],
            [
                .. Enumerable
                    .Range(0, hosts - 1)
                    .Select(i => new LadderArrow(
                        TimeSpan.FromSeconds(i * 0.1),
                        i,
                        i + 1,
                        "INVITE",
                        LadderTone.Request
                    )),
            ]
        );

    private static IEnumerable<XElement> Texts(XDocument picture, string style) =>
        picture
            .Descendants()
            .Where(element => element.Name.LocalName == "text" && element.Attribute("class")?.Value == style);

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
