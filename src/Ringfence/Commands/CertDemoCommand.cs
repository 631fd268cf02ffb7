using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ringfence.Edge.Configuration;
using Ringfence.Output;
using Ringfence.Stir.Authentication;
using Ringfence.Stir.Certificates;

namespace Ringfence.Commands;

/// <summary><c>ringfence cert demo-ca</c>: an STI hierarchy to try with.</summary>
internal static class CertDemoCommand
{
    private static readonly Argument<string> Folder = new("folder")
    {
        Description = "Where to; made when it is not there",
    };
    private static readonly Option<string> Code = new("--code")
    {
        Description = "The signer's service provider code",
        DefaultValueFactory = _ => "1234",
    };
    private static readonly Option<int> Days = new("--days")
    {
        Description = "Validity",
        DefaultValueFactory = _ => 30,
    };
    private static readonly Option<int> Serve = new("--serve")
    {
        Description = "Serve chain and revocation list on this port of loopback, until ended",
    };

    internal static Command Create()
    {
        Command command = new(
            "demo-ca",
            """
            Makes a test hierarchy: root.pem (to trust), chain.pem and key.pem (to sign with), intermediate, revocation list. Keys are readable by their owner only.

            Examples:
              ringfence cert demo-ca stir
              ringfence cert demo-ca stir --code 5678 --serve 8088

            A verifier on the same machine fetches from there by test-hosts: [ "127.0.0.1:8088" ]. Never trust the root anywhere else.
            """
        )
        {
            Folder,
            Code,
            Days,
            Serve,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string code = parsed.GetValue(Code)!;
        int days = parsed.GetValue(Days);
        if (code.Length is 0 or > 64 || !code.All(char.IsAsciiLetterOrDigit) || days is < 1 or > 3650)
        {
            Console.Error.WriteLine("ringfence: --code takes letters and digits, for instance 1234; --days 1 to 3650");
            return ExitCode.Unusable;
        }

        try
        {
            string folder = parsed.GetValue(Folder)!;
            if (System.IO.File.Exists(Path.Combine(folder, "root.pem")))
            {
                Console.WriteLine(
                    $"{folder}: there is a hierarchy already, and it is kept; name another folder for a new one"
                );
            }
            else
            {
                Write(folder, code, days, parsed.GetValue(Serve));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"ringfence: {e.Message}");
            return ExitCode.Unusable;
        }

        return parsed.GetValue(Serve) is > 0 and int port
            ? await ServeAsync(parsed.GetValue(Folder)!, port, cancellation).ConfigureAwait(false)
            : ExitCode.Success;
    }

    private static void Write(string folder, string code, int days, int port)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using var authority = new DemoAuthority(now, TimeSpan.FromDays(days));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Directory.CreateDirectory(folder);
        Text("root.pem", authority.Root.ExportCertificatePem() + "\n");
        Secret("root-key.pem", authority.RootKey);
        Text("intermediate.pem", authority.Intermediate.ExportCertificatePem() + "\n");
        Secret("intermediate-key.pem", authority.IntermediateKey);
        Text("crl-issuer.pem", authority.RevocationIssuer.ExportCertificatePem() + "\n");
        Secret("crl-issuer-key.pem", authority.RevocationKey);
        System.IO.File.WriteAllBytes(Path.Combine(folder, "crl.der"), authority.RevocationList(now, 1));
        string list = port > 0 ? $"http://127.0.0.1:{port}/crl.der" : "http://sti-pa.example/crl";
        Text("chain.pem", authority.Chain(authority.IssueSigner(code, key, list)));
        Secret("key.pem", key);
        Console.WriteLine(
            $"{folder}: root.pem to trust; chain.pem and key.pem to sign with as {code}, for {days} days"
        );

        void Text(string name, string text) => System.IO.File.WriteAllText(Path.Combine(folder, name), text);
        void Secret(string name, ECDsa secret) =>
            WriteSecret(Path.Combine(folder, name), secret.ExportPkcs8PrivateKeyPem() + "\n");
    }

    /// <summary>Never readable by others, not even while it is written.</summary>
    private static void WriteSecret(string path, string pem)
    {
        System.IO.File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(pem));
    }

    private static async Task<int> ServeAsync(string folder, int port, CancellationToken cancellation)
    {
        string x5u = $"http://127.0.0.1:{port}/chain.pem";
        SigningKeyFault fault = SigningKey.Read(
            await System
                .IO.File.ReadAllTextAsync(Path.Combine(folder, "chain.pem"), cancellation)
                .ConfigureAwait(false),
            await System.IO.File.ReadAllTextAsync(Path.Combine(folder, "key.pem"), cancellation).ConfigureAwait(false),
            x5u,
            out SigningKey? key
        );
        if (fault != SigningKeyFault.None)
        {
            (string what, string remedy) = SigningKeyRemedy.Of(fault, $"{folder}/chain.pem", $"{folder}/key.pem");
            Console.Error.WriteLine($"ringfence: {what}: {remedy}");
            return ExitCode.Unusable;
        }

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        WebApplication web = builder.Build();
        await using (web.ConfigureAwait(false))
        {
            web.MapGet(
                "/chain.pem",
                (HttpContext context) =>
                {
                    var published = CertificatePublication.Of(key!, TimeProvider.System.GetUtcNow());
                    context.Response.Headers.CacheControl = published.CacheControl;
                    context.Response.Headers.ETag = published.ETag;
                    return Results.Bytes(published.Content, CertificatePublication.ContentType);
                }
            );
            string list = Path.GetFullPath(Path.Combine(folder, "crl.der"));
            web.MapGet("/crl.der", () => Results.File(list, "application/pkix-crl"));
            try
            {
                await web.StartAsync(cancellation).ConfigureAwait(false);
            }
            catch (IOException e)
            {
                Console.Error.WriteLine($"ringfence: {e.Message}");
                return ExitCode.Unusable;
            }

            Console.WriteLine($"serving {x5u} and crl.der beside it");
            await ((IHost)web).WaitForShutdownAsync(cancellation).ConfigureAwait(false);
        }

        return ExitCode.Success;
    }
}
