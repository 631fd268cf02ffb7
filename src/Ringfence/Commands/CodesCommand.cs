using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Ringfence.Edge.Web;
using Ringfence.Output;
using Spectre.Console;

namespace Ringfence.Commands;

/// <summary><c>ringfence codes</c>: the reference of response codes as a web site, served or written as files.</summary>
internal static class CodesCommand
{
    private static readonly Argument<string> Folder = new("dir")
    {
        Description = "Where to; made when it is not there",
    };
    private static readonly Option<string> Listen = new("--listen")
    {
        Description = "Address and port; port 0 takes a free one",
        HelpName = "address:port",
        DefaultValueFactory = _ => "127.0.0.1:8080",
    };
    private static readonly Option<string?> Address = new("--address")
    {
        Description = "Where readers will see it, for canonical links and the sitemap",
        HelpName = "https://codes.example.net",
    };

    internal static Command Create()
    {
        Command serve = new("serve", "The reference and its API on a web server of its own.") { Listen, Address };
        serve.SetAction(ServeAsync);
        Command export = new("export", "The whole reference as files that any web server, or none, can show.")
        {
            Folder,
            Address,
        };
        export.SetAction(ExportAsync);
        return new Command(
            "codes",
            """
            The reference of SIP response codes as a web site.

            Examples:
              ringfence codes serve
              ringfence codes serve --listen 0.0.0.0:80 --address https://codes.example.net
              ringfence codes export site
              ringfence codes export site --address https://codes.example.net
            """
        )
        {
            serve,
            export,
        };
    }

    private static async Task<int> ServeAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (!IPEndPoint.TryParse(parsed.GetValue(Listen)!, out IPEndPoint? endPoint))
        {
            Console.Error.WriteLine(
                $"ringfence: --listen {parsed.GetValue(Listen)}: an address and a port, as 127.0.0.1:8080"
            );
            return ExitCode.Unusable;
        }

        if (!TryAddress(parsed, out Uri? address))
        {
            return ExitCode.Unusable;
        }

        try
        {
            WebHost host = await WebHost.StartAsync(endPoint, address).ConfigureAwait(false);
            await using (host.ConfigureAwait(false))
            {
                Console.WriteLine($"ready: {new Uri(host.Address, "codes")}; Ctrl+C ends it");
                await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            Console.Error.WriteLine($"ringfence: cannot listen on {endPoint}: {e.Message}");
            return ExitCode.Unusable;
        }
    }

    private static async Task<int> ExportAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (!TryAddress(parsed, out Uri? address))
        {
            return ExitCode.Unusable;
        }

        string folder = parsed.GetValue(Folder)!;
        StaticSite site = new(address);
        try
        {
            await (
                Terminal.Colours
                    ? WriteWithBarAsync(site, folder, cancellation)
                    : site.WriteAsync(folder, () => { }, cancellation)
            ).ConfigureAwait(false);
            Console.WriteLine($"{site.Count} files in {folder}; begin with {Path.Combine(folder, "index.html")}");
            return ExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"ringfence: ended before all files were written to {folder}");
            return ExitCode.Unexpected;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"ringfence: cannot write to {folder}: {e.Message}");
            return ExitCode.Unusable;
        }
    }

    private static Task WriteWithBarAsync(StaticSite site, string folder, CancellationToken cancellation) =>
        AnsiConsole
            .Progress()
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn()
            )
            .StartAsync(progress =>
            {
                ProgressTask bar = progress.AddTask($"{site.Count} files", maxValue: site.Count);
                return site.WriteAsync(folder, () => bar.Increment(1), cancellation);
            });

    private static bool TryAddress(ParseResult parsed, out Uri? address)
    {
        address = null;
        string? text = parsed.GetValue(Address);
        if (text is null || (Uri.TryCreate(text, UriKind.Absolute, out address) && address.Scheme is "http" or "https"))
        {
            return true;
        }

        Console.Error.WriteLine($"ringfence: --address {text}: an address as https://codes.example.net");
        return false;
    }
}
