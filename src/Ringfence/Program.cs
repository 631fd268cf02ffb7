using System.CommandLine;
using Ringfence.Commands;
using Ringfence.Commands.Desk;
using Ringfence.Commands.Lists;
using Ringfence.Commands.Policies;
using Ringfence.Commands.Simulate;

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

return await CommandLine.RunAsync(root, args, invocation).ConfigureAwait(false);
