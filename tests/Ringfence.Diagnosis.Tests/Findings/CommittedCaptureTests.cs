using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Capture;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Identities;

namespace Ringfence.Diagnosis.Tests.Findings;

/// <summary>
/// The captures beside these tests, one that shows a finding and one nearly alike that does not: what the generator writes, byte for byte.
/// After a change of the generator, RINGFENCE_APPROVE=1 writes them anew.
/// </summary>
public sealed class CommittedCaptureTests
{
    public static TheoryData<string> Names() => [.. Scenarios.ByName.Keys];

    [Fact]
    public void Every_rule_of_the_catalogue_has_its_pair() =>
        RuleBook.Rules.Select(rule => rule.Id).ShouldBe(Scenarios.ById.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_capture_that_shows_it_is_committed(string name)
    {
        Compare(name, Scenarios.ByName[name].Shows);
        Diagnose(name).ShouldContain(Scenarios.ByName[name].Id);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_capture_nearly_alike_that_does_not_show_it_is_committed(string name)
    {
        Compare(name + "-not", Scenarios.ByName[name].Almost);
        Diagnose(name + "-not").ShouldNotContain(Scenarios.ByName[name].Id);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_it_shows_does_not_depend_on_the_options(string name)
    {
        foreach (var verifier in Options())
        {
            using (verifier)
            {
                Diagnose(name + "-not", verifier).ShouldNotContain(Scenarios.ByName[name].Id);
            }
        }

        if (!NeedsCertificates.Contains(name))
        {
            Diagnose(name, null).ShouldContain(Scenarios.ByName[name].Id);
        }
    }

    // Whether a certificate is out of date, or what it signed is sound, can be read only where there is one.
    private static readonly string[] NeedsCertificates = ["BK-15", "BK-23", "BK-03-signature"];

    // Without roots, with roots alone, with the chain that signed most of them (one alone stands for every x5u), and with all of them.
    private static IEnumerable<IdentityVerifier?> Options() =>
        [null, SignedFiles.Verifier("none"), SignedFiles.Verifier("chain"), SignedFiles.Verifier()];

    [Fact]
    public void They_are_no_more_and_small()
    {
        var files = new DirectoryInfo(SignedFiles.Captures()).GetFiles("*.pcapng");
        files.Length.ShouldBe(2 * Scenarios.ByName.Count);
        files.Sum(file => file.Length).ShouldBeLessThan(6_000_000);
    }

    private static void Compare(string name, Script script)
    {
        var path = FilePath(name);
        if (Environment.GetEnvironmentVariable("RINGFENCE_APPROVE") == "1")
        {
            File.WriteAllBytes(path, script.Pcap());
        }

        File.ReadAllBytes(path).AsSpan().SequenceEqual(script.Pcap()).ShouldBeTrue(name);
    }

    private static List<string> Diagnose(string name)
    {
        using var verifier = SignedFiles.Verifier();
        return Diagnose(name, verifier);
    }

    private static List<string> Diagnose(string name, IdentityVerifier? verifier) =>
        [
            .. CallDiagnosis
                .Of(CallTrace.Read([CaptureInput.File(FilePath(name))]), verifier)
                .Findings.Select(finding => finding.Id),
        ];

    private static string FilePath(string name) => Path.Combine(SignedFiles.Captures(), name + ".pcapng");
}
