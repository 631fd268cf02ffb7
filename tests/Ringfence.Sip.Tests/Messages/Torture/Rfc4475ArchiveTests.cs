namespace Ringfence.Sip.Tests.Messages.Torture;

public sealed class Rfc4475ArchiveTests
{
    /// <summary>With RINGFENCE_DECODE_RFC4475=1 it writes the files instead of comparing them.</summary>
    [Fact]
    public void The_stored_messages_are_those_of_the_appendix()
    {
        string text = File.ReadAllText(Checkout.Shared("rfc/rfc4475.txt"));
        SortedDictionary<string, byte[]> files = Rfc4475Archive.Decode(text);
        // The archive holds a file that no section of the RFC speaks of.
        files.Remove("test.dat").ShouldBeTrue();
        files.Count.ShouldBe(49);
        bool decodes = Environment.GetEnvironmentVariable("RINGFENCE_DECODE_RFC4475") == "1";
        foreach ((string name, byte[] bytes) in files)
        {
            string path = Checkout.PathOf("Torture/rfc4475/" + name);
            if (decodes)
            {
                File.WriteAllBytes(path, bytes);
            }

            File.ReadAllBytes(path).ShouldBe(bytes, name);
        }
    }
}
