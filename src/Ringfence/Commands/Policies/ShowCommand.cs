using System.CommandLine;
using Ringfence.Output;
using Ringfence.Screening.Policy;

namespace Ringfence.Commands.Policies;

/// <summary><c>ringfence policy show</c>: the text of the policy that ships.</summary>
internal static class ShowCommand
{
    internal static Command Create()
    {
        Command command = new("show", "Prints the policy that ships with the product, as YAML, to begin with.");
        command.SetAction(_ =>
        {
            Console.Write(ScreeningPolicy.DefaultText);
            return ExitCode.Success;
        });
        return command;
    }
}
