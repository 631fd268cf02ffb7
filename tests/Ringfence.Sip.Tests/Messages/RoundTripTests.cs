using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Tests.Messages;

public sealed class RoundTripTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(607, 183);

    private static readonly Gen<string> Token = Text("abcXYZ019-.!%*_+`'~", 1, 12);
    private static readonly Gen<string> Quoted = Text("ab \t,;<>@=:()é", 0, 12).Select(text => $"\"{text}\"");
    private static readonly Gen<string> Host = Gen.OneOf(
        Text("abc019-.", 1, 12),
        Gen.Constant("192.0.2.1"),
        Gen.Constant("[2001:db8::1]")
    );
    private static readonly Gen<string> User = Text("abcXYZ019-_.!~*'()&=+$,;?/", 1, 12);

    private sealed record Spec(string Name, string User, string Host, int Port, string Tag, string Branch, string Body);

    private static readonly Gen<Spec> Specs =
        from name in Quoted
        from user in User
        from host in Host
        from port in Gen.Choose(1, 65535)
        from tag in Token
        from branch in Token
        from body in Text("v=0\r\n\0é", 0, 40)
        select new Spec(name, user, host, port, tag, branch, body);

    [Fact]
    public void What_is_built_is_what_is_parsed() =>
        Check.One(Config, Prop.ForAll(Specs.ToArbitrary(), spec => BuildParseCompare(spec)));

    [Fact]
    public void Forwarding_changes_what_the_edits_name_and_nothing_else() =>
        Check.One(Config, Prop.ForAll(Specs.ToArbitrary(), Text("abc ;=<>\"", 1, 20).ToArbitrary(), ForwardCompare));

    [Fact]
    public void Any_split_of_a_stream_gives_the_same_messages() =>
        Check.One(
            Config,
            Prop.ForAll(
                Specs.ListOf(3).ToArbitrary(),
                Gen.Choose(1, 97).ToArbitrary(),
                (specs, step) => SplitCompare(specs, step)
            )
        );

    private static bool BuildParseCompare(Spec spec)
    {
        SipRequest request = Wire.Request(Build(spec));
        NameAddr.TryParse(request.Value(HeaderId.From), out NameAddr from).ShouldBeTrue();
        SipUri.TryParse(request.RequestUri, out SipUri uri).ShouldBeTrue();
        Via.TryParse(request.Value(HeaderId.Via), out Via via).ShouldBeTrue();
        return $"\"{Wire.Text(from.DisplayName)}\"" == spec.Name
            && Wire.Text(from.Tag) == spec.Tag
            && Wire.Text(uri.User) == spec.User
            && Wire.Text(uri.Host) == spec.Host
            && uri.Port == spec.Port
            && Wire.Text(via.Branch) == spec.Branch
            && Wire.Text(via.SentBy.Host) == spec.Host
            && Wire.Text(request.Body) == spec.Body
            && UriComparison.AreEqual(request.RequestUri, from.Uri);
    }

    private static bool ForwardCompare(Spec spec, string subject)
    {
        SipRequest request = Wire.Request(Build(spec));
        var forward = new ForwardWriter();
        forward.Begin(request);
        forward.InsertFirst(HeaderId.Via, "SIP/2.0/UDP edge;branch=z9hG4bK1"u8);
        forward.Replace(request.IndexOf(HeaderId.Subject, 0), Encoding.Latin1.GetBytes(subject));
        SipRequest forwarded = Wire.Request(forward.Finish());
        forwarded.Headers.Length.ShouldBe(request.Headers.Length + 1);
        forwarded.Value(HeaderId.Via, 0).ShouldBe("SIP/2.0/UDP edge;branch=z9hG4bK1");
        forwarded.Value(HeaderId.Subject, 0).ShouldBe(subject.Trim());
        for (int i = 0; i < request.Headers.Length; i++)
        {
            HeaderRef before = request.Headers[i];
            if (before.Id != HeaderId.Subject)
            {
                Wire.Text(forwarded.Value(forwarded.Headers[i + 1])).ShouldBe(Wire.Text(request.Value(before)));
            }
        }

        return forwarded.Body.SequenceEqual(request.Body) && forwarded.RequestUri.SequenceEqual(request.RequestUri);
    }

    private static bool SplitCompare(IEnumerable<Spec> specs, int step)
    {
        List<byte[]> messages = [.. specs.Select(Build)];
        byte[] stream = [.. messages.SelectMany(message => message)];
        var framer = new SipFramer(ParserLimits.Default);
        List<byte[]> framed = [];
        int start = 0;
        for (int end = step; start < stream.Length; end = Math.Min(end + step, stream.Length))
        {
            Frame frame;
            while ((frame = framer.Read(stream.AsSpan(start, Math.Min(end, stream.Length) - start))).Consumed > 0)
            {
                framed.Add(frame.Message!.Bytes.ToArray());
                start += frame.Consumed;
            }
        }

        return framed.Count == messages.Count
            && framed.Zip(messages).All(pair => pair.First.SequenceEqual(pair.Second));
    }

    private static byte[] Build(Spec spec)
    {
        byte[] uri = Encoding.Latin1.GetBytes($"sip:{spec.User}@{spec.Host}:{spec.Port}");
        var writer = new SipWriter();
        writer.StartRequest("INVITE"u8, uri);
        writer.Begin(HeaderId.Via);
        writer.Append(Encoding.Latin1.GetBytes($"SIP/2.0/UDP {spec.Host};branch={spec.Branch}"));
        writer.End();
        writer.Header(HeaderId.MaxForwards, 70);
        writer.Header(HeaderId.From, Encoding.Latin1.GetBytes($"{spec.Name} <{Wire.Text(uri)}>;tag={spec.Tag}"));
        writer.Header(HeaderId.To, "<sip:bob@biloxi.example>"u8);
        writer.Header(HeaderId.CallId, "1@a"u8);
        writer.Header(HeaderId.CSeq, "1 INVITE"u8);
        writer.Header(HeaderId.Subject, "fold\r\n  ed"u8);
        return writer.Finish("application/octet-stream"u8, Encoding.Latin1.GetBytes(spec.Body)).ToArray();
    }

    private static Gen<string> Text(string alphabet, int least, int most) =>
        from length in Gen.Choose(least, most)
        from letters in Gen.Elements(alphabet.ToCharArray()).ArrayOf(length)
        select new string(letters);
}
