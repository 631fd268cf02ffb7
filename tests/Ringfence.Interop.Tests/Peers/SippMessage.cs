using System.Globalization;

namespace Ringfence.Interop.Tests.Peers;

/// <summary>One message of SIPp's message log.</summary>
/// <param name="At">When it passed, by the clock of the machine.</param>
/// <param name="IsSent">True when SIPp sent it.</param>
/// <param name="Text">The message.</param>
internal sealed record SippMessage(TimeSpan At, bool IsSent, string Text)
{
    private const string Ruler = "-----------------------------------------------";

    /// <summary>"INVITE", "183" and so on.</summary>
    internal string Step =>
        Text.StartsWith("SIP/2.0 ", StringComparison.Ordinal) ? Text.Substring(8, 3) : Text.Split(' ')[0];

    /// <summary>The method in CSeq.</summary>
    internal string Method => Header("CSeq").Split(' ')[^1];

    /// <summary>The value of the first header line with this name; empty when there is none.</summary>
    internal string Header(string name) =>
        Text.Split('\n')
            .FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase), "")
            .Split(':', 2)[^1]
            .Trim();

    internal static SippMessage[] Read(string file) =>
        [
            .. File.ReadAllText(file)
                .Split(Ruler, StringSplitOptions.RemoveEmptyEntries)
                .Where(part => IsMessage(part))
                .Select(Parse),
        ];

    /// <summary>Not one of the remarks that stand between the messages.</summary>
    private static bool IsMessage(string part) =>
        (
            part.Contains("message sent", StringComparison.Ordinal)
            || part.Contains("message received", StringComparison.Ordinal)
        )
        && part.Split('\n')[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Length > 1;

    private static SippMessage Parse(string part)
    {
        string[] lines = part.Replace("\r", "", StringComparison.Ordinal).Split('\n');
        string time = lines[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1];
        return new SippMessage(
            TimeSpan.Parse(time, CultureInfo.InvariantCulture),
            lines[1].Contains("sent", StringComparison.Ordinal),
            string.Join('\n', lines[3..])
        );
    }
}
