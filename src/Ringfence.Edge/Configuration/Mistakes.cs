using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Edge.Configuration;

/// <summary>Collects every mistake of one file; reading goes on after each.</summary>
internal sealed class Mistakes(string file)
{
    private readonly List<ConfigurationMistake> _found = [];

    internal IReadOnlyList<ConfigurationMistake> Found =>
        [.. _found.OrderBy(mistake => mistake.Line).ThenBy(mistake => mistake.Column)];

    internal string File => file;

    internal void Add(YamlNode at, string what, string remedy) => Add(at.Start, what, remedy);

    internal void Add(Mark at, string what, string remedy) =>
        _found.Add(new ConfigurationMistake(file, (int)at.Line, (int)at.Column, what, remedy));

    internal void Add(ConfigurationMistake mistake) => _found.Add(mistake);
}
