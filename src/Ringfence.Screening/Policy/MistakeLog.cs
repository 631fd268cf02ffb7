using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ringfence.Screening.Policy;

/// <summary>Gathers the mistakes of one policy.</summary>
internal sealed class MistakeLog(string file)
{
    private readonly List<PolicyMistake> _mistakes = [];

    public bool HasErrors => _mistakes.Exists(m => m.Severity == MistakeSeverity.Error);

    public IEnumerable<PolicyMistake> InOrder => _mistakes.OrderBy(m => m.Line).ThenBy(m => m.Column);

    public void Error(YamlNode at, string message, string remedy) => Error(at.Start, message, remedy);

    public void Error(Mark at, string message, string remedy) =>
        _mistakes.Add(new PolicyMistake(MistakeSeverity.Error, file, (int)at.Line, (int)at.Column, message, remedy));

    public void Warning(int line, string message, string remedy) =>
        _mistakes.Add(new PolicyMistake(MistakeSeverity.Warning, file, line, 1, message, remedy));
}
