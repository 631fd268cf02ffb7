using System.Net;
using Ringfence.Sip.Auth;
using Ringfence.Sip.BackToBack;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Registrar;
using Ringfence.Sip.Resolve;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Tests.Calls;

/// <summary>The examples of the library's README, word for word, so that they compile; <see cref="ReadmeTests"/> compares.</summary>
internal static class ReadmeExamples
{
    internal static void Message(
        ReadOnlySpan<byte> datagram,
        SipWriter writer,
        ReadOnlySpan<byte> toTag,
        ReadOnlySpan<byte> sourceAddress,
        int sourcePort,
        Send send,
        LogCaller log
    )
    {
        ParseResult result = SipParser.Parse(datagram, ParserLimits.Default);
        if (result.Message is not SipRequest request)
        {
            return; // not SIP, or a response: nothing to answer
        }

        Malformed malformed = result.IsSound ? MessageCheck.Check(request, ParserLimits.Default) : result.Malformed;
        if (malformed.IsFault && malformed.StatusCode != 0)
        {
            writer.StartReply(request, malformed.StatusCode, malformed.ReasonPhrase, toTag, sourceAddress, sourcePort);
            send(writer.Finish());
            return;
        }

        if (
            NameAddr.TryParse(request.Value(HeaderId.From), out NameAddr from)
            && SipUri.TryParse(from.Uri, out SipUri caller)
        )
        {
            log(caller.User, caller.Host, caller.IsPhone);
        }
    }

    internal delegate void Send(ReadOnlySpan<byte> message);

    internal delegate void LogCaller(ReadOnlySpan<byte> user, ReadOnlySpan<byte> host, bool isPhone);

    internal static async Task CallerAsync(Body offer)
    {
        await using SipNode node = SipNode.Open(SipNodeOptions.At("udp:127.0.0.1:0"));
        DialedCall call = node.Dial("sip:alice@127.0.0.1", "sip:bob@127.0.0.1:5062", offer);
        await foreach (SipResponse progress in call.Progress)
        {
            Console.WriteLine($"{progress.StatusCode}, early media: {!progress.Body.IsEmpty}");
        }

        FinalResponse final = await call.Final;
        if (final.IsAnswered)
        {
            call.End();
            await call.Ended;
        }
    }

    internal static async Task CalleeAsync(Body answer)
    {
        await using SipNode node = SipNode.Open(
            SipNodeOptions.At("udp:127.0.0.1:5062", "tcp:127.0.0.1:5062"),
            call =>
            {
                call.Progress(183, default, answer, new HeaderField(HeaderId.PEarlyMedia, "sendonly"));
                call.After(TimeSpan.FromSeconds(2), () => call.Answer(answer));
            }
        );
    }

    internal sealed class Listening : IIncomingCallListener
    {
        public void OnRequest(Call call, IncomingRequest request) => request.AnswerByDefault();

        public void OnEnded(Call call, CallEnd end, SipMessage? message) => Console.WriteLine(end);
    }

    internal static async Task ProxyAsync()
    {
        ProxyTarget[] targets = [ProxyTarget.At("sip:127.0.0.1:5062"), ProxyTarget.At("sip:127.0.0.1:5064")];
        await using SipNode node = SipNode.Open(
            SipNodeOptions.At("udp:127.0.0.1:5060"),
            calls => new Forking(new ProxyLayer(calls), targets)
        );
    }

    internal sealed class Forking(ProxyLayer proxy, ProxyTarget[] targets) : ICallHandler
    {
        public void OnInvite(IncomingCall call) =>
            proxy.Forward(call, targets, new ForwardOptions { Parallel = true }, listener: null);
    }

    internal static void Testing(ICallHandler handler)
    {
        var clock = new ManualClock();
        var network = new MemoryNetwork(clock, seed: 1)
        {
            Conditions = new LinkConditions { Delay = 20, Loss = 0.1 },
        };
        MemoryNode alice = network.Add(IPEndPoint.Parse("192.0.2.1:5060"), new Lane(0, clock, LaneRandom.Seeded(1)));
        var transactions = new TransactionLayer(alice.Lane, alice.Wire, SipTimers.Default, TransactionLimits.Default);
        var calls = new CallLayer(transactions, handler, CallOptions.Default);
        alice.Attach(transactions);
        network.Run(TimeSpan.FromSeconds(32));
    }

    internal sealed class Joining(CallLayer calls, Peer callee) : ICallHandler
    {
        public void OnInvite(IncomingCall call) =>
            BackToBackCall.Begin(
                calls,
                call,
                new BackToBackOptions { TowardsCallee = HeaderPolicy.Trusted },
                FarInvite.Of(call, callee, "sip:bob@192.0.2.7"u8.ToArray(), HeaderPolicy.Trusted)
            );
    }

    internal static SipNodeOptions Secure()
    {
        var options = new SipNodeOptions
        {
            Transport = new SipTransportOptions
            {
                Listen =
                [
                    new ListenAddress(TransportKind.Tls, new IPEndPoint(IPAddress.Any, 5061)),
                    new ListenAddress(TransportKind.Wss, new IPEndPoint(IPAddress.Any, 8443)),
                ],
                Tls = new TlsOptions
                {
                    CertificateFile = "edge.pem",
                    KeyFile = "edge.key",
                    RootsFile = "roots.pem",
                },
            },
        };
        return options;
    }

    internal sealed class Registering(CallLayer calls, IBindingStore store, DigestServer digest) : ICallHandler
    {
        private readonly RegistrarLayer _registrar = new(
            calls.Transactions.Lane,
            store,
            new RegistrarOptions { Domains = ["example.com"] },
            digest,
            fault => Console.Error.WriteLine(fault)
        );

        public void OnInvite(IncomingCall call) => call.Refuse(480, default);

        public void OnRequest(IncomingRequest request)
        {
            if (request.Request.Method == SipMethod.Register)
            {
                _registrar.Register(request);
            }
            else
            {
                request.AnswerByDefault();
            }
        }
    }

    internal static void Looking(SipResolver resolver, CallLayer calls, Action<Peer> send)
    {
        var names = new LaneResolver(resolver, calls.Transactions.Lane);
        Resolution? known = names.Ask("sip:carrier.example"u8, late => send(late.Targets[0].Destination));
        if (known is not null)
        {
            send(known.Targets[0].Destination);
        }
    }
}
