using Ringfence.Edge.Configuration;
using Ringfence.Sip.Calls;

namespace Ringfence.Edge.Tests.Configuration;

/// <summary>What of a trunk is about SIP: <c>100rel</c>, <c>session-timer</c>, <c>refer</c>.</summary>
public sealed class TrunkCallReaderTests
{
    [Fact]
    public void A_trunk_that_says_nothing_supports_100rel_asks_for_half_an_hour_and_refuses_REFER() =>
        Read("").Configuration!.Trunks[0].Call.ShouldBe(new TrunkCallConfiguration { SessionSeconds = 1800 });

    [Theory]
    [InlineData("100rel: off", Reliability.Off, 1800, false)]
    [InlineData("100rel: required, session-timer: 90s", Reliability.Required, 90, false)]
    [InlineData("session-timer: off, refer: pass", Reliability.Supported, 0, true)]
    [InlineData("session-timer: 1440m, refer: refuse", Reliability.Supported, 86_400, false)]
    public void What_it_says_is_read(string trunk, Reliability reliability, int seconds, bool refers) =>
        Read(trunk)
            .Configuration!.Trunks[0]
            .Call.ShouldBe(
                new TrunkCallConfiguration
                {
                    Reliability = reliability,
                    SessionSeconds = seconds,
                    PassesReferrals = refers,
                }
            );

    [Theory]
    [InlineData("100rel: maybe", "one of supported, off, required")]
    [InlineData("session-timer: 89s", "90s to 1440m")]
    [InlineData("session-timer: 1441m", "90s to 1440m")]
    [InlineData("session-timer: long", "90s to 1440m")]
    [InlineData("session-timer: 99999999999m", "90s to 1440m")]
    [InlineData("refer: perhaps", "one of refuse, pass")]
    public void A_mistake_is_told_with_its_line_and_what_would_be_right(string trunk, string remedy)
    {
        ConfigurationResult result = Read(trunk);
        result.Configuration.ShouldBeNull();
        ConfigurationMistake mistake = result.Mistakes.ShouldHaveSingleItem();
        mistake.Line.ShouldBe(1);
        mistake.Remedy.ShouldContain(remedy);
    }

    private static ConfigurationResult Read(string trunk) =>
        ConfigurationReader.Read(
            $"trunks: [ {{ name: a, from: 192.0.2.1{(trunk.Length > 0 ? ", " + trunk : "")} }} ]",
            "f.yaml",
            "/etc/ringfence"
        );
}
