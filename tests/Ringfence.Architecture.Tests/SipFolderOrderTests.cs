using System.Text.RegularExpressions;

namespace Ringfence.Architecture.Tests;

/// <summary>Inside Ringfence.Sip a folder uses only those that come before it.</summary>
public sealed partial class SipFolderOrderTests
{
    /// <summary>Folders of equal rank stand in one row and do not know each other.</summary>
    private static readonly string[][] Order =
    [
        ["Messages"],
        ["Time"],
        ["Lanes"],
        ["Transport"],
        ["Resolve", "Auth"],
        ["Transactions"],
        ["Dialogs"],
        ["Calls"],
        ["Proxy", "BackToBack", "Registrar"],
        ["Observe"],
    ];

    public static TheoryData<string> Folders =>
        [
            .. Directory
                .GetDirectories(Path.Combine(Repository.Root, "src/Ringfence.Sip"))
                .Select(path => Path.GetFileName(path)!)
                .Where(name => name is not ("bin" or "obj")),
        ];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_only_earlier_folders(string folder)
    {
        int rank = Rank(folder);
        rank.ShouldBeGreaterThanOrEqualTo(0, $"{folder} has no place in the order yet");
        string[] offences =
        [
            .. from file in Repository.SourceFiles("src/Ringfence.Sip/" + folder)
            from line in Repository.Lines(file)
            from Match match in SipNamespace().Matches(line)
            let used = match.Groups[1].Value
            where used != folder && Rank(used) >= rank
            select $"{file} uses {used}",
        ];
        offences.ShouldBeEmpty();
    }

    private static int Rank(string folder) => Array.FindIndex(Order, row => row.Contains(folder));

    [GeneratedRegex(@"\bRingfence\.Sip\.([A-Z]\w+)")]
    private static partial Regex SipNamespace();
}
