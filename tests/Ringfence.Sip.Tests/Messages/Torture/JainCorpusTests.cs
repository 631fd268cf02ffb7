using System.Text.Json;

namespace Ringfence.Sip.Tests.Messages.Torture;

/// <summary>The torture messages of the NIST JAIN stack: 33 to refuse, 341 to accept, and where we differ, why.</summary>
public sealed class JainCorpusTests
{
    private const string SpaceInUri = "LWS within an addr-spec: RFC 3261 §25.1, RFC 4475 §3.1.2.14";

    /// <summary>Called valid there, refused here.</summary>
    private static readonly Dictionary<string, string> Refusals = new()
    {
        ["014"] = "\"Content-Type: …\\r\\n \\r\\n\" is a fold, so the header section has no end: RFC 3261 §7.3.1",
        ["015"] = SpaceInUri,
        ["018"] = "a fold between header name and colon: HCOLON allows SP and HTAB, RFC 3261 §25.1",
        ["025"] = "a response without From, To and Call-ID: RFC 3261 §8.2.6.2",
        ["137"] = SpaceInUri,
        ["143"] = SpaceInUri,
        ["145"] = SpaceInUri,
        ["147"] = SpaceInUri,
        ["149"] = SpaceInUri,
        ["153"] = SpaceInUri,
        ["154"] = SpaceInUri,
        ["155"] = SpaceInUri,
        ["156"] = SpaceInUri,
        ["230"] = SpaceInUri,
        ["337"] = SpaceInUri,
        ["340"] = SpaceInUri,
        ["344"] = SpaceInUri,
        ["345"] = SpaceInUri,
        ["359"] = "two requests run together: two differing Content-Length, RFC 4475 §3.3.9",
        ["364"] = "\"SIP/2.0 100<hex>20</hex>\", mark-up that was not resolved: RFC 3261 §7.2",
        ["392"] = "two values each of CSeq, Call-ID, From, To: 400 by RFC 4475 §3.3.8",
    };

    /// <summary>Called invalid there, accepted here.</summary>
    private static readonly Dictionary<string, string> Acceptances = new()
    {
        ["007"] = "an unknown scheme is well formed and earns 416 above the parser: RFC 4475 §3.3.2",
        ["024"] = "an unknown method is well formed and earns 405 or 501 above the parser: RFC 3261 §8.2.1",
        ["376"] = "a Date that is not GMT does not spoil the request: RFC 4475 §3.1.2.12",
    };

    [Fact]
    public void All_374_messages_are_judged_as_expected_or_for_a_stated_reason()
    {
        string root = Checkout.Shared("corpora");
        int refused = 0;
        int accepted = 0;
        foreach (
            JsonElement entry in JsonDocument
                .Parse(File.ReadAllBytes(root + "/manifest.json"))
                .RootElement.EnumerateArray()
        )
        {
            string file = entry.GetProperty("file").GetString()!;
            if (!file.StartsWith("jain-torture/", StringComparison.Ordinal))
            {
                continue;
            }

            string name = Path.GetFileNameWithoutExtension(file);
            bool isSound = Wire.Judge(File.ReadAllBytes(Path.Combine(root, file))).IsSound;
            bool isInvalid = entry.GetProperty("klass").GetString() == "invalid";
            bool expected = isInvalid ? Acceptances.ContainsKey(name) : !Refusals.ContainsKey(name);
            isSound.ShouldBe(expected, file);
            refused += isInvalid && !isSound ? 1 : 0;
            accepted += !isInvalid && isSound ? 1 : 0;
        }

        refused.ShouldBe(33 - Acceptances.Count);
        accepted.ShouldBe(341 - Refusals.Count);
    }
}
