using System.CommandLine;
using Ringfence.Commands;

RootCommand root = new("Ringfence answers one question of every call: progress it (183) or refuse it (607)?");
root.Add(DiagnoseCommand.Create());
return await CommandLine.RunAsync(root, args, new InvocationConfiguration()).ConfigureAwait(false);
