using System.Globalization;
using BenchmarkDotNet.Running;
using Ringfence.Bench;
using Ringfence.Bench.Media;
using Ringfence.Bench.Screening;

return args switch
{
    ["micro", .. string[] rest] => Micro(rest),
    ["screening"] => ScreeningCosts.Run(),
    ["serve", string mode, string port] => BenchServer.Run(mode, int.Parse(port, CultureInfo.InvariantCulture)),
    ["calls", .. string[] rest] => CallComparison.Run(
        seconds: Number(rest, "--seconds", 3),
        rounds: Number(rest, "--rounds", 3)
    ),
    ["diagnose", .. string[] rest] => DiagnosisComparison.Run(
        megabytes: Number(rest, "--megabytes", 100),
        gigabytes: Number(rest, "--gigabytes", 10),
        rounds: Number(rest, "--rounds", 9)
    ),
    ["early-media", .. string[] rest] => EarlyMediaLoad.Run(
        streams: Number(rest, "--streams", 1000),
        seconds: Number(rest, "--seconds", 60)
    ),
    ["relays", string streams, string plays, string isSecure, string caller] => RelayHost.Run(
        int.Parse(streams, CultureInfo.InvariantCulture),
        bool.Parse(plays),
        bool.Parse(isSecure),
        int.Parse(caller, CultureInfo.InvariantCulture)
    ),
    ["stir", .. string[] rest] => StirComparison.Run(rounds: Number(rest, "--rounds", 2_000)),
    ["fetches", .. string[] rest] => await StirFetches.RunAsync(
        rounds: Number(rest, "--rounds", 8),
        calls: Number(rest, "--calls", 1_000)
    ),
    _ => Usage(),
};

static int Micro(string[] rest)
{
    BenchmarkSwitcher.FromAssembly(typeof(BenchServer).Assembly).Run(rest.Length > 0 ? rest : ["--filter", "*"]);
    return 0;
}

static int Number(string[] arguments, string name, int otherwise)
{
    int at = Array.IndexOf(arguments, name);
    return at >= 0 && at + 1 < arguments.Length
        ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture)
        : otherwise;
}

static int Usage()
{
    Console.Error.WriteLine(
        """
        bench/run micro [BenchmarkDotNet arguments]       parse, write, machine, timer, each by itself
        bench/run screening                               a verdict with 1,000 rules, 10 million list entries, 1 million tracked numbers
        bench/run calls [--seconds N] [--rounds N]        whole calls against Kamailio in the same run
        bench/run diagnose [--megabytes N] [--gigabytes N] [--rounds N]   a capture against tshark, a long stream's memory
        bench/run early-media [--streams N] [--seconds N] early media of many calls at once: lateness and CPU, plain and SRTP
        bench/run stir [--rounds N]                       verify and sign a call against the bare ES256 of the framework
        bench/run fetches [--rounds N] [--calls N]        calls beside a hundred certificate fetches that never end
        """
    );
    return 2;
}
