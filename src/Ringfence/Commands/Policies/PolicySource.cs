using System.Text.Json;
using Ringfence.Edge.Configuration;
using Ringfence.Output;

namespace Ringfence.Commands.Policies;

/// <summary>A policy as a user names it: a file, "-" for standard input, or "default" for the one that ships.</summary>
internal static class PolicySource
{
    internal const string Description =
        "A configuration, or a policy by itself (YAML); - for standard input, default for the policy that ships";

    /// <summary>Reads it; null, and the reason is told, where the file cannot be read.</summary>
    internal static PolicyFile? Read(string name)
    {
        try
        {
            return name switch
            {
                "default" => PolicyFile.Shipped,
                "-" => ConfigurationReader.ReadPolicy(
                    Console.In.ReadToEnd(),
                    "standard input",
                    Environment.CurrentDirectory
                ),
                _ => ConfigurationReader.ReadPolicy(
                    File.ReadAllText(name),
                    name,
                    Path.GetDirectoryName(Path.GetFullPath(name))!
                ),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"ringfence: {e.Message}");
            return null;
        }
    }

    /// <summary>Reads it; null, and every mistake is told, where it cannot be used.</summary>
    internal static PolicyFile? ReadUsable(string name)
    {
        if (Read(name) is not { } read)
        {
            return null;
        }

        if (read.Policy is null)
        {
            foreach (ConfigurationMistake mistake in read.Mistakes.Where(mistake => !mistake.IsWarning))
            {
                Console.Error.WriteLine(mistake);
            }

            Console.Error.WriteLine($"ringfence: {name} cannot be used because of its mistakes");
            return null;
        }

        return read;
    }

    /// <summary>"file:line:column: error: …", the word in its colour on a terminal.</summary>
    internal static string Line(ConfigurationMistake mistake)
    {
        string word = mistake.IsWarning ? "warning:" : "error:";
        string coloured = mistake.IsWarning ? Terminal.Bold(word) : Terminal.Bad(word);
        return $"{mistake.File}:{mistake.Line}:{mistake.Column}: {coloured} {mistake.What}; {mistake.Remedy}";
    }

    internal static void Write(Utf8JsonWriter json, ConfigurationMistake mistake)
    {
        json.WriteStartObject();
        json.WriteString("severity", mistake.IsWarning ? "warning" : "error");
        json.WriteString("file", mistake.File);
        json.WriteNumber("line", mistake.Line);
        json.WriteNumber("column", mistake.Column);
        json.WriteString("message", mistake.What);
        json.WriteString("remedy", mistake.Remedy);
        json.WriteEndObject();
    }
}
