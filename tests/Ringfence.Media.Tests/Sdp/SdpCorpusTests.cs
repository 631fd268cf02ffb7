using Ringfence.Media.Sdp;

namespace Ringfence.Media.Tests.Sdp;

public sealed class SdpCorpusTests
{
    [Fact]
    public void Descriptions_from_the_field_are_parsed_and_kept()
    {
        var folder = Corpus();
        Assert.SkipWhen(folder is null, "skipped: corpus not present");
        var refused = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder!, "*.sdp", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            var result = SdpParser.Parse(bytes);
            if (!result.IsParsed)
            {
                refused.Add($"{Path.GetFileName(file)}: {result.Error}");
                continue;
            }
            result.Session.Bytes.Span.SequenceEqual(bytes).ShouldBeTrue();
            new SdpEdit(result.Session).ToArray().SequenceEqual(bytes).ShouldBeTrue();
        }
        // Both are broken on purpose: a port that is no number, and an IPv6 address that claims to be IPv4 or the like.
        refused.Select(line => line.Split(":")[0]).Order().ShouldBe(["alac.sdp", "invalid.sdp"]);
    }

    private static string? Corpus()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "shared", "corpora", "sdp");
            if (Directory.Exists(folder))
            {
                return folder;
            }
        }
        return null;
    }
}
