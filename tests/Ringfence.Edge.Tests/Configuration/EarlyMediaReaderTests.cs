using System.Runtime.CompilerServices;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Gate;
using Ringfence.Media.Codecs;
using Ringfence.Media.EarlyMedia;

namespace Ringfence.Edge.Tests.Configuration;

public sealed class EarlyMediaReaderTests
{
    [Fact]
    public void The_example_of_the_guide_is_a_sound_file_and_says_what_the_guide_says()
    {
        string guide = File.ReadAllText(Path.Combine(Root(), "docs", "early-media.md"));
        string example = guide.Split("```yaml")[1].Split("```")[0];
        ConfigurationResult read = ConfigurationReader.Read(example, "guide", Path.GetTempPath());
        read.Mistakes.ShouldBeEmpty();
        EarlyMediaConfiguration terms = read.Configuration!.EarlyMedia;
        terms.Codecs.ShouldBe([AudioFormat.Pcma, AudioFormat.Pcmu, AudioFormat.G722]);
        terms.Fork.ShouldBe(ForkPolicy.FirstHeard);
        terms.Authorize.ShouldBe(EarlyDirections.Both);
        (terms.LongestMs, terms.BothWaysMs, terms.JudgesAnswers).ShouldBe((120_000, 10_000, true));
        terms.RecordTo.ShouldNotBeNull();
        read.Configuration.Trunks[0]
            .Early.ShouldBe(
                new EarlyMediaTrunkConfiguration
                {
                    Authorize = EarlyDirections.Backward,
                    SpeaksPEarlyMedia = true,
                    SpeaksEarlySessions = true,
                    CallsPerSource = 200,
                    Causes = "rfc3398",
                }
            );
    }

    [Theory]
    [InlineData("early-media: { fork: loudest }", "fork cannot be \"loudest\"")]
    [InlineData("early-media: { codecs: [ g729 ] }", "\"g729\" is no codec of the edge")]
    [InlineData("early-media: { authorize: some }", "authorize cannot be \"some\"")]
    [InlineData("early-media: { longest: long }", "longest cannot be \"long\"")]
    [InlineData("early-media: { judge-answers: perhaps }", "judge-answers cannot be \"perhaps\"")]
    [InlineData("trunks: [ { name: a, from: 10.0.0.1, early-media: { on-180: bell } } ]", "on-180 cannot be \"bell\"")]
    [InlineData("trunks: [ { name: a, from: 10.0.0.1, early-media: { causes: isup } } ]", "causes cannot be \"isup\"")]
    [InlineData(
        "trunks: [ { name: a, from: 10.0.0.1, early-media: { calls-per-source: -1 } } ]",
        "calls-per-source cannot be \"-1\""
    )]
    [InlineData(
        "trunks: [ { name: a, from: 10.0.0.1, early-media: { on-181: pass } } ]",
        "early-media of a trunk has no setting \"on-181\""
    )]
    public void Every_mistake_is_told_with_a_remedy(string text, string mistake)
    {
        ConfigurationResult read = ConfigurationReader.Read(text, "file", Path.GetTempPath());
        read.Configuration.ShouldBeNull();
        ConfigurationMistake found = read.Mistakes.ShouldHaveSingleItem();
        found.ToString().ShouldContain(mistake);
        found.Remedy.Length.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void The_profiles_agree_where_all_sources_do_and_differ_where_they_do_not()
    {
        foreach (CauseProfile profile in CauseProfile.All)
        {
            profile.StatusOf(1, byUser: false).ShouldBe(404, profile.Name);
            profile.StatusOf(17, byUser: false).ShouldBe(486, profile.Name);
            profile.StatusOf(28, byUser: false).ShouldBe(484, profile.Name);
            profile.StatusOf(16, byUser: false).ShouldBe(0, profile.Name);
            profile.CauseOf(486).ShouldBe(17, profile.Name);
            profile.CauseOf(607).ShouldBe(21, profile.Name);
            profile.CauseOf(608).ShouldBe(21, profile.Name);
            profile.ReasonOf(487).ShouldBeNull();
            profile.ToCause.Keys.ShouldAllBe(status => status >= 400 && status < 700);
            profile.ToSip.Keys.ShouldAllBe(cause => cause > 0 && cause < 128);
            // A redirection needs a Contact, which no cause has.
            profile.ToSip.Values.ShouldAllBe(status => status >= 400 && status < 700);
        }

        CauseProfile.All.Select(profile => profile.StatusOf(47, byUser: false)).ShouldBe([503, 500, 480, 480]);
        CauseProfile.All.Select(profile => profile.CauseOf(503)).ShouldBe([41, 127, 34, 41]);
    }

    private static string Root([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../.."));
}
