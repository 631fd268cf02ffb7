using System.CommandLine;
using Ringfence.Edge.Configuration;
using Ringfence.Output;
using Ringfence.Screening.Policy;

namespace Ringfence.Commands;

/// <summary><c>ringfence schema</c>: the JSON Schema by which editors complete and check a configuration.</summary>
internal static class SchemaCommand
{
    private static readonly Option<bool> Policy = new("--policy") { Description = "Of a policy by itself" };

    internal static Command Create()
    {
        Command command = new(
            "schema",
            """
            Prints the JSON Schema of the configuration. Editors with a YAML language server complete and check by it.

            Examples:
              ringfence schema > ringfence.schema.json
              ringfence schema --policy > policy.schema.json

            Then, as the first line of ringfence.yaml:
              # yaml-language-server: $schema=ringfence.schema.json
            """
        )
        {
            Policy,
        };
        command.SetAction(parsed =>
        {
            Console.Write(parsed.GetValue(Policy) ? ScreeningPolicy.JsonSchema : ConfigurationSchema.Text);
            return ExitCode.Success;
        });
        return command;
    }
}
