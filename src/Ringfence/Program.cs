using System.CommandLine;
using System.CommandLine.Invocation;
using Ringfence.Commands;
using Ringfence.Commands.Desk;
using Ringfence.Commands.Lists;
using Ringfence.Commands.Policies;
using Ringfence.Commands.Simulate;
using Ringfence.Output;

(string Name, Func<Command> Create)[] commands =
[
    ("run", RunCommand.Create),
    ("demo", DemoCommand.Create),
    ("call", CallCommand.Create),
    ("answer", AnswerCommand.Create),
    ("code", CodeCommand.Create),
    ("compare", CompareCommand.Create),
    ("diagnose", DiagnoseCommand.Create),
    ("watch", WatchCommand.Create),
    ("sign", SignCommand.Create),
    ("verify", VerifyCommand.Create),
    ("cert", CertCommand.Create),
    ("codes", CodesCommand.Create),
    ("policy", PolicyCommand.Create),
    ("list", ListCommand.Create),
    ("lookup", LookupCommand.Create),
    ("report", ReportCommand.Create),
    ("why", WhyCommand.Create),
    ("simulate", SimulateCommand.Create),
    ("schema", SchemaCommand.Create),
];

// Where the first word names a command the others are not built: that would take as long as many a command runs.
RootCommand root = new("Ringfence answers one question of every call: progress it (183) or refuse it (607)?");
bool isNamed = args.Length > 0 && Array.Exists(commands, command => command.Name == args[0]);
foreach ((string name, Func<Command> create) in commands)
{
    if (!isNamed || name == args[0])
    {
        root.Add(create());
    }
}

// The edge takes its signals itself: it drains for longer than the library would let it.
InvocationConfiguration invocation = new();
if (args is ["run", ..])
{
    invocation.ProcessTerminationTimeout = null;
}

// Wrong arguments have a code of their own: that of the library means that something was done, with another outcome than expected. A
// mistake in one option is said in a line; the whole help below it would scroll it away.
ParseResult parsed = root.Parse(args);
if (parsed.Action is ParseErrorAction mistake && args.Length > 1)
{
    mistake.ShowHelp = false;
    await parsed.InvokeAsync(invocation).ConfigureAwait(false);
    await Console.Error.WriteLineAsync($"ringfence {args[0]} --help shows every option.").ConfigureAwait(false);
    return ExitCode.Unusable;
}

int outcome = await parsed.InvokeAsync(invocation).ConfigureAwait(false);
return parsed.Errors.Count > 0 ? ExitCode.Unusable : outcome;
