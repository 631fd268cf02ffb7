using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ringfence.Diagnosis.Findings;
using Ringfence.Diagnosis.Identities;
using Ringfence.Diagnosis.Live;
using Ringfence.Output;
using Ringfence.Watching;

namespace Ringfence.Commands;

/// <summary><c>ringfence watch</c>: the diagnosis of calls as they go by.</summary>
internal static class WatchCommand
{
    private static readonly Argument<string?> Interface = new("interface")
    {
        Description =
            "The interface to listen on, as in eth0 or lo; any means all (the default, unless --hep is given)",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private static readonly Option<HepAddress[]> Hep = new("--hep")
    {
        Description =
            "Take HEP from capture agents at this address: 127.0.0.1:9060 takes versions 1 to 3 over UDP, and version 3 over TCP; udp:, tcp: or tls: before it takes one alone. May be given several times",
        HelpName = "address:port",
        CustomParser = result =>
        {
            List<HepAddress> addresses = [];
            foreach (Token token in result.Tokens)
            {
                if (HepAddress.TryParse(token.Value, out HepAddress? address))
                {
                    addresses.Add(address!);
                }
                else
                {
                    result.AddError(
                        $"'{token.Value}' is no address with a port; one is 127.0.0.1:9060, or tls:0.0.0.0:9061"
                    );
                }
            }

            return [.. addresses];
        },
    };
    private static readonly Option<FileInfo?> Certificate = new("--hep-certificate")
    {
        Description = "The certificate with its chain for --hep tls:…, in PEM",
    };
    private static readonly Option<FileInfo?> Key = new("--hep-key")
    {
        Description = "The key of that certificate, in PEM; left out if the file of the certificate holds it",
    };
    private static readonly Option<string?> Filter = new("--filter")
    {
        Description = "Only these packets, in the language of tcpdump: \"host 192.0.2.1 or ip[6:2] & 0x3fff != 0\"",
    };
    private static readonly Option<bool> Json = new("--json") { Description = "Each ended call as a line of JSON" };
    private static readonly Option<bool> Ladder = new("--ladder")
    {
        Description = "Draw the ladder of each ended call",
    };
    private static readonly Option<bool> OnlyFindings = new("--findings")
    {
        Description = "Tell only of calls that have a warning or an error",
    };
    private static readonly Option<int> Count = new("--count")
    {
        Description = "End after so many calls; 0 goes on until Ctrl+C",
    };
    private static readonly Option<string> Language = new("--lang")
    {
        Description = "Language: en, fr, es, de",
        DefaultValueFactory = _ => "en",
    };

    internal static Command Create()
    {
        Command command = new(
            "watch",
            """
            Listens to calls as they go by, on an interface or from capture agents (HEP): tells each as it rings, and its verdict and findings
            when it has ended. Ctrl+C ends it with a summary.

            Examples:
              ringfence watch
              ringfence watch eth0 --ladder
              ringfence watch lo --filter "udp portrange 5060-5080 or udp portrange 10000-20000" --json
              ringfence watch --hep 127.0.0.1:9060 --findings --lang de
              ringfence watch --hep tls:0.0.0.0:9061 --hep-certificate edge.pem --hep-key edge.key
              ringfence watch eth0 --trust sti-pa.pem --certs ./certs

            Listening on an interface needs libpcap and the right to capture (root, or CAP_NET_RAW); HEP needs neither.
            """
        )
        {
            Interface,
            Hep,
            Certificate,
            Key,
            Filter,
            Json,
            Ladder,
            OnlyFindings,
            Count,
            Language,
            DiagnoseTrust.Roots,
            DiagnoseTrust.Certificates,
        };
        Language.AcceptOnlyFromAmong([.. FindingTexts.Languages]);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string? device = parsed.GetValue(Interface);
        HepAddress[] hep = parsed.GetValue(Hep) ?? [];
        if (device is not null && hep.Length > 0)
        {
            Console.Error.WriteLine("ringfence: an interface or --hep, not both; run it twice");
            return ExitCode.Unusable;
        }

        FileInfo? file = parsed.GetValue(Certificate);
        if (file is null == Array.Exists(hep, address => address.Transport == HepTransport.Tls))
        {
            Console.Error.WriteLine("ringfence: --hep tls:… and --hep-certificate go together; give both or neither");
            return ExitCode.Unusable;
        }

        IdentityVerifier? verifier;
        X509Certificate2? certificate;
        try
        {
            verifier = DiagnoseTrust.Verifier(parsed);
            certificate = file is null
                ? null
                : X509Certificate2.CreateFromPemFile(file.FullName, (parsed.GetValue(Key) ?? file).FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            Console.Error.WriteLine($"ringfence: {e.Message}");
            return ExitCode.Unusable;
        }

        using IdentityVerifier? verifies = verifier;
        using X509Certificate2? shown = certificate;
        IPacketSource? source =
            hep.Length == 0
                ? InterfaceSource.Open(device ?? "any", parsed.GetValue(Filter), out string problem)
                : HepSource.Open(hep, certificate, out problem);
        if (source is null)
        {
            Console.Error.WriteLine($"ringfence: {problem}");
            return ExitCode.Unusable;
        }

        using (source)
        {
            WatchOutput output = new(
                parsed.GetValue(Json),
                parsed.GetValue(Ladder),
                parsed.GetValue(OnlyFindings),
                parsed.GetValue(Language)!
            );
            Watch(source, output, verifier, parsed.GetValue(Count), cancellation);
        }

        return ExitCode.Success;
    }

    private static void Watch(
        IPacketSource source,
        WatchOutput output,
        IdentityVerifier? verifier,
        int count,
        CancellationToken cancellation
    )
    {
        LiveCalls calls = new(verifier: verifier) { Progressed = output.Progressed, Ended = output.Ended };
        using LiveDecoder decoder = new(calls);
        Console.Error.WriteLine($"ringfence: listening on {source.Name}; Ctrl+C ends it");
        long nextTick = 0;
        while (!cancellation.IsCancellationRequested && (count == 0 || output.Calls < count) && source.Read(decoder))
        {
            long now = Environment.TickCount64;
            if (now >= nextTick)
            {
                nextTick = now + 250;
                calls.Tick((TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100);
            }
        }

        if (count == 0 || output.Calls < count)
        {
            calls.Finish();
        }

        output.Summary(decoder, calls, source.Dropped);
    }
}
