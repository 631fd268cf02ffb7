using System.Diagnostics;
using System.Text;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Tests.Messages;

/// <summary>Classes of attack that parsing meets: crashes, complexity, smuggling, allocation by declared length, injection.</summary>
public sealed class HostileInputTests
{
    private static readonly ParserLimits Wide = new()
    {
        HeaderSection = 1 << 20,
        HeaderLine = 1 << 20,
        Uri = 1 << 20,
        Body = 1 << 20,
        Vias = 1 << 20,
        Identities = 1 << 20,
    };

    /// <summary>With limits out of the way, four times the bytes take about four times as long, and not sixteen times.</summary>
    [Theory]
    [InlineData("Via: SIP/2.0/UDP a", ";")]
    [InlineData("Via: SIP/2.0/UDP a", ";b=c")]
    [InlineData("Via: SIP/2.0/UDP a", ",SIP/2.0/UDP a")]
    [InlineData("Via: SIP/2.0/UDP a", ";b=\"\\\"\"")]
    [InlineData("Contact: ", "\"")]
    [InlineData("Contact: ", "\"\\")]
    [InlineData("Contact: ", "<")]
    [InlineData("Contact: <sip:a@b>", ",<sip:a@b>")]
    [InlineData("Contact: <sip:a@b", ";x=%41")]
    [InlineData("Route: ", "\"a\" <sip:b>,")]
    [InlineData("Supported: a", ",a")]
    [InlineData("Subject: a", "\r\n ")]
    [InlineData("Subject: ", "(")]
    [InlineData("Subject: ", "\\\u0001")]
    [InlineData("Identity: ", ",")]
    [InlineData("Retry-After: 1 ", "(")]
    [InlineData("", "X: y\r\n")]
    [InlineData("", "\r")]
    public void Work_grows_no_faster_than_the_message(string start, string repeated)
    {
        byte[] small = Make(8_192);
        byte[] large = Make(4 * 8_192);
        RatioOf(() => Digest(small, Wide), () => Digest(large, Wide)).ShouldBeLessThan(10);

        byte[] Make(int size)
        {
            string line = start + string.Concat(Enumerable.Repeat(repeated, size / repeated.Length));
            return Encoding.Latin1.GetBytes(
                Wire.Text(Wire.Bytes(Wire.Invite))
                    .Replace("Max-Forwards", line + "\r\nMax-Forwards", StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public void A_stream_that_comes_byte_by_byte_is_looked_at_once()
    {
        byte[] small = Wire.InviteWith("Subject: " + new string('s', 5_000));
        byte[] large = Wire.InviteWith("Subject: " + new string('s', 20_000));
        RatioOf(() => Drip(small), () => Drip(large)).ShouldBeLessThan(10);

        static void Drip(byte[] bytes)
        {
            var framer = new SipFramer(Wide);
            for (int length = 1; length < bytes.Length; length++)
            {
                framer.Read(bytes.AsSpan(0, length));
            }
        }
    }

    /// <summary>
    /// How much longer the large work takes, by the fastest of many runs of each: what else the machine does only slows a run
    /// down. While the ratio is in doubt there are more runs, the large work at the start of a time slice.
    /// </summary>
    private static double RatioOf(Action small, Action large)
    {
        long fastestSmall = long.MaxValue;
        long fastestLarge = long.MaxValue;
        for (int run = 0; run < 9 || (run < 200 && fastestLarge >= 10 * fastestSmall); run++)
        {
            fastestSmall = Math.Min(fastestSmall, TicksOf(small));
            Thread.Yield();
            fastestLarge = Math.Min(fastestLarge, TicksOf(large));
        }

        return (double)fastestLarge / fastestSmall;

        static long TicksOf(Action work)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            return Stopwatch.GetTimestamp() - start;
        }
    }

    /// <summary>The length that a peer declares is believed only as far as the limit, and nothing is set aside for it.</summary>
    [Fact]
    public void A_declared_length_allocates_nothing()
    {
        byte[] bytes = Wire.InviteBut("Content-Length: 0", "Content-Length: 30000");
        var framer = new SipFramer(ParserLimits.Default);
        framer.Read(bytes.AsSpan(0, bytes.Length - 1));
        long before = GC.GetAllocatedBytesForCurrentThread();
        framer.Read(bytes).Status.ShouldBe(FrameStatus.NeedMore);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1024);
    }

    [Theory]
    [InlineData("Identity: ")]
    [InlineData("Identity: ;")]
    [InlineData("Identity: a.b.c")]
    [InlineData("Identity: ;info=<>")]
    [InlineData("Identity: \"")]
    [InlineData("y: a;info=<https://a/b.cer>;alg=ES256;ppt=shaken")]
    public void Any_identity_is_handed_on_as_it_came(string line)
    {
        SipRequest request = Wire.Request(Wire.InviteWith(line));
        request.All(HeaderId.Identity).Count.ShouldBe(1);
    }

    [Fact]
    public void A_reason_phrase_for_a_fault_holds_nothing_of_the_peers()
    {
        foreach (Fault fault in Enum.GetValues<Fault>())
        {
            var malformed = new Malformed(fault, 3, HeaderId.Via);
            malformed.ReasonPhrase.ContainsAnyExceptInRange((byte)' ', (byte)'~').ShouldBeFalse();
            malformed.ToString().ShouldNotContain("\n");
            (malformed.Section.Length > 0).ShouldBe(malformed.IsFault);
        }
    }

    [Fact]
    public void A_million_mutations_in_a_long_run_and_some_in_a_short_one_never_throw()
    {
        int rounds = Environment.GetEnvironmentVariable("RINGFENCE_LONG") == "1" ? 1_000_000 : 10_000;
        var random = new Random(607);
        byte[][] seeds = [.. Directory.GetFiles(Checkout.PathOf("Torture/rfc4475")).Order().Select(File.ReadAllBytes)];
        byte[] alphabet = "\r\n\t \0;,:\"<>@=%?&[]()\\/0aSIP"u8.ToArray();
        for (int round = 0; round < rounds; round++)
        {
            byte[] bytes = [.. seeds[random.Next(seeds.Length)]];
            for (int edits = random.Next(1, 6); edits > 0; edits--)
            {
                bytes[random.Next(bytes.Length)] = alphabet[random.Next(alphabet.Length)];
            }

            Digest(bytes.AsSpan(0, random.Next(1, bytes.Length)), ParserLimits.Default);
            Digest(bytes, ParserLimits.Default);
        }
    }

    [Fact]
    public void Protos_samples_never_throw()
    {
        string[] files = Directory.GetFiles(Checkout.Shared("captures/messages"));
        files.ShouldNotBeEmpty();
        Array.ForEach(files, file => Digest(File.ReadAllBytes(file), ParserLimits.Default));
    }

    [Fact]
    public void Crashers_of_another_parser_never_throw()
    {
        string[] files = Directory.GetFiles(Checkout.Shared("corpora/fuzz-seeds"), "*", SearchOption.AllDirectories);
        files.ShouldNotBeEmpty();
        Array.ForEach(files, file => Digest(File.ReadAllBytes(file), ParserLimits.Default));
    }

    /// <summary>All that a stack would do with a message; counts what it could read.</summary>
    private static int Digest(ReadOnlySpan<byte> bytes, ParserLimits limits)
    {
        new SipFramer(limits).Read(bytes);
        ParseResult result = SipParser.Parse(bytes, limits);
        if (result.Message is not { } message)
        {
            return 0;
        }

        int read = 0;
        foreach (ref readonly HeaderRef header in message.Headers)
        {
            ReadOnlySpan<byte> value = message.Value(header);
            read += NameAddr.TryParse(value, out _) ? 1 : 0;
            read += AuthHeader.TryParse(value, out _) ? 1 : 0;
            read += RetryAfter.TryParse(value, out _, out _) ? 1 : 0;
            read += SessionExpires.TryParse(value, out _, out _) ? 1 : 0;
            read += SipDate.TryParse(value, out _) ? 1 : 0;
            read += Warning.TryParse(value, out _) ? 1 : 0;
            read += Reason.TryParse(value, out _) ? 1 : 0;
            read += HistoryInfo.TryParse(value, out _) ? 1 : 0;
            read += UriComparison.AreEqual(value, "sip:a@b"u8) ? 1 : 0;
        }

        read += Multipart.FindSdp(message, limits, out _).IsFault ? 0 : 1;
        if (message is SipRequest request)
        {
            var writer = new SipWriter();
            writer.StartReply(request, 400, "Bad Request"u8, "t"u8, "192.0.2.1"u8, 5060);
            read += writer.Finish().IsEmpty ? 0 : 1;
        }

        if (!result.Malformed.IsFault && !MessageCheck.Check(message, limits).IsFault)
        {
            var forward = new ForwardWriter();
            forward.Begin(message);
            forward.RemoveFirstItem(HeaderId.Via);
            read += forward.Finish().IsEmpty ? 0 : 1;
        }

        return read;
    }
}
