using System.CommandLine;
using Ringfence.Commands;
using Ringfence.Commands.Desk;
using Ringfence.Commands.Lists;
using Ringfence.Commands.Policies;
using Ringfence.Commands.Simulate;

RootCommand root = new("Ringfence answers one question of every call: progress it (183) or refuse it (607)?")
{
    RunCommand.Create(),
    DemoCommand.Create(),
    CallCommand.Create(),
    AnswerCommand.Create(),
    CodeCommand.Create(),
    CompareCommand.Create(),
    DiagnoseCommand.Create(),
    SignCommand.Create(),
    VerifyCommand.Create(),
    CertCommand.Create(),
    CodesCommand.Create(),
    PolicyCommand.Create(),
    ListCommand.Create(),
    LookupCommand.Create(),
    ReportCommand.Create(),
    WhyCommand.Create(),
    SimulateCommand.Create(),
    SchemaCommand.Create(),
};

// The edge takes its signals itself: it drains for longer than the library would let it.
InvocationConfiguration invocation = new();
if (args is ["run", ..])
{
    invocation.ProcessTerminationTimeout = null;
}

return await root.Parse(args).InvokeAsync(invocation).ConfigureAwait(false);
